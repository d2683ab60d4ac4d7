"""Offers: what groups and readers give back to the toolkit. Each waits until a moderator decides on it."""
