"""What each line of an existing page is: part of a mark, somebody's words, or the furniture around them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.importing.speech import (
    FIRST_PERSON,
    THRESHOLD,
    Voice,
    any_of,
    hear,
    is_role,
    one_of,
    plain_signs,
    read_credit,
    split_credit,
    unwrap,
)

KINDS = ("heading", "furniture", "prompt", "mark-title", "explanation", "quote", "credit", "note")


@dataclass(frozen=True)
class Line:
    """One line of the document, with what its format said about it."""

    number: int
    text: str
    level: int | None = None  # of a heading
    bullet: bool = False
    quoted: bool = False


@dataclass(frozen=True)
class Classified:
    """One line and what it is. `credits` and `note_on` are the numbers of earlier lines.

    A quote's text comes without the quotation marks around it and without a credit at its end; such a
    credit stands in the quote's own `credit` and `year`. All other text is as it was, less outer space.
    """

    line: int
    kind: str
    mark: str | None
    text: str
    level: int | None = None
    bullet: bool = False
    credit: str | None = None
    year: int | None = None
    credits: int | None = None
    note_on: int | None = None
    why: str = ""


def classify(lines: Sequence[Line]) -> list[Classified]:
    """One result for each line that is not empty, in order; the first rule that knows a line wins."""
    page = _Page([line for line in lines if line.text.strip()])
    _sort_furniture(page)
    _sort_prompts(page)
    _Structure(page).sort()
    _sort_footer(page)
    _sort_passages(page)
    return _results(page)


class _Page:
    """The lines of one page, and what is known about each of them so far."""

    def __init__(self, lines: Sequence[Line]):
        self.lines = lines
        self.texts = [" ".join(line.text.split()) for line in lines]
        self.plain = [plain_signs(text) for text in self.texts]
        self.kinds: list[str | None] = [None] * len(lines)
        self.whys = [""] * len(lines)
        self.credits: dict[int, int] = {}
        self.notes: dict[int, int] = {}
        self.first_mark = 0
        self._voices: dict[int, Voice] = {}
        words = {word for text in self.texts for word in re.findall(r"[^\W\d_]+", text)}
        self.vocabulary = frozenset(word for word in words if word.islower())
        self.last = {_bare(text): index for index, text in enumerate(self.texts)}

    def __len__(self) -> int:
        return len(self.lines)

    def sort(self, index: int, kind: str, why: str) -> None:
        self.kinds[index] = kind
        self.whys[index] = why

    def voice(self, index: int) -> Voice:
        if index not in self._voices:
            self._voices[index] = hear(self.texts[index])
        return self._voices[index]

    def speaks(self, index: int) -> bool:
        return self.voice(index).score >= THRESHOLD

    def unsorted(self) -> list[int]:
        return [index for index, kind in enumerate(self.kinds) if kind is None]

    def after(self, index: int) -> int | None:
        """The next line that is not furniture."""
        return next((i for i in range(index + 1, len(self)) if self.kinds[i] != "furniture"), None)

    def before(self, index: int) -> int | None:
        """The line before that is not furniture."""
        return next((i for i in range(index - 1, -1, -1) if self.kinds[i] != "furniture"), None)


# ── Furniture: what a web page has around its content ────────────────────────────────────────────

LONE_BULLET = re.compile(r"[-–—•·‣◦▪*○●]")
# Nothing longer is furniture or a prompt.
MOST_WORDS, MOST_CHARACTERS = 60, 500
MONTH = one_of("jan\\w* feb\\w* mar\\w* apr\\w* may june? july? aug\\w* sept?\\w* oct\\w* nov\\w* dec\\w*")
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = rf"(?:(?:{DAY} )?(?:{MONTH},? )?(?:19|20)\d\d|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}})"
LINK = any_of(
    r"home(?: page)?|(?:main )?menu|close(?: menu)?|search|(?:to )?top(?: of (?:the )?page)?|you are here",
    r"(?:back|return) to (?:the )?(?:top|home|start)(?: of .{3,20})?|contact us|accessibility statement",
    r"privacy (?:policy|notice|statement)|cookie (?:policy|settings|notice|preferences)|cookies",
    r"terms (?:and conditions|of use)|site ?map|log ?in|sign in|english|freedom of information",
    r"(?:share|print|save|download|rate|email) (?:this|the) (?:page|section|article)(?: .{1,20})?|print",
    r"download(?: pdf)?|(?:read|show|view|load) (?:more|all|less)|follow us(?: on .{3,40})?",
    one_of("facebook twitter x linkedin instagram youtube bluesky whatsapp mastodon rss yes no cymraeg"),
    r"(?:skip|jump) to .{3,40}|(?:expand|collapse|open|close|show|hide) all(?: sections)?",
    r"on this page|in this section|quick links|table of contents|related (?:pages|links)",
)
# A menu has these words, but they may as well be the title of a mark: furniture with no passage under them.
WEAK_LINK = any_of(
    one_of("accessibility share next previous back news events blog faqs? help feedback email listen"),
    one_of("resources support jobs careers publications toolkits? media people privacy copyright contact"),
    one_of("contents register legal terms newsletter subscribe donate volunteer"),
    r"about(?: us)?|our (?:work|people|team)|get (?:involved|in touch)",
    r"(?:find out|read|learn|see) more(?: about .{2,50})?",
)
FURNITURE = any_of(
    r"(?:please )?(?:select|use|choose|click|follow|tap)(?: on)? (?:the|a|any|one of the|these) .{0,25}"
    r"\b(?:links?|tabs?|headings?|buttons?|menu)\b(?: (?:below|above)|.*\b(?:this page|sections?)\b).*",
    r"(?:©|\(c\) ?(?:19|20)\d\d|copyright\b.*\d{4}|all rights reserved|(?:licensed|available) under ).*",
    r".*© ?(?:19|20).*|.*\b(?:registered charity|(?:charity|company) (?:number|no\.?))\b.*\d.*",
    r"(?:we|this (?:site|website|page)) uses? (?:\w+ )?cookies(?: (?:to|on|for)\b.*)?",
    r"(?:accept|reject|manage) (?:all |additional |my )?cookies.*",
    r"(?:page |content |this page was )?(?:last )?(?:updated|reviewed|published|modified|posted|edited)"
    rf"(?: on| in|:)? ?{DATE}",
    rf"(?:next review|review)(?: due| date)?:? {DATE}",
    r"(?:tel|telephone|phone|e-?mail|call|text|fax|textphone|address)\b[^.]{0,12}[:\d+(](?=.*[\d@]).*",
    r"\+?[\d ()/-]{7,}|\S+@\S+\.\w+|(?:https?://|www\.)\S+|(?:page )?\d+(?: of \d+)?",
    r"(?:share|follow|find) (?:this|us) (?:page )?(?:on|via|by)\b.{0,40}",
    r"(?:next|previous)(?: page| stage| section)?\s?[:→»›]\s?.{0,50}|[←«‹→»›]\s?\w.{0,40}|\w.{0,40}\s?[→›]",
    r"(?:download|print|save|view|open)\b.{0,50}\b(?:pdf|docx?|word(?: document)?|kb|mb)\)?",
    r"(?:was|is|did) (?:this|you find this) (?:page|information|tool|section)?.{0,12}(?:helpful|useful)\?",
    r"(?:report|tell us about) (?:a |any )?\w+ (?:with|on) this page",
    r"(?:sign up|subscribe) (?:to|for) .{0,30}\b(?:newsletters?|updates|mailing list|e-?mails?|alerts)",
    rf"(?:{one_of('image photo photograph picture illustration video audio caption')}|alt text)(?: \d+)?"
    r"(?: by| of| credit|:).{1,120}",
    r"(?:watch|play) (?:the|this|our|a) (?:short )?(?:video|film|animation)\b.{0,60}",
)
NO_VERB = rf"(?!.*\b{one_of('is are was were means')}\b)"
PART_OF = re.compile(rf"part of {NO_VERB}(?P<name>[^.]{{3,60}})(?:\.|$)", re.IGNORECASE)
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
ORGANISATION = any_of(
    r"\b(?:council|trust|university|nhs|charity|foundation|network|partnership|institute|centre)\b",
    r"\b(?:association|society|toolkit|ltd|cic|cio|co-?production)\b",
)

LINK_WHY = "link of a menu"


def _sort_furniture(page: _Page) -> None:
    names = _site_names(page)
    for index, text in enumerate(page.plain):
        if not any(char.isalnum() for char in text):
            page.sort(index, "furniture", "no words")
        elif index and _bare(text) in names and not page.lines[index].quoted:
            page.sort(index, "furniture", "name of the site")
        elif page.whys[index - 1] == "name of the site" and _is_strapline(page, index):
            page.sort(index, "furniture", "stands under the name of the site")
        elif not page.lines[index].quoted and LINK.fullmatch(_bare(text)):
            page.sort(index, "furniture", LINK_WHY)
        elif _is_furniture(page, index):
            page.sort(index, "furniture", "words of a web page")
    # Weak words last: what stands under them may have turned out to be furniture.
    for index in reversed(page.unsorted()):
        if _is_weak_link(page, index):
            page.sort(index, "furniture", LINK_WHY)
    _sort_menu(page)


def _is_furniture(page: _Page, index: int) -> bool:
    text, line = page.plain[index], page.lines[index]
    if line.quoted or _is_long(text) or FIRST_PERSON.search(text):
        return False
    if FURNITURE.fullmatch(text.rstrip(".")) or _is_trail(text, index):
        return True
    return _is_part_of(text, index) or _is_pointer(text)


def _is_part_of(text: str, index: int) -> bool:
    """Right at the top, or as a sentence: "Part of the team" further down is the title of a mark."""
    found = PART_OF.match(text)
    return bool(found) and index < (10 if "." in text else 4)


def _is_trail(text: str, index: int) -> bool:
    """Home > Toolkit > Review; but "Time / money / energy" may be the title of a mark."""
    steps = re.split(r"\s*[>›»]\s*|\s[/|]\s", text)
    certain = index < 10 or bool(re.search("[>›»]", text)) or any(LINK.fullmatch(step) for step in steps)
    long_enough = len(steps) > 2 or steps[0].lower() == "home"
    return certain and long_enough and 1 < len(steps) < 9 and len(text) < 120


def _is_pointer(text: str) -> bool:
    """One or two sentences that send readers to another place of the site."""
    first = re.split(r"(?<=[.!?]) ", text, maxsplit=1)[0]
    return bool(POINTING.match(text) and PLACE.search(first)) and _sentences(text) <= 2


def _is_weak_link(page: _Page, index: int) -> bool:
    line = page.lines[index]
    weak = line.level is None and not line.quoted and WEAK_LINK.fullmatch(_bare(page.plain[index]))
    return bool(weak) and not _opens_passage(page, index)


def _site_names(page: _Page) -> set[str]:
    """What the page says it is part of: "Part of X. …", or the end of "Planning | X"."""
    names = {"the mark of co-production"}
    for text in page.plain[:10]:
        titled = re.fullmatch(r"[^|]{3,60} \| (?P<name>[^|]{3,60})", text)
        names |= {_bare(found["name"]) for found in (PART_OF.match(text), titled) if found}
    return names


def _is_strapline(page: _Page, index: int) -> bool:
    text, line = page.texts[index], page.lines[index]
    short = line.level is None and not line.quoted and len(text.split()) <= 25 and _sentences(text) <= 1
    return short and page.kinds[index] is None and not page.speaks(index)


def _sort_menu(page: _Page) -> None:
    """Short lines among the links at the top are links too; the last of them is the page's own title."""
    if any(line.level for line in page.lines):
        return
    short: list[int] = []
    links = leading = 0
    for index in range(len(page)):
        is_link = page.whys[index] == LINK_WHY
        if not is_link and not _may_be_in_menu(page, index):
            break
        links += is_link
        leading += is_link and not short
        short += [index] * (page.kinds[index] is None)
    for index in short[:-1] if leading or links > 1 else []:
        page.sort(index, "furniture", LINK_WHY)
    _sort_name_on_top(page)


