"""The name of the site that a page is part of, and the line that may stand under it."""

import re

from toolkit.importing.rules.lines import Page
from toolkit.importing.rules.patterns import one_of
from toolkit.importing.rules.signs import bare, sentences

NO_VERB = rf"(?!.*\b{one_of('is are was were means')}\b)"
PART_OF = re.compile(rf"part of {NO_VERB}(?P<name>[^.]{{3,60}})(?:\.|$)", re.IGNORECASE)
TITLED = re.compile(r"[^|]{3,60} \| (?P<name>[^|]{3,60})")


def site_names(page: Page) -> set[str]:
    """What the page says it is part of: "Part of X. …", or the end of "Planning | X"."""
    names = {"the mark of co-production"}
    for text in page.plain[:10]:
        names |= {bare(found["name"]) for found in (PART_OF.match(text), TITLED.fullmatch(text)) if found}
    return names


def is_part_of(text: str, index: int) -> bool:
    """Right at the top, or as a sentence: "Part of the team" further down is the title of a mark."""
    found = PART_OF.match(text)
    return bool(found) and index < (10 if "." in text else 4)


def is_strapline(page: Page, index: int) -> bool:
    text, line = page.texts[index], page.lines[index]
    short = line.level is None and not line.quoted and len(text.split()) <= 25 and sentences(text) <= 1
    return short and page.kinds[index] is None and not page.speaks(index)
