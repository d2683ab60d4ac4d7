"""Tests of scoring boards."""