def _sort_name_on_top(page: _Page) -> None:
    """The name of the site over the title of the page; "Introduction" below it would leave no other title."""
    name = page.after(-1)
    title = page.after(name) if name is not None else None
    if name is None or title is None or _bare(page.plain[name]) not in _site_names(page):
        return
    part_of = title + 1 < len(page) and bool(PART_OF.match(page.plain[title + 1]))
    if _is_short(page, title) and (part_of or not _is_part(page.plain[title])):
        page.sort(name, "furniture", "name of the site")


def _may_be_in_menu(page: _Page, index: int) -> bool:
    if page.kinds[index] == "furniture":
        return not PART_OF.match(page.plain[index])
    return _is_short(page, index) and not _is_part(page.plain[index])


# ── Prompts: what a group asks itself about every mark ───────────────────────────────────────────

OPENER = rf"(?:\w+: )?(?:{one_of('and then so now finally also lastly')},? )?"
ASKING = one_of("consider discuss ask asks talk think explore reflect answer questions? prompts? look")
EACH_MARK = any_of(
    rf"(?:for|with|as you|under|at|take|taking|about|look at)\b.{{0,20}}\b(?:each|every)(?: one)?"
    rf"(?: of (?:the|these|our))? marks?\b.{{0,60}}\b{ASKING}\b.{{0,60}}",
    rf".{{0,40}}\b{ASKING}\b.{{0,60}}\b(?:each|every) mark\b[^:]{{0,40}}:",
)
LEAD_IN = any_of(rf".{{0,200}}\b{ASKING}\b.{{0,60}}:")
ONE_TO_TEN = r"(?:(?:1|one) ?(?:and|to|-|–)|out of) ?(?:10|ten)\b"
QUESTION = one_of("what which where who how are do have is can")
ASKED = one_of("we us our you your might may could any")
PROMPT = any_of(
    rf"{OPENER}what {one_of('does do might could would will')} {one_of('this it these each')}(?: mark)?"
    r" (?:mean|look like)\b[^?]*\b(?:us|our|we|you|your)\b[^?]*\?.*",
    rf"{OPENER}{QUESTION}\b(?=[^.?]*\b{ASKED}\b)[^.?]*\b(?:ladders?|snakes?)\b[^.?]*\?.*",
    rf"{OPENER}how {one_of('far well close much')}\b[^.?]*"
    r"\b(?:achiev|doing (?:this|now|so far)|on this|there yet)[^?]*\?.*",
    rf"{OPENER}how far (?:along )?(?:are|have|do|did) (?:we|you)\b[^?]*\?.*",
    rf"{OPENER}(?:\(|(?:agree|give|choose|pick|rate|score|on a|what score)\b).*{ONE_TO_TEN}.*",
    rf"{OPENER}(?:please )?(?:add|write|make|include|think of)\b.{{0,40}}\bmarks?\b"
    r".{0,20}\b(?:your|our) own\b.*",
    rf"{OPENER}(?:please )?add\b.{{0,20}}\b(?:your|our) own\b.{{0,20}}\bmarks?\b.*",
)


