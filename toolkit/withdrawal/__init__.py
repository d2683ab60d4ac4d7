"""What people took back: known by its key, and by digests of the words, of which none are kept."""
