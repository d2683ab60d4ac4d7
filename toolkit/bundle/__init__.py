"""Content as readable Markdown files: the format of the starter content, described in `toolkit/starter/README.md`."""
