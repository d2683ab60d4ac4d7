"""Reports for editors: what is old or broken, what lacks words, what changed, what readers say."""
