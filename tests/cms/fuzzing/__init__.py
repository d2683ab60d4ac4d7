"""Anything at all is sent to every address and every form: see test_everything.py."""
