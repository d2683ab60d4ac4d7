"""What the templates of scoring may do beyond Django's own tags."""
