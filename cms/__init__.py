"""The shell: settings, addresses, publishing, and the editors' admin."""
