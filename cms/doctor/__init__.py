"""What `manage.py doctor` looks at: one module for each group of checks, and their list in `groups.py`."""
