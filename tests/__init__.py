"""Tests of the toolkit, the door and the shell; the folders mirror the rooms."""
