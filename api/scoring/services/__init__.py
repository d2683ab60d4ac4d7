"""What can be done with a board, each in one transaction. The time comes from whoever calls.

Whatever may not happen raises `rules.Unable`, and nothing of it is kept.
"""
