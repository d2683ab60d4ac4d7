"""`make bench`: how fast publishing and serving are, as ratios to something simple, measured in the same run."""
