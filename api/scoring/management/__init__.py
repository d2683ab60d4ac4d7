"""Commands for whoever looks after boards."""