def _sort_prompts(page: _Page) -> None:
    certain = [index for index in page.unsorted() if _is_prompt(page, index)]
    for index in certain:
        page.sort(index, "prompt", "asked of every mark")
    for index in range(len(page)):
        if page.kinds[index] in (None, "prompt") and _leads_in(page, index):
            _sort_prompt_list(page, index)
    for index in range(len(page) - 2, -1, -1):
        if LONE_BULLET.fullmatch(page.texts[index]) and page.kinds[index + 1] == "prompt":
            page.sort(index, "prompt", "bullet of a prompt")


def _is_prompt(page: _Page, index: int) -> bool:
    line, text = page.lines[index], page.plain[index]
    if line.quoted or line.level is not None or _is_long(text) or FIRST_PERSON.search(text):
        return False
    return bool(PROMPT.fullmatch(text) or (EACH_MARK.fullmatch(text) and _sentences(text) <= 1))


def _leads_in(page: _Page, index: int) -> bool:
    text = page.plain[index]
    if page.lines[index].level is not None or _is_long(text):
        return False
    return bool(EACH_MARK.fullmatch(text) or LEAD_IN.fullmatch(text))


def _sort_prompt_list(page: _Page, index: int) -> None:
    """The questions right under a lead-in are prompts if one of them, or the lead-in, certainly is."""
    members = [index]
    for following in range(index + 1, len(page)):
        if page.kinds[following] != "prompt" and not _is_question(page, following):
            break
        members.append(following)
    if any(page.kinds[member] == "prompt" for member in members):
        for member in members:
            if page.kinds[member] is None:
                page.sort(member, "prompt", "in a list of prompts")


