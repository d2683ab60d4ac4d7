"""Tests of roles: which groups there are, and what each may do."""
