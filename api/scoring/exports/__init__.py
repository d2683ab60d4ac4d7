"""Taking a board away, as a table, a spreadsheet or a file that brings it back; and bringing it back.

Nothing of a round that is not shown yet leaves a board, and nothing tells who answered what.
"""
