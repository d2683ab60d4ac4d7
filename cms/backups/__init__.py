"""Backups: made while the site runs, tried out, kept for a while, and put back without what people took back."""
