"""Translation of pages: the texts of a source, what has been made of them in each language, and where that stands."""
