"""The parameters of lists: what each one may say, in words for a person who got it wrong. Pure rules."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from api.content.pages import MOST_PER_PAGE, PER_PAGE
from api.problems import BadParameters
from toolkit.documents.shapes import IDEA_KINDS, PLACES, QUOTE_KINDS

LONGEST_NUMBER = 9
LONGEST_CODE = 80
LONGEST_QUERY = 200
MOST_PAGES = 100_000
MOST_RELEASES = 999_999_999
# Of minutes or people.
MOST = 9999
# Any letter but a space. What \s stands for differs between Python and other languages: here is all of it.
NOT_BLANK = r"[^\s\u001c-\u001f\u0085\ufeff]"
# The default of a parameter that has none.
REQUIRED = object()


@dataclass(frozen=True)
class Parameter:
    """One parameter: how its text is read (raises ValueError with a sentence), and how the contract describes it."""

    read: Callable[[str], object]
    schema: dict
    description: str
    default: object = None


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
        if not is_number or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}.")
        return int(text)

    return read


def _one_of(words: list[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"must be one of: {', '.join(words)}.")
        return text

    return read


def _code(text: str) -> str:
    if not text or len(text) > LONGEST_CODE:
        raise ValueError(f"must be a code of 1 to {LONGEST_CODE} letters.")
    return text


def _words(text: str) -> str:
    if not re.search(NOT_BLANK, text) or len(text) > LONGEST_QUERY:
        raise ValueError(f"must be some words, at most {LONGEST_QUERY} letters.")
    return " ".join(text.split())


def _number_parameter(most: int, default: int, description: str) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": default}
    return Parameter(_number(1, most), schema, description, default)


def _count_parameter(description: str) -> Parameter:
    return Parameter(_number(1, MOST), {"type": "integer", "minimum": 1, "maximum": MOST}, description)


def _release_parameter(least: int, description: str, default: object = None) -> Parameter:
    schema = {"type": "integer", "minimum": least, "maximum": MOST_RELEASES}
    return Parameter(_number(least, MOST_RELEASES), schema, description, default)


def _code_parameter(description: str) -> Parameter:
    return Parameter(_code, {"type": "string", "minLength": 1, "maxLength": LONGEST_CODE}, description)


def _kind_parameter(words: list[str]) -> Parameter:
    return _choice_parameter(words, "Only things of this kind.")


def _choice_parameter(words: list[str], description: str) -> Parameter:
    return Parameter(_one_of(words), {"type": "string", "enum": words}, description)


PAGING = {
    "page": _number_parameter(MOST_PAGES, 1, "Which page of the list, from 1."),
    "per_page": _number_parameter(MOST_PER_PAGE, PER_PAGE, "How many things a page holds."),
}
WORDS_SCHEMA = {"type": "string", "minLength": 1, "maxLength": LONGEST_QUERY, "pattern": NOT_BLANK}
WORDS = Parameter(
    _words,
    WORDS_SCHEMA,
    "Any words: only what has all of them or, where nothing has, some of them; the best 1,000, the best first. "
    "Accents, capitals and endings make no difference.",
)
STAGE = _code_parameter("Code of a stage: only what belongs to it, or to one of its marks.")
MARK = _code_parameter("Code of a mark: only what belongs to it.")
SILENT = "What does not say so is left out."
FACTS = {
    "minutes": _count_parameter(f"Only what can be done in so many minutes. {SILENT}"),
    "people": _count_parameter(f"Only what works with so many people. {SILENT}"),
    "setting": _choice_parameter(PLACES, f"Only what works there, what works in either place among it. {SILENT}"),
}
# What each list can be filtered by.
FILTERS = {
    "stages": {},
    "marks": {"stage": STAGE},
    "quotes": {"stage": STAGE, "mark": MARK, "kind": _kind_parameter(QUOTE_KINDS)},
    "ideas": {"stage": STAGE, "mark": MARK, "kind": _kind_parameter(IDEA_KINDS), **FACTS},
    "terms": {},
    "pages": {},
    "easy-read": {},
}


@dataclass(frozen=True)
class Wanted:
    """What somebody asks of a list: a page of it, and what the other parameters say, where they were given."""

    page: int
    per_page: int
    filters: dict = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The place in the whole list, from 0, at which the page begins."""
        return (self.page - 1) * self.per_page


SEARCHING = {
    "q": Parameter(
        _words,
        WORDS_SCHEMA,
        "What to find. Any words: accents, capitals and endings make no difference.",
        REQUIRED,
    ),
    **PAGING,
}

FOLLOWING = {
    "since": _release_parameter(0, "The release that you have; 0 when you have none.", REQUIRED),
    "to": _release_parameter(1, "The release to go to; without it, the current one."),
    **PAGING,
}


def parameters_of(collection: str) -> dict[str, Parameter]:
    """Give the parameters that a list takes, by name, in the order in which its addresses have them."""
    return {"q": WORDS, **FILTERS[collection], **PAGING}


def wanted(known: dict[str, Parameter], query: Iterable[tuple[str, list[str]]]) -> Wanted:
    """Read a query: (name, all values given for it). Raises BadParameters, which names all that are wrong."""
    found = {name: parameter.default for name, parameter in known.items()}
    errors = []
    for name, values in query:
        try:
            found[name] = _value(known, name, values)
        except ValueError as error:
            errors.append(wrong(name, str(error)))
    given = {error["parameter"] for error in errors}
    errors += [wrong(name, "must be given.") for name in known if found[name] is REQUIRED and name not in given]
    if errors:
        raise BadParameters(errors)
    filters = {name: found[name] for name in known if name not in PAGING and found[name] is not None}
    return Wanted(found["page"], found["per_page"], filters)


def _value(known: dict[str, Parameter], name: str, values: list[str]):
    if name not in known:
        raise ValueError(f"is not known here. Known are: {', '.join(known)}.")
    if len(values) != 1:
        raise ValueError("must be given once.")
    return known[name].read(values[0])


def wrong(name: str, what: str) -> dict:
    """Say of a parameter what is wrong with it; `what` goes on from its name to the end of the sentence."""
    shown = name[:LONGEST_CODE]
    return {"parameter": shown, "detail": f"“{shown}” {what}"}
