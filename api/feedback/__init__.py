"""Feedback: readers say whether a page was clear, and what was hard. Nothing is kept of who they are."""
