"""Data protection: what is kept about people, a copy of it for whoever asks, and taking it out again."""
