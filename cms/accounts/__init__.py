"""The people who log in: invited, led through a second step, locked out for a while, and logged out in the end."""
