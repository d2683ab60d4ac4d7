"""The pages of the site that answer a reader: a search, and lists of which a part was chosen."""
