"""The reports as screens: a module for each."""
