"""Scoring boards: a group scores marks together, agrees, and comes back later.

They are all that the API keeps in the database.
"""