def _is_question(page: _Page, index: int) -> bool:
    text, line = page.plain[index], page.lines[index]
    if page.whys[index] == "no words":
        return True
    asks = "?" in text or bool(re.search(ONE_TO_TEN, text)) or (line.bullet and len(text.split()) <= 25)
    return page.kinds[index] is None and asks and line.level is None and not _is_long(text)


# ── Structure: headings, titles of marks, credits and notes ──────────────────────────────────────

MARKS = any_of(
    r"(?:\w+[:–-] ?)?(?:the |our |your |key |all |these )?(?:\w+ )?marks\b(?: of (?:\w+ )?co-?production)?"
    r"(?:,? (?:for|in|at|when|of|to) .{1,40})?"
)
OPENING = any_of(
    r"introduction|intro|overview|background|welcome|about this (?:page|stage|section|tool|toolkit|guide)",
    r"before you (?:start|begin)|how to use (?:this|the) .{3,30}|using this (?:tool|toolkit|page|guide)",
    r"getting started|who (?:this|it) is for|the (?:four )?stages",
)
CLOSING = any_of(
    r"(?:in )?conclusions?|references|further (?:reading|information|resources|help)|bibliography|sources",
    r"useful (?:links|resources|contacts)|related (?:pages|reading|content)|(?:foot)?notes|summary",
    r"acknowledge?ments|credits|thank yous?|with thanks|find out more|more information",
    r"about (?:the|this) (?:authors?|project)",
)
# Parts of a mark under which may stand people's words or ours.
EITHER = any_of(r"snakes?|ladders?|observations?|examples?|(?:a )?case stud(?:y|ies)")
VOICES = any_of(
    r"(?:lived[ -]experience )?(?:quotes|voices)|(?:in )?(?:their|our|people's) (?:own )?words",
    r"what (?:people|others|co-producers|we) (?:said|say|told us|heard)|from experience",
)
WITHIN = any_of(r"(?:top )?tips|explanation|in practice", EITHER.pattern)
NOTE = re.compile(r"(?P<sign>\*+|[†‡]+|\[\^?\d{1,2}\])\s*(?=\S)")
DASHED = re.compile(r"(?:[—–―~]|--|-(?=\s))\s*")


