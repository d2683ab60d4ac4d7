"""The widget: its document, its script, the lines to paste."""
