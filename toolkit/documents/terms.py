"""The terms of the glossary that a document's own prose uses."""

from toolkit.documents.reading import Reading, known_as
from toolkit.explaining import places_of, prose_of


def terms_in(document: dict, read: Reading) -> list[dict]:
    """Give the summaries of the terms in a document's prose, in the order in which they first stand there.

    A term that an editor has linked there already is left out: its readers have their way to it.
    """
    prose = prose_of(document)
    known = read.know("vocabulary") if prose else []
    titles = tuple(title for title, _key, _path in known)
    found = [known[place] for place in places_of(titles, prose)]
    linked = "".join(prose)
    return [read.know("mention", key) for _title, key, path in found if f'href="{path}"' not in linked]


@known_as("vocabulary")
def _vocabulary(read: Reading, _argument: str) -> list[list[str]]:
    """Title, key and path of the terms that are in a locale's own language: little, that seldom changes."""
    mentions = [read.know("mention", key) for key in read.know("type", "term")]
    return [[term["title"], term["key"], term["path"]] for term in mentions if term and term["lang"] == read.locale]