class _Structure:
    """Sorts from top to bottom: what a short line is depends on what stands before it."""

    def __init__(self, page: _Page):
        self.page = page
        self.title = self._page_title()
        self.marks_at = self._marks_heading()
        self.level = self._mark_level()
        self.passages: list[int] = []
        self.over = False  # a closing heading has ended the marks

    def sort(self) -> None:
        for index in self.page.unsorted():
            found = self._know(index)
            if found:
                self.page.sort(index, *found)
                self.page.first_mark = self.page.first_mark or (index if found[0] == "mark-title" else 0)
                self.over = index != self.marks_at and (self.over or self._ends_marks(index))
            else:
                self.passages.append(index)

    def _know(self, index: int) -> tuple[str, str] | None:
        if index == self.title:
            return "heading", "title of the page"
        if self.page.lines[index].level is not None:
            return self._by_level(index)
        return self._as_note(index) or self._as_credit(index) or self._by_layout(index)

    def _page_title(self) -> int | None:
        unsorted = self.page.unsorted()
        levelled = [index for index in unsorted if self.page.lines[index].level is not None]
        if levelled or not unsorted:
            return levelled[0] if levelled else None
        return unsorted[0] if _is_short(self.page, unsorted[0], words=14) else None

    def _marks_heading(self) -> int | None:
        """The heading over the marks; in a list of links to the parts of the page it leads to no title."""
        lines = [index for index in self.page.unsorted() if index != self.title]
        found = [index for index in lines if MARKS.fullmatch(_bare(self.page.plain[index]))]
        leading = [index for index in found if self._leads_to_title(index)]
        return next(iter([*leading, *found]), None)

    def _leads_to_title(self, index: int) -> bool:
        following = self.page.after(index)
        if following is None:
            return False
        return self.page.lines[following].level is not None or _opens_passage(self.page, following)

    def _mark_level(self) -> int | None:
        """The level of the marks: the first under "Marks of …", else the one most used, deepest of equals."""
        start = -1 if self.marks_at is None else self.marks_at
        lines = [
            self.page.lines[i]
            for i in self.page.unsorted()
            if i > start and i != self.title and not _is_part(self.page.plain[i])
        ]
        levels = [line.level for line in lines if line.level is not None]
        if self.marks_at is None:
            repeated = [(count, level) for level, count in Counter(levels).items() if count > 1]
            return max(repeated)[1] if repeated else None
        top = self.page.lines[self.marks_at].level or 0
        return next((level for level in levels if level > top), top if top in levels else None)

    def _by_level(self, index: int) -> tuple[str, str]:
        outside = self.over or (self.marks_at is not None and index <= self.marks_at)
        is_level = self.page.lines[index].level == self.level
        if is_level and not outside and not _is_part(self.page.plain[index]):
            return "mark-title", "heading of the level that marks have"
        return "heading", "heading"

    def _ends_marks(self, index: int) -> bool:
        """A closing heading ends the marks, and so does one above their level if "Marks of …" came before."""
        if self.page.kinds[index] != "heading":
            return False
        level, after_marks = self.page.lines[index].level, self.marks_at is not None and index > self.marks_at
        above = level is not None and self.level is not None and level < self.level
        return (after_marks and above) or (bool(self.passages) and _names(CLOSING, self.page.plain[index]))

    def _by_layout(self, index: int) -> tuple[str, str] | None:
        """A short line over a passage is a title, where the format gives no headings."""
        text = self.page.plain[index]
        if self.level is not None or not _is_short(self.page, index, ending=":"):
            return None
        if index != self.marks_at and self._is_link_to_title(index):
            return "furniture", "link to a title further down"
        if index == self.marks_at or _is_part(text):
            return "heading", "names a part of the page"
        if not _is_title(self.page, index) or self._is_in_list(index):
            return None
        if not _opens_passage(self.page, index):
            following = self.page.after(index)
            over_title = following is not None and _is_title(self.page, following)
            is_heading = over_title and self._opens_title(following)
            return ("heading", "short line over a title") if is_heading else None
        if self.over or index < (self.marks_at or 0):
            return "heading", "short line over a passage, outside the marks"
        return "mark-title", "short line over a passage"

    def _opens_title(self, index: int | None) -> bool:
        return index is not None and (index <= (self.marks_at or 0) or _opens_passage(self.page, index))

    def _is_link_to_title(self, index: int) -> bool:
        return self.page.last[_bare(self.page.texts[index])] > index and not _opens_passage(self.page, index)

    def _is_in_list(self, index: int) -> bool:
        """The last of several short lines also stands over a passage, and is no title."""
        before = [i for i in self.passages[-3:] if i >= index - 2]
        short = [i for i in before if _is_short(self.page, i)]
        return len(short) > 1 or any(self.page.texts[i].endswith(":") for i in before if i not in short)

    def _as_note(self, index: int) -> tuple[str, str] | None:
        """A note belongs to the passage before it that carries its sign, else to the passage before."""
        found = NOTE.match(self.page.texts[index])
        if not found or not self.passages:
            return None
        sign = re.compile(rf"(?<=[^\s*]){re.escape(found['sign'])}(?!\*)")
        signed = (i for i in reversed(self.passages[-500:]) if sign.search(self.page.texts[i]))
        self.page.notes[index] = next(signed, self.passages[-1])
        return "note", "begins with the sign of a note"

    def _as_credit(self, index: int) -> tuple[str, str] | None:
        passage = self._credited(index)
        credit = read_credit(self.page.texts[index], self.page.vocabulary) if passage is not None else None
        if passage is None or not credit or self._is_dash_in_list(index):
            return None
        if not (credit.sure or self._suits_as_credit(index, passage)):
            return None
        self.page.credits[index] = passage
        return "credit", "says who spoke"

    def _credited(self, index: int) -> int | None:
        """The passage right before a line, with at most notes, credits and bare bullets between."""
        for i in range(index - 1, -1, -1):
            if self.page.kinds[i] is None:
                return i
            if self.page.kinds[i] == "credit":
                return self.page.credits[i]
            if self.page.kinds[i] != "note" and self.page.whys[i] != "no words":
                return None
        return None

    def _is_dash_in_list(self, index: int) -> bool:
        """Dashes at the start of several lines in a row make a list, not credits."""
        near = [self.page.texts[i] for i in (index - 1, index + 1) if 0 <= i < len(self.page)]
        return bool(DASHED.match(self.page.texts[index])) and any(DASHED.match(text) for text in near)

    def _suits_as_credit(self, index: int, passage: int) -> bool:
        """A bare role or name credits only what sounds spoken; a name is not taken up by what follows."""
        text, line = self.page.texts[passage], self.page.lines[passage]
        score = _voice(self.page, passage)
        spoken = line.quoted or unwrap(text) is not None or score >= THRESHOLD
        if is_role(self.page.texts[index]):
            return spoken or score >= 0
        following = self.page.after(index)
        taken_up = following is not None and _share_a_word(self.page.texts[index], self.page.texts[following])
        return spoken and not taken_up and passage == self.page.before(index)


