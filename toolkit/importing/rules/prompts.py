"""Prompts: what a group asks itself about every mark."""

import re
from collections.abc import Iterator
from itertools import takewhile

from toolkit.importing.rules.grammar import FIRST_PERSON
from toolkit.importing.rules.layout import is_long
from toolkit.importing.rules.lines import Page
from toolkit.importing.rules.patterns import any_of, one_of
from toolkit.importing.rules.signs import LONE_BULLET, sentences

OPENER = rf"(?:\w+: )?(?:{one_of('and then so now finally also lastly')},? )?"
ASKING = one_of("consider discuss ask asks talk think explore reflect answer questions? prompts? look")
QUESTION = one_of("what which where who how are do have is can")
ASKED = one_of("we us our you your might may could any")
ONE_TO_TEN = r"(?:(?:1|one) ?(?:and|to|-|–)|out of) ?(?:10|ten)\b"

EACH_MARK = any_of(
    rf"(?:for|with|as you|under|at|take|taking|about|look at)\b.{{0,20}}\b(?:each|every)(?: one)?"
    rf"(?: of (?:the|these|our))? marks?\b.{{0,60}}\b{ASKING}\b.{{0,60}}",
    rf".{{0,40}}\b{ASKING}\b.{{0,60}}\b(?:each|every) mark\b[^:]{{0,40}}:",
)
LEAD_IN = any_of(rf".{{0,200}}\b{ASKING}\b.{{0,60}}:")

MEANING = [
    rf"what {one_of('does do might could would will')} {one_of('this it these each')}(?: mark)?"
    r" (?:mean|look like)\b[^?]*\b(?:us|our|we|you|your)\b[^?]*\?.*",
]
SNAKES_AND_LADDERS = [
    rf"{QUESTION}\b(?=[^.?]*\b{ASKED}\b)[^.?]*\b(?:ladders?|snakes?)\b[^.?]*\?.*",
]
HOW_FAR = [
    rf"how {one_of('far well close much')}\b[^.?]*"
    r"\b(?:achiev|doing (?:this|now|so far)|on this|there yet)[^?]*\?.*",
    r"how far (?:along )?(?:are|have|do|did) (?:we|you)\b[^?]*\?.*",
]
SCORE = [rf"(?:\(|(?:agree|give|choose|pick|rate|score|on a|what score)\b).*{ONE_TO_TEN}.*"]
OWN_MARKS = [
    r"(?:please )?(?:add|write|make|include|think of)\b.{0,40}\bmarks?\b.{0,20}\b(?:your|our) own\b.*",
    r"(?:please )?add\b.{0,20}\b(?:your|our) own\b.{0,20}\bmarks?\b.*",
]
ASKED_OF_MARKS = [*MEANING, *SNAKES_AND_LADDERS, *HOW_FAR, *SCORE, *OWN_MARKS]
PROMPT = any_of(*(OPENER + asked for asked in ASKED_OF_MARKS))


def sort_prompts(page: Page) -> None:
    _sort_certain(page)
    for index in range(len(page)):
        if page.kinds[index] in (None, "prompt") and _leads_in(page, index):
            _sort_list(page, index)
    _sort_bullets(page)


def _sort_certain(page: Page) -> None:
    for index in page.unsorted():
        if _is_prompt(page, index):
            page.sort(index, "prompt", "asked of every mark")


def _is_prompt(page: Page, index: int) -> bool:
    line, text = page.lines[index], page.plain[index]
    if line.quoted or line.level is not None or is_long(text) or FIRST_PERSON.search(text):
        return False
    return bool(PROMPT.fullmatch(text) or (EACH_MARK.fullmatch(text) and sentences(text) <= 1))


def _leads_in(page: Page, index: int) -> bool:
    text = page.plain[index]
    if page.lines[index].level is not None or is_long(text):
        return False
    return bool(EACH_MARK.fullmatch(text) or LEAD_IN.fullmatch(text))


def _sort_list(page: Page, index: int) -> None:
    """The questions right under a lead-in are prompts if one of them, or the lead-in, certainly is."""
    members = [index, *_questions_under(page, index)]
    if any(page.kinds[member] == "prompt" for member in members):
        for member in members:
            if page.kinds[member] is None:
                page.sort(member, "prompt", "in a list of prompts")


def _questions_under(page: Page, index: int) -> Iterator[int]:
    below = range(index + 1, len(page))
    return takewhile(lambda i: page.kinds[i] == "prompt" or _is_question(page, i), below)


def _is_question(page: Page, index: int) -> bool:
    text, line = page.plain[index], page.lines[index]
    if page.whys[index] == "no words":
        return True
    asks = "?" in text or bool(re.search(ONE_TO_TEN, text)) or (line.bullet and len(text.split()) <= 25)
    return page.kinds[index] is None and asks and line.level is None and not is_long(text)


def _sort_bullets(page: Page) -> None:
    """From the bottom up, for several bare bullets may stand over one prompt."""
    for index in range(len(page) - 2, -1, -1):
        if LONE_BULLET.fullmatch(page.texts[index]) and page.kinds[index + 1] == "prompt":
            page.sort(index, "prompt", "bullet of a prompt")
