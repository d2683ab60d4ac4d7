"""Tests of what readers say of pages."""
