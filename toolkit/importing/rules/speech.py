"""How far a passage sounds like somebody speaking, by its own words alone."""

import re
from dataclasses import dataclass

from toolkit.importing.rules.grammar import FIRST_PERSON, IMPERATIVE, PAST, START
from toolkit.importing.rules.signals import hits
from toolkit.importing.rules.signs import plain_signs, without_quoted
from toolkit.importing.rules.speaking import SPEAKING
from toolkit.importing.rules.teaching import TEACHING

THRESHOLD = 2
# Teaching never takes away more than this: a person may well say "I think you should …".
MOST_TEACHING = -4
# A passage is judged by its beginning, so that a whole book on one line takes no longer than a page.
HEARD_CHARACTERS = 3000

SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")
CONTRACTION = re.compile(r"\w'(?:t|s|ve|re|ll|d)\b")
FRAGMENT = rf"{START}(?!{IMPERATIVE}\b)[\w'-]+(?: [\w'-]+){{0,2}}[.!](?=\s|$)"


@dataclass(frozen=True)
class Voice:
    """How far a passage sounds like somebody speaking: at THRESHOLD or above it does."""

    score: int
    why: tuple[str, ...]
    spoken: bool = False
    taught: bool = False


def hear(text: str) -> Voice:
    """Weigh one passage by its own words alone; words it quotes are left out."""
    plain = plain_signs(without_quoted(text[:HEARD_CHARACTERS]))
    spoken = [*_first_person(plain), *_story(plain), *_tone(plain), *hits(SPEAKING, plain)]
    taught = hits(TEACHING, plain)
    score = sum(weight for _, weight in spoken) + max(MOST_TEACHING, sum(weight for _, weight in taught))
    return Voice(score, tuple(why for why, _ in [*spoken, *taught]), bool(spoken), bool(taught))


def _first_person(text: str) -> list[tuple[str, int]]:
    """Saying "I" settles it, unless only a question says it ("What do I bring?" may be asked of a group)."""
    sentences = [sentence for sentence in SENTENCE.findall(text) if FIRST_PERSON.search(sentence)]
    if not sentences:
        return []
    return [("first person", 1 if all("?" in sentence for sentence in sentences) else 6)]


def _story(text: str) -> list[tuple[str, int]]:
    sentences = [sentence for sentence in map(str.strip, SENTENCE.findall(text)) if len(sentence.split()) > 2]
    past = sum(bool(PAST.search(sentence)) for sentence in sentences)
    if past and 2 * past >= len(sentences):
        return [("tells what happened", 2)]
    return [("tells some of what happened", 1)] if past > 1 else []


def _tone(text: str) -> list[tuple[str, int]]:
    fragments = len(re.findall(FRAGMENT, text, re.IGNORECASE))
    contracted = len(CONTRACTION.findall(text)) > 2
    found = [("speaks in fragments", min(2, fragments)), ("contracts words", int(contracted))]
    return [(why, weight) for why, weight in found if weight]
