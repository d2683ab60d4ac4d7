"""The scoring widget that other sites embed: its script, its words, and the page with the lines to paste."""
