"""What others show of a page that somebody shares: a picture with its title, in its language."""
