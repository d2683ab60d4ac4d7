"""The toolkit to print: what is put together for it, and the PDF that is set of it."""
