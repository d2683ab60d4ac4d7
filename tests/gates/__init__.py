"""The gates every page must pass (valid HTML, axe, no sideways scrolling) and the programs they need."""
