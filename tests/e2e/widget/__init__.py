"""The widget on pages of other sites: served from another origin, and used in a browser."""
