"""What a reader can say of a page, and how it is read. Pure rules: no clock, no database, no request."""

from dataclasses import dataclass

from api.offers.rules import WEB_ADDRESS
from api.scoring.rules import Unable, check_text

LONGEST_WORDS = 1000
CLEAR, HARD, WORDS, BACK = "yes", "no", "words", "back"


@dataclass(frozen=True)
class Told:
    """What a form says: whether a page is clear, and what is hard, "" where somebody has only pressed a button."""

    is_clear: bool
    words: str


def read_told(given: dict[str, str]) -> Told:
    """Read the fields of a form, each a text, "" where it is missing. Raises Unable with the name of a reason.

    `step` is "words" where somebody was asked for words, who has answered already.
    """
    if given["website"]:
        raise Unable("website")
    if given["clear"] not in (CLEAR, HARD):
        raise Unable("clear")
    words = check_text(given["words"], LONGEST_WORDS, code="words", may_be_empty=given["step"] != WORDS)
    if WEB_ADDRESS.search(words):
        raise Unable("web-address")
    return Told(given["clear"] == CLEAR, words)