def _is_short(page: _Page, index: int, words: int = 9, ending: str = "") -> bool:
    """A line that could be a title by its length and its first and last letter."""
    text, line = page.texts[index], page.lines[index]
    return (
        len(text.split()) <= words
        and len(text) <= 10 * words
        and (not re.search(r"[.,;:…][”\"')]*$", text) or text[-1] in ending)
        and bool(re.match(r"[\W_]*[A-Z0-9]", text))
        and not (line.bullet or line.quoted or re.search(r"[a-z]\. [A-Z]", text))
    )


def _is_title(page: _Page, index: int) -> bool:
    """A short line that is not spoken; a question such as "Was it fair?" may sound so and is a title."""
    text = page.texts[index]
    if page.kinds[index] is not None or not _is_short(page, index) or unwrap(text) or DASHED.match(text):
        return False
    said = FIRST_PERSON.search(page.plain[index]) or (page.speaks(index) and not text.endswith("?"))
    return any(char.isalpha() for char in text) and not said


def _opens_passage(page: _Page, index: int) -> bool:
    following = page.after(index)
    if following is None or page.kinds[following] is not None or page.lines[following].level is not None:
        return False
    text, line = page.texts[following], page.lines[following]
    words = len(text.split())
    return words >= 10 or line.bullet or line.quoted or (words >= 4 and text[-1] in ".!…:”\"')")


