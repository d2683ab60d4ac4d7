"""The record in words: as Markdown for a data protection officer, or as what JSON can hold."""

from collections.abc import Iterator

from cms.data_protection.record import Item, Person
from cms.data_protection.stored import ELSEWHERE, FILES, ITEMS, NOT_ABOUT_PEOPLE


def as_json() -> dict:
    """Give the whole record."""
    return {
        "people": {person.value: [_item(item) for item in ITEMS if person in item.about] for person in Person},
        "files": [{"file": file.name, "what": file.what, "kept": file.kept.words} for file in FILES],
        "elsewhere": [{"where": where, "what": what} for where, what in ELSEWHERE],
        "not about people": {label: names.split() for label, names in NOT_ABOUT_PEOPLE.items()},
    }


def _item(item: Item) -> dict:
    return {
        "name": item.name,
        "what": item.what,
        "why": item.why,
        "seen by": item.seen,
        "kept": [one.words for one in item.kept],
        "deleted by": item.ends,
        "fields": {label: names.split() for label, names in item.fields.items()},
        "files": list(item.files),
    }


def as_markdown() -> str:
    """Give the record, by person; what is kept about several is told once, and named for the others."""
    return "\n".join([*_people(), *_files(), *_elsewhere(), *_rest()]) + "\n"


def _people() -> Iterator[str]:
    told: set[str] = set()
    for person in Person:
        mine = [item for item in ITEMS if person in item.about]
        yield f"### {person.value}\n"
        if known := [item.name for item in mine if item.name in told]:
            yield f"As told above: {', '.join(known)}.\n"
        for item in mine:
            if item.name not in told:
                yield from _told(item)
        told |= {item.name for item in mine}


def _told(item: Item) -> Iterator[str]:
    yield f"#### {item.name}\n"
    yield f"- **What:** {item.what}"
    yield f"- **Why:** {item.why}"
    yield f"- **Who sees it:** {item.seen}"
    yield f"- **How long:** {' '.join(one.words for one in item.kept)}"
    yield f"- **Who deletes it:** {item.ends}"
    yield f"- **Where:** {'; '.join(_places(item))}\n"


def _places(item: Item) -> Iterator[str]:
    for label, names in item.fields.items():
        yield f"`{label}` ({', '.join(names.split())})"
    yield from (f"the file or folder `{file}`" for file in item.files)


def _files() -> Iterator[str]:
    yield "### Files in the data folder\n"
    yield "| file | what it holds | how long |"
    yield "|---|---|---|"
    yield from (f"| `{file.name}` | {file.what} | {file.kept.words} |" for file in FILES)
    yield ""


def _elsewhere() -> Iterator[str]:
    yield "### What others keep\n"
    yield "No command of this software reaches it. Say in your privacy statement what of it you use.\n"
    yield from (f"- **{where}:** {what}." for where, what in ELSEWHERE)
    yield ""


def _rest() -> Iterator[str]:
    """Tables that say nothing about anybody; others have fields that do not, which the JSON lists."""
    about = {label for item in ITEMS for label in item.fields}
    tables = sorted((label for label in NOT_ABOUT_PEOPLE if label not in about), key=str.casefold)
    yield "### Tables that say nothing about people\n"
    yield ", ".join(f"`{label}`" for label in tables) + "."
