"""Two languages that nobody speaks: one accented and longer, one written from right to left; both can still be read.

Where a page of theirs shows plain letters, a word was not translated; where something is cut off, there is no room.
"""

import re
from pathlib import Path

import polib
from bs4 import BeautifulSoup, NavigableString

LONGER, MIRRORED = "en-xa", "ar-xb"
ACCENTED = str.maketrans("AaEeIiOoUuCcNnSsYy", "ÅåĖėÎîØøÛûÇçÑñŠšÝý")
ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ابثدعفغهيجكلمنوپقرستشڤصخطز")
# What stays as it is: tags, placeholders of every kind, entities.
KEPT = re.compile(r"(<[^>]*>|%\(\w+\)[sdif]|%[sdif%]|\{\w*\}|&\w+;|\n)")
LATIN_WORD = re.compile(r"(?<!\w)[A-Za-z]{3,}(?!\w)")
TWO_FIFTHS = 0.4


def pseudo(words: str, code: str) -> str:
    """Give words in a language of these: of the same shape, and in the first two fifths longer."""
    parts = KEPT.split(words)
    said = "".join(part if KEPT.fullmatch(part) else _letters(part, code) for part in parts)
    if code == MIRRORED or not words.strip():
        return said
    length = len(KEPT.sub("", words))
    longer = (" ėñ łøñġ" * length)[: max(1, int(length * TWO_FIFTHS))].rstrip()
    end = len(said.rstrip("\n"))
    return said[:end] + longer + said[end:]


def _letters(words: str, code: str) -> str:
    return words.translate(ACCENTED) if code == LONGER else words.lower().translate(ARABIC)


def write_catalogue(code: str, folder: Path, like: Path):
    """Write the catalogue of a pseudo-language, of all words that another one has."""
    source = polib.pofile(str(like))
    file = polib.POFile()
    plural = "nplurals=2; plural=(n != 1);"
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": plural}
    for entry in source:
        said = {"msgstr": pseudo(entry.msgid, code)}
        if entry.msgid_plural:
            forms = {0: pseudo(entry.msgid, code), 1: pseudo(entry.msgid_plural, code)}
            said = {"msgid_plural": entry.msgid_plural, "msgstr_plural": forms}
        file.append(polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, **said))
    name, _, part = code.partition("-")
    place = folder / f"{name}_{part.upper()}" / "LC_MESSAGES"
    place.mkdir(parents=True)
    file.save(str(place / "django.po"))
    file.save_as_mofile(str(place / "django.mo"))


def plain_words(html: str, code: str) -> set[str]:
    """Give the words on a page, and in what is read out of it, that say they are in a language and are not."""
    page = BeautifulSoup(html, "lxml")
    found = set()
    for element in page.find_all(True):
        if _language_of(element) != code or element.name in ("script", "style", "time"):
            continue
        texts = [one for one in element.children if type(one) is NavigableString]
        texts += [element[name] for name in ("alt", "title", "aria-label", "placeholder") if element.get(name)]
        found |= {word for text in texts for word in LATIN_WORD.findall(str(text))}
    return found


def _language_of(element) -> str:
    marked = next(
        (one for one in (element, *element.parents) if one.get("lang") or one.get("translate") == "no"), None
    )
    return marked.get("lang", "") if marked is not None else ""


def astray(html: str) -> list[str]:
    """Give what has a language of another direction than its own `dir`, or that of what it stands in, says."""
    page = BeautifulSoup(html, "lxml")
    wrong = []
    for element in page.select("[lang]"):
        direction = next(one["dir"] for one in (element, *element.parents) if one.get("dir"))
        if direction != ("rtl" if element["lang"].startswith("ar") else "ltr"):
            wrong.append(str(element)[:120])
    return wrong
