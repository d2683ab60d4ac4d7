"""What people offer, in the admin: a queue in which each offer waits until somebody decides on it."""
