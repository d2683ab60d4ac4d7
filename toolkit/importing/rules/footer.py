"""The foot of the page, where short lines have no passage under them."""

from toolkit.importing.rules.layout import is_title
from toolkit.importing.rules.lines import Page
from toolkit.importing.rules.patterns import any_of
from toolkit.importing.rules.site_name import is_strapline

ORGANISATION = any_of(
    r"\b(?:council|trust|university|nhs|charity|foundation|network|partnership|institute|centre)\b",
    r"\b(?:association|society|toolkit|ltd|cic|cio|co-?production)\b",
)


def sort_footer(page: Page) -> None:
    for index in range(len(page) - 1, -1, -1):
        if page.kinds[index] == "furniture":
            continue
        beside = {page.kinds[i] for i in (index - 1, index + 1) if 0 <= i < len(page)}
        if page.kinds[index] is not None or "furniture" not in beside or not is_title(page, index):
            break
        page.sort(index, "furniture", "short line at the foot of the page")
    _sort_last_name(page)


def _sort_last_name(page: Page) -> None:
    """An organisation's name over one short sentence, with only links below, is a footer and no mark."""
    content = [index for index, kind in enumerate(page.kinds) if kind != "furniture"]
    if len(content) < 2 or content[-1] == len(page) - 1:
        return
    name, sentence = content[-2:]
    named = page.kinds[name] == "mark-title" and ORGANISATION.search(page.plain[name])
    if named and is_strapline(page, sentence):
        page.sort(name, "furniture", "name of an organisation at the foot of the page")
        page.sort(sentence, "furniture", "stands under the name of an organisation")
