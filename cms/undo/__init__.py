"""Undo: the button in a message that puts back what readers saw before a change."""
