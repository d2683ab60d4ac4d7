"""Plain language: what makes a text hard to read, from its words alone. Pure: no Django, database or clock."""
