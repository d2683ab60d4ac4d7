"""Plain language for editors: a word list, a panel beside the editor, a report."""
