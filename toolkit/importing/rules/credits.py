"""Reading who is credited, from a line of its own or from the end of a passage."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from toolkit.importing.rules.names import is_name
from toolkit.importing.rules.patterns import any_of, one_of
from toolkit.importing.rules.roles import STATEMENT, is_agent, is_role
from toolkit.importing.rules.signs import unwrap


@dataclass(frozen=True)
class Credit:
    """Who is credited. A credit that is not `sure` counts only straight after somebody's words."""

    name: str
    year: int | None = None
    sure: bool = True


AGE = re.compile(r"(?:aged? )?\d{1,2}")
YEAR = re.compile(r"[,;(\s]*\b((?:19|20)\d\d)\b\)?")
NOBODY = any_of(rf"{one_of('everyone everybody all you this these that those our some many')}\b")
THANKS = any_of(
    rf"(?:{one_of('with many our special warm big')} )*(?:thanks|thank you) to (?P<name>.+?)"
    r"(?:,? (?:for|who) (?P<what>.+))?"
)
GIVEN = any_of(
    rf"{one_of('sharing shared giving gave telling told letting providing')}\b",
    rf"{one_of('this these that the his her their')}\b",
)
CONTRIBUTION = one_of("example story quote quotation words idea contribution experience")
GIVEN_BY = rf"(?: (?:kindly )?{one_of('shared given told contributed provided')})? (?:from|by|courtesy of)"
SAID_BY = rf"{one_of('shared told contributed said')} by"
ORIGIN = any_of(
    rf"(?:(?:this |an? |the )?{CONTRIBUTION}(?: (?:is|was|comes|came))?{GIVEN_BY}|{SAID_BY}|credit:|source:)"
    r" (?P<name>.+)"
)
DASH = re.compile(r"(?:[—–―~]|--|-(?=\s))\s*(?P<name>.+)")
DATED = re.compile(r"(?P<name>[^\W\d][^.?!]{1,90}?)(?:[,;] ?| ?\(|(?P<space> ))(?:19|20)\d\d\)?")
AFTER_DASH = r"(?P<dash>(?:[—–―]|--)\s*[^—–―]{2,80})"
IN_BRACKETS = r"(?P<paren>\([^()]{2,120}\))"
AFTER_QUOTATION = r"(?<=[”\"]),? ?(?P<bare>[^”\"]{2,80})"
TAIL = re.compile(
    rf"(?P<words>.*[.!?…”\"’'])\s*(?:{AFTER_DASH}|{IN_BRACKETS}|{AFTER_QUOTATION})",
    re.DOTALL,
)


def read_credit(text: str, vocabulary: Collection[str] = frozenset()) -> Credit | None:
    """Who a line credits, or None. `vocabulary` is what the page writes in small letters: never a name."""
    line = text.strip()
    if not line or len(line) > 200 or len(line.split()) > 25:
        return None
    inside = line[1:-1].strip() if line[0] in "([" and line[-1] in ")]" else line
    plain = re.sub(r"(?<=\w\w)[.!]+$", "", inside)
    return _thanks(plain) or _origin(plain) or _dash(plain) or _dated(plain) or _bare(inside, vocabulary)


def split_credit(text: str) -> tuple[str, Credit | None]:
    """A passage without the credit at its end, and that credit, where both stand on one line."""
    found = TAIL.fullmatch(text.strip())
    credit = read_credit(found["dash"] or found["paren"] or found["bare"]) if found else None
    if not found or not credit:
        return text, None
    words = found["words"].strip()
    certain = unwrap(words) is not None or (credit.sure and bool(found["paren"] or _is_described(credit)))
    return (words, credit) if certain else (text, None)


def _is_described(credit: Credit) -> bool:
    return credit.year is not None or is_role(credit.name)


def _named(name: str, *, sure: bool = True) -> Credit | None:
    year = YEAR.search(name)
    clean = (YEAR.sub("", name, count=1) if year else name).strip(" ,;()")
    if not clean or len(clean.split()) > 14 or NOBODY.match(clean):
        return None
    return Credit(clean, int(year[1]) if year else None, sure)


def _thanks(text: str) -> Credit | None:
    found = THANKS.fullmatch(text)
    if not found or STATEMENT.search(found["name"]):
        return None
    if found["what"]:
        return _named(found["name"]) if GIVEN.match(found["what"]) else None
    return _named(found["name"]) if found["name"][0].isupper() or is_role(found["name"]) else None


def _origin(text: str) -> Credit | None:
    found = ORIGIN.fullmatch(text)
    fits = found and len(found["name"].split()) <= 10 and not STATEMENT.search(found["name"])
    return _named(found["name"]) if found and fits else None


def _dash(text: str) -> Credit | None:
    found = DASH.fullmatch(text)
    return _named(found["name"]) if found and len(text.split()) <= 14 else None


def _dated(text: str) -> Credit | None:
    found = DATED.fullmatch(text)
    if not found or len(text.split()) > 12 or STATEMENT.search(found["name"]):
        return None
    return _named(text) if not found["space"] or is_role(found["name"]) else None


def _bare(text: str, vocabulary: Collection[str]) -> Credit | None:
    """A role alone, or a name alone or with a role, an age or a place."""
    text = text.removesuffix(".")
    if len(text.split()) > 10 or text.endswith(("!", "?")):
        return None
    name, _, rest = text.partition(",")
    rest = rest.strip()
    described = not rest or is_role(rest) or AGE.fullmatch(rest) or is_name(rest, vocabulary)
    known = is_role(text) or is_agent(text) or (is_name(name, vocabulary) and described)
    return _named(text, sure=False) if known else None
