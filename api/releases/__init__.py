"""Reading a release: what it holds, and how it is served."""
