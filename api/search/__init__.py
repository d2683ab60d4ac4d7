"""Finding things in a release: filtered lists and search, from an index that is made of its documents."""
