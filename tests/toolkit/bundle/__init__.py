"""Tests that mirror this room."""
