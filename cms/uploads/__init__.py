"""The ways by which people bring in pictures and files: each is checked, and says what is wrong beside its field."""
