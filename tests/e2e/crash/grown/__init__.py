"""The next version of the software: a table has another column, and an index of it."""
