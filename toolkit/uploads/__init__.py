"""What is let in as a picture or a file, told from its bytes, and what becomes of it."""
