"""Each is a `manage.py` command."""
