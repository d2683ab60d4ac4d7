"""How pages look: large pictures of them all for people, and small ones of most that a test compares."""
