"""What the toolkit is: its pages, blocks, consent, public documents, starter content and import."""
