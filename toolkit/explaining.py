"""Terms of the glossary in the prose of a page: which of them stand there, and each marked where it first does.

A term is found as a whole word, in either case; one in capitals, such as NHS, in capitals alone. Links and headings
are left as they are, and so is what people or reports say: only the toolkit's own prose is looked at.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from html import escape

# Blocks in the toolkit's own words.
PROSE = ("text", "tip", "note", "pair")
SILENT = {"a", "h2", "h3", "h4"}
TAG = re.compile(r"""(<(?:[^<>"']|"[^"]*"|'[^']*')*>)""")
TAG_NAME = re.compile(r"</?(\w+)")
# Vowel signs and the stroke that draws a word out: Arabic is mostly written without.
SIGNS = "\u0640\u064b-\u0652\u0670"
WITHOUT_SIGNS = dict.fromkeys([0x640, *range(0x64B, 0x653), 0x670])
# What joins words to one: "co-production" holds no "production". An apostrophe does not: Welsh "jargon'r".
JOINTS = "\\-\u2010\u2011"
# So letters of entities, such as &amp;, are no words either.
WORD = re.compile(rf"(?<![\w&#{JOINTS}{SIGNS}])[\w{SIGNS}]+")


def prose_of(document: dict) -> list[str]:
    """Give the HTML of the blocks of a document that terms are looked for in."""
    return [block["html"] for block in document["body"] if _is_prose(block)]


def places_of(titles: tuple[str, ...], htmls: list[str]) -> list[int]:
    """Give which titles stand in some HTML, by their place in `titles`, in the order in which they first stand."""
    return list(dict.fromkeys(place for html in htmls for place, _found in _found_in(titles, html)))


def explained(document: dict) -> list[dict]:
    """Give a document's body with each of its terms, where it first stands, leading to what it means."""
    if document["type"] == "glossary" or not document.get("terms"):
        return document["body"]
    waiting = dict(enumerate(document["terms"]))
    titles = tuple(term["title"] for term in document["terms"])
    return [
        {**block, "html": _marked(block["html"], titles, waiting)} if _is_prose(block) else block
        for block in document["body"]
    ]


def _is_prose(block: dict) -> bool:
    # A block that says its language is in another one than its document, and so than the terms.
    return block["type"] in PROSE and "lang" not in block


def _marked(html: str, titles: tuple[str, ...], waiting: dict[int, dict]) -> str:
    """Mark those of the waiting terms that stand in some HTML, and take them out of those that wait."""
    parts, end = [], 0
    for place, (start, stop) in _found_in(titles, html):
        if term := waiting.pop(place, None):
            link = f'<a class="term" id="word-{term["code"]}" href="#meaning-{term["code"]}">{html[start:stop]}</a>'
            parts += [html[end:start], link]
            end = stop
    return "".join([*parts, html[end:]])


def _found_in(titles: tuple[str, ...], html: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Give the titles that stand in the prose of some HTML: place in `titles`, start and end in the HTML."""
    patterns = _patterns(titles)
    if not patterns:
        return
    for start, stop in _prose(html):
        end = start
        for word in WORD.finditer(html, start, stop):
            if word.start() < end:
                continue
            for place, pattern in patterns.get(_plain(word[0]), ()):
                if found := pattern.match(html, word.start(), stop):
                    yield place, found.span()
                    end = found.end()
                    break


def _prose(html: str) -> Iterator[tuple[int, int]]:
    """Give start and end of each run of text outside links, headings and elements of another language."""
    open_tags, start = [], 0
    for tag in TAG.finditer(html):
        if tag.start() > start and not any(open_tags):
            yield start, tag.start()
        start = tag.end()
        name = TAG_NAME.match(tag[0])
        if tag[0].startswith("</"):
            open_tags.pop()
        elif name and name[1] != "br":
            open_tags.append(name[1] in SILENT or " lang=" in tag[0])
    if start < len(html):
        yield start, len(html)


@lru_cache(maxsize=256)
def _patterns(titles: tuple[str, ...]) -> dict[str, list[tuple[int, re.Pattern]]]:
    """Give, by the first word of a title, the places and patterns of the titles that begin so, the longest first."""
    found = defaultdict(list)
    for place in sorted(range(len(titles)), key=lambda place: (-len(titles[place]), titles[place])):
        first = WORD.match(escape(titles[place].strip(), quote=False))
        if first:
            found[_plain(first[0])].append((place, _pattern(titles[place])))
    return dict(found)


@lru_cache(maxsize=4096)
def _pattern(title: str) -> re.Pattern:
    words = escape(title, quote=False).translate(WITHOUT_SIGNS).split()
    has_capitals = any(len(word) > 1 and word.isupper() for word in words)
    text = r"(?:\s|&nbsp;)+".join("".join(map(_letter, word)) for word in words)
    return re.compile(rf"{text}(?![\w{JOINTS}])", re.NOFLAG if has_capitals else re.IGNORECASE)


def _letter(letter: str) -> str:
    return f"{letter}[{SIGNS}]*" if "\u0620" <= letter <= "\u06ff" else re.escape(letter)


def _plain(word: str) -> str:
    plain = word.casefold()
    return plain if plain.isascii() else plain.translate(WITHOUT_SIGNS)
