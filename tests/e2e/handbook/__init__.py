"""The pictures of the editors' handbook: each is taken of the real screen, by a script that does what it shows."""
