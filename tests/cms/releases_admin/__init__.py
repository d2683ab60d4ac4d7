"""Tests of releases in the admin."""
