"""The summaries of things, out of the index."""

import json

from api.search.files import Index


def summaries(index: Index, things: list[int]) -> list[dict]:
    """Give the summaries of things by their ids."""
    marks = ", ".join("?" * len(things))
    rows = dict(index.connection.execute(f"select id, summary from thing where id in ({marks})", things).fetchall())
    return [json.loads(rows[thing]) for thing in things]
