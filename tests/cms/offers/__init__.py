"""Tests of the queue of offers."""
