"""Furniture: what a web page has around its content, known by its words alone."""

import re

from toolkit.importing.rules.grammar import FIRST_PERSON
from toolkit.importing.rules.layout import is_long
from toolkit.importing.rules.lines import Page
from toolkit.importing.rules.menu import LINK_WHY, is_link
from toolkit.importing.rules.patterns import any_of, one_of
from toolkit.importing.rules.signs import bare, sentences
from toolkit.importing.rules.site_name import is_part_of, is_strapline, site_names

MONTH = one_of("jan\\w* feb\\w* mar\\w* apr\\w* may june? july? aug\\w* sept?\\w* oct\\w* nov\\w* dec\\w*")
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = rf"(?:(?:{DAY} )?(?:{MONTH},? )?(?:19|20)\d\d|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}})"

HOW_TO_MOVE = [
    r"(?:please )?(?:select|use|choose|click|follow|tap)(?: on)? (?:the|a|any|one of the|these) .{0,25}"
    r"\b(?:links?|tabs?|headings?|buttons?|menu)\b(?: (?:below|above)|.*\b(?:this page|sections?)\b).*",
]
RIGHTS = [
    r"(?:©|\(c\) ?(?:19|20)\d\d|copyright\b.*\d{4}|all rights reserved|(?:licensed|available) under ).*",
    r".*© ?(?:19|20).*",
    r".*\b(?:registered charity|(?:charity|company) (?:number|no\.?))\b.*\d.*",
]
COOKIES = [
    r"(?:we|this (?:site|website|page)) uses? (?:\w+ )?cookies(?: (?:to|on|for)\b.*)?",
    r"(?:accept|reject|manage) (?:all |additional |my )?cookies.*",
]
DATES = [
    r"(?:page |content |this page was )?(?:last )?(?:updated|reviewed|published|modified|posted|edited)"
    rf"(?: on| in|:)? ?{DATE}",
    rf"(?:next review|review)(?: due| date)?:? {DATE}",
]
ADDRESSES = [
    r"(?:tel|telephone|phone|e-?mail|call|text|fax|textphone|address)\b[^.]{0,12}[:\d+(](?=.*[\d@]).*",
    r"\+?[\d ()/-]{7,}",
    r"\S+@\S+\.\w+",
    r"(?:https?://|www\.)\S+",
]
OTHER_PAGES = [
    r"(?:page )?\d+(?: of \d+)?",
    r"(?:share|follow|find) (?:this|us) (?:page )?(?:on|via|by)\b.{0,40}",
    r"(?:next|previous)(?: page| stage| section)?\s?[:→»›]\s?.{0,50}",
    r"[←«‹→»›]\s?\w.{0,40}",
    r"\w.{0,40}\s?[→›]",
]
DOWNLOADS = [
    r"(?:download|print|save|view|open)\b.{0,50}\b(?:pdf|docx?|word(?: document)?|kb|mb)\)?",
]
OPINIONS = [
    r"(?:was|is|did) (?:this|you find this) (?:page|information|tool|section)?.{0,12}(?:helpful|useful)\?",
    r"(?:report|tell us about) (?:a |any )?\w+ (?:with|on) this page",
]
NEWSLETTERS = [
    r"(?:sign up|subscribe) (?:to|for) .{0,30}\b(?:newsletters?|updates|mailing list|e-?mails?|alerts)",
]
PICTURES = [
    rf"(?:{one_of('image photo photograph picture illustration video audio caption')}|alt text)(?: \d+)?"
    r"(?: by| of| credit|:).{1,120}",
    r"(?:watch|play) (?:the|this|our|a) (?:short )?(?:video|film|animation)\b.{0,60}",
]
FURNITURE = any_of(
    *HOW_TO_MOVE,
    *RIGHTS,
    *COOKIES,
    *DATES,
    *ADDRESSES,
    *OTHER_PAGES,
    *DOWNLOADS,
    *OPINIONS,
    *NEWSLETTERS,
    *PICTURES,
)

PLACE = any_of(
    r"\blake of ideas\b|\b(?:our|the) glossary\b|\blinks? (?:below|above)\b",
    r"\b(?:next|previous|other|home|following) pages?\b",
)
POINTING = any_of(
    rf"(?:(?:and|also|now|please|then),? )?{one_of('see visit explore look browse discover find read')}\b",
    r"(?:don't (?:miss|forget)|remember to|have a look|take a look|check out|go to|head to|return to)\b",
    r"(?:dip into|why not|you can|you will|you'll|there (?:is|are))\b",
    r"(?:the|our) lake of ideas (?:has|holds|is|offers|contains|may|might)\b",
    r"for (?:more|other|ideas|activities|examples)\b",
)


def sort_furniture(page: Page) -> None:
    names = site_names(page)
    for index in range(len(page)):
        why = _why_furniture(page, index, names)
        if why:
            page.sort(index, "furniture", why)


def _why_furniture(page: Page, index: int, names: set[str]) -> str | None:
    text, quoted = page.plain[index], page.lines[index].quoted
    if not any(char.isalnum() for char in text):
        return "no words"
    if index and bare(text) in names and not quoted:
        return "name of the site"
    if page.whys[index - 1] == "name of the site" and is_strapline(page, index):
        return "stands under the name of the site"
    if not quoted and is_link(bare(text)):
        return LINK_WHY
    return "words of a web page" if _is_furniture(page, index) else None


def _is_furniture(page: Page, index: int) -> bool:
    text, line = page.plain[index], page.lines[index]
    if line.quoted or is_long(text) or FIRST_PERSON.search(text):
        return False
    if FURNITURE.fullmatch(text.rstrip(".")) or _is_trail(text, index):
        return True
    return is_part_of(text, index) or _is_pointer(text)


def _is_trail(text: str, index: int) -> bool:
    """Home > Toolkit > Review; but "Time / money / energy" may be the title of a mark."""
    steps = re.split(r"\s*[>›»]\s*|\s[/|]\s", text)
    certain = index < 10 or bool(re.search("[>›»]", text)) or any(is_link(step) for step in steps)
    long_enough = len(steps) > 2 or steps[0].lower() == "home"
    return certain and long_enough and 1 < len(steps) < 9 and len(text) < 120


def _is_pointer(text: str) -> bool:
    """One or two sentences that send readers to another place of the site."""
    first = re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]
    return bool(POINTING.match(text) and PLACE.search(first)) and sentences(text) <= 2
