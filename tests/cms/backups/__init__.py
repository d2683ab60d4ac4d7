"""Backups and restores, mostly with the real commands, on a site in a folder and a database of its own."""
