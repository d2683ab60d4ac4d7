"""Tests of what people offer."""
