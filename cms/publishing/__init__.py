"""Publishing: from what is public in the database to a release on disk."""
