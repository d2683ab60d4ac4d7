"""What may be offered, and how it is read. Pure rules: no clock, no database, no request."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from api.scoring.rules import Unable, check_text
from toolkit.consent import Naming

LONGEST_WORDS = 2000
LONGEST_TITLE = 100
LONGEST_NAME = 100
LONGEST_REASON = 500
# Whoever floods a form with advertisements wants it to lead somewhere.
WEB_ADDRESS = re.compile(r"\bhttps?:/|\bwww\.\w", re.IGNORECASE)
# A phrase of fewer letters may stand in anybody's words: it has to be all that somebody wrote.
SHORT = 12


class What(StrEnum):
    """What somebody offers."""

    LADDER = "ladder"
    SNAKE = "snake"
    OBSERVATION = "observation"
    IDEA = "idea"
    MARK = "mark"


# Words of lived experience: they need no title.
QUOTES = (What.LADDER, What.SNAKE, What.OBSERVATION)
NAMINGS = (Naming.NOT_NAMED, Naming.FULL_NAME, Naming.FIRST_NAME, Naming.ROLE)
# What a group has written on its board, as something to offer.
OF_NOTES = {"snake": What.SNAKE, "ladder": What.LADDER, "action": What.IDEA}


class State(StrEnum):
    """What became of an offer."""

    WAITING = "waiting"
    DRAFT = "draft"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True)
class Offered:
    """What a form says, as it is kept. `about` is a stage or mark, as "mark/listening", else ""."""

    what: What
    title: str
    words: str
    about: str
    language: str
    naming: str
    name: str
    from_board: bool


class Refused(Exception):
    """Something cannot be offered like that: `problems` has the name of a reason for each field that is wrong."""

    def __init__(self, problems: dict[str, str]):
        super().__init__(problems)
        self.problems = problems


def read_offer(given: dict[str, str], *, places: Iterable[str], languages: Iterable[str]) -> Offered:
    """Read the fields of a form, each a text, "" where it is missing. Raises Refused, with all that is wrong.

    `places` are the stages and marks that there are, `languages` those of the installation.
    """
    problems: dict[str, str] = {}
    what = given["what"] if given["what"] in set(What) else ""
    if not what:
        problems["what"] = "what"
    is_quote = what in QUOTES
    title = _text(given, "title", LONGEST_TITLE, problems, may_be_empty=not what or is_quote)
    words = _text(given, "words", LONGEST_WORDS, problems, may_be_empty=what == What.MARK)
    name = _text(given, "name", LONGEST_NAME, problems, may_be_empty=True)
    problems |= _naming_problem(given["naming"], name) if "name" not in problems else {}
    about = given["about"]
    if about and about not in set(places):
        problems["about"] = "about"
    if given["language"] not in set(languages):
        problems["language"] = "language"
    if not given["consent"]:
        problems["consent"] = "consent"
    if given["website"]:
        problems["website"] = "website"
    if problems:
        raise Refused(problems)
    return Offered(
        what=What(what),
        title="" if is_quote else " ".join(title.split()),
        words=words,
        about=about,
        language=given["language"],
        naming=given["naming"],
        name=" ".join(name.split()),
        from_board=bool(given["board"]),
    )


def _naming_problem(naming: str, name: str) -> dict[str, str]:
    """Tell what is wrong with how somebody wants to be named: a name that is missing, or one that is too much."""
    if naming not in NAMINGS:
        return {"naming": "naming"}
    if naming == Naming.NOT_NAMED:
        return {"name": "name-not-wanted"} if name else {}
    return {} if name else {"name": "name-missing"}


def _text(given: dict, field: str, longest: int, problems: dict, *, may_be_empty: bool) -> str:
    """Give a text as it is kept, plain; note what is wrong with it."""
    try:
        text = check_text(given[field], longest, code=field, may_be_empty=may_be_empty)
    except Unable as unable:
        problems[field] = unable.code
        return ""
    if WEB_ADDRESS.search(text):
        problems[field] = "web-address"
    return text


def as_compared(text: str) -> str:
    """Give a text as it is compared: in one case, without spaces and punctuation."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def holds_any(phrases: Iterable[str], texts: Iterable[str]) -> bool:
    """Tell whether one of some texts holds one of some phrases. A short phrase, such as “No!”, must be all of it."""
    wanted = {phrase for one in phrases if (phrase := as_compared(one))}
    written = [as_compared(text) for text in texts]
    return any(phrase == text or (len(phrase) >= SHORT and phrase in text) for phrase in wanted for text in written)
