"""Where the documents of each type are in the API."""

# Which lists there are, and the types of what each one holds.
COLLECTIONS = {
    "stages": ["stage"],
    "marks": ["mark"],
    "quotes": ["quote"],
    "ideas": ["idea"],
    "terms": ["term"],
    "pages": ["page", "lake", "voices", "glossary"],
    "easy-read": ["easy-read"],
}
COLLECTION_OF = {kind: name for name, kinds in COLLECTIONS.items() for kind in kinds}


def api_path(*, type: str, code: str, locale: str) -> str:
    """Give the address in the API of a document of a type. That of the home page is the start of its locale."""
    start = f"/api/v1/{locale}/"
    return start if type == "toolkit" else f"{start}{COLLECTION_OF[type]}/{code}/"
