"""What a reader asks of a page of the site, and the one address that this question has. Pure rules.

Whatever else stands in an address, such as what newsletters add to find out who reads them, is left out of account.
"""

import unicodedata
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from api.content.addresses import SHOWS
from api.content.pages import PER_PAGE, page_address
from api.content.parameters import SEARCHING, Parameter, Wanted, parameters_of

# (name, all values that are given for it)
Query = Iterable[tuple[str, list[str]]]


def known_to(page_type: str) -> dict[str, Parameter]:
    """Give the parameters that a page of a type knows."""
    return parameters_of(SHOWS[page_type]) if page_type in SHOWS else SEARCHING


def given_in(known: dict[str, Parameter], query: Query) -> dict[str, str]:
    """Give what a query says, in the order of what is known: of several values the last, and none that are blank.

    How much stands on a page is not for readers to say.
    """
    values = {name: " ".join(values[-1].split()) for name, values in query}
    return {
        name: _western(values[name]) if known[name].schema["type"] == "integer" else values[name]
        for name in known
        if name != "per_page" and values.get(name)
    }


def _western(text: str) -> str:
    """Give a number with the digits 0 to 9, in whatever digits a reader wrote it."""
    return "".join(str(unicodedata.decimal(letter, letter)) for letter in text)


def asks_something(page_type: str, given: dict[str, str]) -> bool:
    """Tell whether there is anything to answer: without words, there is nothing to search for."""
    return bool(given) if page_type in SHOWS else "q" in given


def address_of(path: str, asked: Wanted) -> str:
    """Give the one address of a question."""
    return page_address(path, asked.page, PER_PAGE, asked.filters)


def is_at(address: str, query: Query) -> bool:
    """Tell whether a query is just what an address says."""
    given = [(name, value) for name, values in query for value in values]
    return given == parse_qsl(urlsplit(address).query, keep_blank_values=True)


def chosen(given: dict[str, str], stages: list[dict]) -> list[dict]:
    """Give what was chosen: {"name", "value"}, and of a stage or mark also its title, lang and dir.

    `stages` are those that can be chosen, each with its marks.
    """
    titles = {("stage", stage["code"]): stage for stage in stages}
    titles |= {("mark", mark["code"]): mark for stage in stages for mark in stage["marks"]}
    return [
        {"name": name, "value": value, **_titled(titles.get((name, value)))}
        for name, value in given.items()
        if name != "page"
    ]


def _titled(choice: dict | None) -> dict:
    return {name: choice[name] for name in ("title", "lang", "dir")} if choice else {}