def _is_part(text: str) -> bool:
    return any(_names(names, text) for names in (OPENING, CLOSING, VOICES, WITHIN, MARKS))


def _names(names: re.Pattern[str], text: str) -> bool:
    return bool(names.fullmatch(text.rstrip(":")))


def _share_a_word(title: str, passage: str) -> bool:
    """Whether they have the beginning of a word in common: "Trust", "Trusting each other takes time"."""
    return bool(_beginnings(title) & _beginnings(passage))


def _beginnings(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[^\W\d_]{3,}", text.lower())}


# ── The foot of the page, where short lines have no passage under them ───────────────────────────


def _sort_footer(page: _Page) -> None:
    for index in range(len(page) - 1, -1, -1):
        if page.kinds[index] == "furniture":
            continue
        beside = {page.kinds[i] for i in (index - 1, index + 1) if 0 <= i < len(page)}
        if page.kinds[index] is not None or "furniture" not in beside or not _is_title(page, index):
            break
        page.sort(index, "furniture", "short line at the foot of the page")
    _sort_last_name(page)


def _sort_last_name(page: _Page) -> None:
    """An organisation's name over one short sentence, with only links below, is a footer and no mark."""
    content = [index for index, kind in enumerate(page.kinds) if kind != "furniture"]
    if len(content) < 2 or content[-1] == len(page) - 1:
        return
    name, sentence = content[-2:]
    named = page.kinds[name] == "mark-title" and ORGANISATION.search(page.plain[name])
    if named and _is_strapline(page, sentence):
        page.sort(name, "furniture", "name of an organisation at the foot of the page")
        page.sort(sentence, "furniture", "stands under the name of an organisation")


# ── Passages: explanation, or somebody's words ───────────────────────────────────────────────────


def _sort_passages(page: _Page) -> None:
    passages = page.unsorted()
    certain = _certain_quotes(page, passages)
    scores = {index: _voice(page, index) for index in passages}
    spoken = {index for index in passages if index in certain or scores[index] >= THRESHOLD}
    leans = {index: _lean(page, index, spoken) for index in passages if index not in certain}
    for index in passages:
        is_quote = index in spoken or scores[index] + leans[index] >= THRESHOLD
        reasons = [certain[index]] if index in certain else [*page.voice(index).why]
        reasons += ["beside spoken words"] * bool(leans.get(index))
        page.sort(index, "quote" if is_quote else "explanation", "; ".join(reasons))


def _certain_quotes(page: _Page, passages: Sequence[int]) -> dict[int, str]:
    certain = dict.fromkeys(_between_quotation_marks(page, passages), "between quotation marks")
    certain |= {i: "credited at its end" for i in passages if split_credit(page.texts[i])[1]}
    certain |= {i: "the format says quoted" for i in passages if page.lines[i].quoted}
    return certain | dict.fromkeys(page.credits.values(), "credited by a line below")


def _between_quotation_marks(page: _Page, passages: Sequence[int]) -> set[int]:
    """Quotation marks may open in one passage and close in a later one of the same run."""
    found: set[int] = set()
    opened: list[int] = []
    for index in passages:
        text = page.texts[index]
        if opened and opened[-1] == index - 1 and len(opened) < 6:
            opened.append(index)
        else:
            opened = [index] if text[0] in '“"' and not re.search(r"[”\"]", text[1:]) else []
        if unwrap(text) is not None:
            found.add(index)
        elif len(opened) > 1 and text.rstrip(".")[-1:] in ("”", '"'):
            found.update(opened)
            opened = []
    return found


def _voice(page: _Page, index: int) -> int:
    """The score of a passage by its own words and by where it stands.

    A page opens in the toolkit's voice, and so does the text of a mark; people's words come after.
    """
    score = page.voice(index).score - (index < page.first_mark)
    before = page.before(index)
    if before is None or page.kinds[before] not in ("heading", "mark-title"):
        return score
    if _names(EITHER, page.plain[before]):
        return score
    return score + (2 if _names(VOICES, page.plain[before]) else -2)


def _lean(page: _Page, index: int, spoken: set[int]) -> int:
    """What a passage with some sign of speech gains by standing between two quotes, or beside one."""
    voice = page.voice(index)
    if not voice.spoken:
        return 0
    sides = [page.before(index), page.after(index)]
    quotes = [side in spoken or page.kinds[side] == "credit" for side in sides if side is not None]
    if quotes == [True, True]:
        return 2
    at_an_end = any(side is None or page.kinds[side] in ("mark-title", "heading") for side in sides)
    follows_quote = sides[0] is not None and quotes[0] and not voice.taught
    return 1 if follows_quote or (any(quotes) and at_an_end) else 0


def _is_long(text: str) -> bool:
    return len(text) > MOST_CHARACTERS or len(text.split()) > MOST_WORDS


def _bare(text: str) -> str:
    return text.strip(" ↑↓←→»«›‹▲▼.:").lower()


def _sentences(text: str) -> int:
    return len(re.findall(r"[.!?](?=\s|$)", text))


# ── Results ──────────────────────────────────────────────────────────────────────────────────────


def _results(page: _Page) -> list[Classified]:
    mark: Line | None = None
    results = []
    for index, kind in enumerate(page.kinds):
        if kind == "mark-title":
            mark = page.lines[index]
        elif kind == "heading" and not _divides(page, index, mark):
            mark = None
        own = None if kind == "furniture" or mark is None else mark.text.strip()
        results.append(_result(page, index, own))
    return results


def _divides(page: _Page, index: int, mark: Line | None) -> bool:
    """Whether a heading stands inside a mark, such as "Tips", and does not end it."""
    level = page.lines[index].level
    deeper = level is not None and mark is not None and mark.level is not None and level > mark.level
    return deeper or _names(WITHIN, page.plain[index]) or _names(VOICES, page.plain[index])


def _result(page: _Page, index: int, mark: str | None) -> Classified:
    line, kind = page.lines[index], page.kinds[index] or "explanation"
    text, credit = line.text.strip(), None
    if kind == "credit":
        credit = read_credit(page.texts[index], page.vocabulary)
    elif kind == "quote":
        text, credit = split_credit(text)
        text = unwrap(text) or text
    return Classified(
        line=line.number,
        kind=kind,
        mark=mark,
        text=text,
        level=line.level,
        bullet=line.bullet,
        credit=credit.name if credit else None,
        year=credit.year if credit else None,
        credits=page.lines[page.credits[index]].number if index in page.credits else None,
        note_on=page.lines[page.notes[index]].number if index in page.notes else None,
        why=page.whys[index],
    )
