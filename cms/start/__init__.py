"""The way in for somebody who has never been here: what do you want to do, what waits for you, and help."""
