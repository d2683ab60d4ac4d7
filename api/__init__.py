"""The public door: reads one release, and nothing else, to answer the public."""
