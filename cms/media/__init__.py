"""Uploaded pictures and files: where several servers share them, and how they are shown to those who may see them."""
