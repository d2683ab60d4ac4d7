"""Taking words back: out of every place in which they were, without keeping any of them."""
