"""The content API, version 1: released documents and lists of their summaries."""
