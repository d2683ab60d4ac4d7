"""A whole language as one file, for those who translate in another program; and what they bring back."""
