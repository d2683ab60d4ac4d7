"""Releases in the admin: which there were, what changed with each, and what was said before and is said now."""
