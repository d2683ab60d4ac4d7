"""What may happen on a board and when, and what came out of a round. Pure rules: no clock, no database, no request.

A round is scored, then shown, then talked about and agreed. Nobody sees another person's score before it is shown.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

LOWEST, HIGHEST = 1, 10
# With fewer scores than this, people may guess whose is whose.
FEW = 3
# A group that agreed on no more than this has most of its way before it: ideas may help.
LOW = 4
# More are a task, not a help. The mark's page has all of them.
MOST_IDEAS = 3

MOST_PEOPLE = 200
MOST_MARKS = 60
MOST_NOTES = 500
MOST_ROUNDS = 100
LONGEST_TEXT = 2000
LONGEST_TITLE = 200
LONGEST_NAME = 60


class Without(StrEnum):
    """What people can say in the place of a score."""

    NOT_YET = "not-yet"
    NOT_RELEVANT = "not-relevant"


Answer = int | Without


class Kind(StrEnum):
    """What a group writes down beside a mark."""

    SNAKE = "snake"
    LADDER = "ladder"
    ACTION = "action"


class Unable(Exception):
    """Something may not happen on a board. `code` names why; for a conflict, `current` is what stands there."""

    def __init__(self, code: str, current=None):
        super().__init__(code)
        self.code, self.current = code, current


def read_answer(value) -> Answer:
    """Read what somebody answered: a number from 1 to 10 in the digits of any script, or why there is none.

    Raises Unable("answer").
    """
    text = "" if isinstance(value, bool) else str(value).strip()
    if text in set(Without):
        return Without(text)
    try:
        score = int("".join(str(unicodedata.decimal(letter)) for letter in text)) if len(text) <= 2 else 0
    except ValueError:
        raise Unable("answer") from None
    if not LOWEST <= score <= HIGHEST:
        raise Unable("answer")
    return score


def read_score(value) -> int | None:
    """Read a score, as `read_answer` does; None, or nothing written, is none. Raises Unable("answer")."""
    if value is None or value == "":
        return None
    answer = read_answer(value)
    if isinstance(answer, Without):
        raise Unable("answer")
    return answer


@dataclass(frozen=True)
class Showing:
    """Where a round is on its way to being shown. People are named by anything that compares."""

    asked_by: object | None = None
    is_shown: bool = False


def ask_to_show(showing: Showing, *, by: object, others: int, answers: int) -> Showing:
    """Let somebody ask to show the scores, or say yes to it. With nobody else who could say yes, they are shown.

    `others` is how many other people hold a link of their own, `answers` how many answers there are in the round.
    Asking again, or after the scores were shown, changes nothing. Raises Unable("nothing-to-show").
    """
    if showing.is_shown:
        return showing
    if not answers:
        raise Unable("nothing-to-show")
    is_agreed = showing.asked_by not in (None, by)
    return Showing(showing.asked_by if is_agreed else by, is_shown=is_agreed or not others)


def not_now(showing: Showing) -> Showing:
    """Let anybody say that it is too early to show the scores. What is shown stays shown."""
    return showing if showing.is_shown else Showing()


def check_may_answer(*, is_shown: bool, has_answered: bool, is_forgotten: bool):
    """Tell whether somebody may answer for a mark in a round. Raises Unable("shown") or Unable("forgotten").

    An answer that comes late, from a phone that had no network, still counts; nobody changes theirs after seeing the
    others'.
    """
    if is_forgotten:
        raise Unable("forgotten")
    if is_shown and has_answered:
        raise Unable("shown")


def check_shown(is_shown: bool):
    """Tell whether a group may agree on a round. Raises Unable("not-shown")."""
    if not is_shown:
        raise Unable("not-shown")


def check_room(count: int, most: int, code: str):
    """Tell whether one more fits on a board. Raises Unable with the code."""
    if count >= most:
        raise Unable(code)


def check_text(text: str, longest: int, *, code: str, may_be_empty: bool = False) -> str:
    """Give what somebody wrote as it is kept: without the characters that no text has. Raises Unable with the code.

    Control characters can neither be stored everywhere nor shown anywhere; what changes the direction of what
    follows stays within what a person wrote, for pages set each text apart.
    """
    kept = "".join(letter for letter in text.replace("\r\n", "\n") if letter in "\n\t" or is_writable(letter)).strip()
    if len(kept) > longest or not (kept or may_be_empty):
        raise Unable(code)
    return kept


def is_writable(letter: str) -> bool:
    """Tell whether a character may stand in a text: no control characters, no halves of characters, no noncharacters.

    XML, and so a spreadsheet, has no place for any of them.
    """
    return unicodedata.category(letter) not in ("Cc", "Cs") and ord(letter) & 0xFFFE != 0xFFFE


@dataclass(frozen=True)
class Result:
    """What came of a mark in a round that was shown.

    `scores` are those that are kept, in order; `lowest` and `highest` stay when the scores were forgotten.
    """

    scores: tuple[int, ...] = ()
    lowest: int | None = None
    highest: int | None = None
    not_yet: int = 0
    not_relevant: int = 0
    count: int = field(default=0)

    @property
    def spread(self) -> int:
        """How far apart people are: 0 where all say the same, 9 where one says 1 and another 10."""
        return (self.highest or 0) - (self.lowest or 0)

    @property
    def distance(self) -> float:
        """How far apart two people are on average, of all pairs: tells one outlier from two camps."""
        pairs = len(self.scores) * (len(self.scores) - 1) / 2
        # In order, the score at place i is added i times and taken away as often as others follow it.
        total = sum(score * (2 * i - len(self.scores) + 1) for i, score in enumerate(self.scores))
        return total / pairs if pairs else 0


def result(answers: Iterable[Answer], before: Result | None = None) -> Result:
    """Give what came of the answers to one mark; `before` is what is kept of answers that were forgotten."""
    answers, before = list(answers), before or Result()
    scores = tuple(sorted(answer for answer in answers if not isinstance(answer, Without)))
    without = Counter(answer for answer in answers if isinstance(answer, Without))
    ends = [end for end in (before.lowest, before.highest) if end is not None] + list(scores)
    return Result(
        scores=scores,
        lowest=min(ends, default=None),
        highest=max(ends, default=None),
        not_yet=before.not_yet + without[Without.NOT_YET],
        not_relevant=before.not_relevant + without[Without.NOT_RELEVANT],
        count=before.count + len(scores),
    )


def may_want_ideas(agreed: Answer | None) -> bool:
    """Tell whether a group may want ideas for a mark: where all together agreed on a low score.

    Where nothing is agreed, some low scores ask for a talk; and “not yet” says that nobody can tell.
    """
    return isinstance(agreed, int) and agreed <= LOW


def most_disagreed_first(results: dict) -> list:
    """Give the names of results, those that people disagree on most first; alike ones stay in their order."""
    return sorted(results, key=lambda name: (-results[name].spread, -results[name].distance))


def seconds_until_next(idle: float, per_second: float) -> int:
    """Give in how many seconds a device should ask again, from 3 to 120.

    `idle` is for how many seconds nothing has changed on the board; `per_second` how many devices ask this process.
    """
    patience = 3 if idle < 60 else 5 if idle < 600 else 15 if idle < 3600 else 60
    # More than 200 a second are spread out, in proportion.
    return min(120, round(patience * max(1, per_second / 200)))
