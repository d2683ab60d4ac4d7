"""Which parts of a page two versions of it differ in, in the words that readers know them by."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

TEXTS, REFERENCES, MEDIA = ("text", "tip", "note", "citation"), ("quote", "idea"), ("image", "media")
# In the order in which readers meet them on a page.
PARTS = {
    "title": _("The title"),
    "summary": _("The summary"),
    "words": _("The words"),
    "text": _("The text"),
    "quotes": _("The quotes"),
    "ideas": _("The ideas"),
    "media": _("The pictures, videos or sound"),
    "questions": _("The four questions"),
    "details": _("The details"),
    "uses": _("What it is good for"),
    "credit": _("Who is named"),
    "source": _("Where it comes from"),
}
FIELDS = {
    "title": "title",
    "summary": "summary",
    "words": "words",
    "meaning": "words",
    "original_language": "words",
    **{f"prompt_{name}": "questions" for name in ("meaning", "ladders", "snakes", "score")},
    **dict.fromkeys(
        ("kind", "time", "minutes", "group_size", "people_from", "people_to", "setting"),
        "details",
    ),
    "serves": "uses",
    **dict.fromkeys(("naming", "name", "year", "thanks"), "credit"),
    "source": "source",
    "source_url": "source",
}
BLOCKS = {**dict.fromkeys(TEXTS, "text"), "quote": "quotes", "idea": "ideas", **dict.fromkeys(MEDIA, "media")}


@dataclass(frozen=True)
class Difference:
    """The names of the parts that differ, and the database ids of quotes and ideas that are new in the text."""

    parts: list[str]
    added: list[int]


@dataclass(frozen=True)
class Version:
    """What a version of a page holds: the values of its fields, its credits, and the pieces of its text."""

    fields: dict[str, object]
    credits: list[tuple]
    blocks: list[tuple]

    def of_part(self, part: str) -> list[tuple]:
        """Give the pieces that readers know as one part."""
        return [block for block in self.blocks if BLOCKS.get(block[0]) == part]

    @property
    def referred(self) -> list[int]:
        """The database ids of the quotes and ideas in the text."""
        return [value for kind, value in self.blocks if kind in REFERENCES and value]


def version_of(page) -> Version:
    """Give what a page holds now, as it was read from the database."""
    return Version(
        fields={name: _value(page, name) for name in FIELDS},
        credits=_credits(page),
        blocks=_pieces(page.body) if hasattr(page, "body") else [],
    )


def difference(before: Version, now: Version) -> Difference:
    """Compare two versions of a page."""
    parts = {part for name, part in FIELDS.items() if before.fields[name] != now.fields[name]}
    if before.credits != now.credits:
        parts.add("credit")
    if before.blocks != now.blocks:
        # Where each piece is as it was, they stand in another order.
        parts |= {part for part in BLOCKS.values() if before.of_part(part) != now.of_part(part)} or {"text"}
    added = [page_id for page_id in now.referred if page_id not in before.referred]
    return Difference([part for part in PARTS if part in parts], list(dict.fromkeys(added)))


def _value(page, name: str):
    """Give what is stored in a field, None where pages of this kind have none."""
    value = getattr(page, name, None)
    return _pieces(value) if hasattr(value, "stream_block") else value


def _pieces(stream) -> list[tuple]:
    """Give the pieces of a text, without the ids that they are known by."""
    return [(piece["type"], piece["value"]) for piece in stream.get_prep_value()]


def _credits(page) -> list[tuple]:
    """Give what readers see of the credits that stand in rows of their own."""
    rows = page.credits.all() if hasattr(page, "credits") else []
    return [(row.naming, row.name, row.year, row.thanks) for row in rows if row.may_be_public]
