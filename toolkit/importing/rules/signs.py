"""The signs in a text that are no letters: quotation marks, arrows, dashes, bullets and full stops."""

import re

LONE_BULLET = re.compile(r"[-–—•·‣◦▪*○●]")
DASHED = re.compile(r"(?:[—–―~]|--|-(?=\s))\s*")
PLAIN_SIGNS = str.maketrans({"‘": "'", "’": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'})
QUOTED_WORDS = re.compile(
    r"“[^”]*”|«[^»]*»|\"[^\"]*\"|(?<!\w)‘(?:[^’]|’(?=\w))*’(?!\w)|(?<!\w)'(?:[^']|'(?=\w))*'(?!\w)"
)


def plain_signs(text: str) -> str:
    """Typewriter apostrophes and quotation marks, so that a pattern need know only those."""
    return text.translate(PLAIN_SIGNS)


def without_quoted(text: str) -> str:
    return QUOTED_WORDS.sub("…", text)


def unwrap(text: str) -> str | None:
    """The words inside, where quotation marks stand around the whole text; else None."""
    whole = text.rstrip(".")
    for opening, closing in ("“”", '""', "«»", "„“", "‘’", "''"):
        if len(whole) > 2 and whole[0] == opening and whole[-1] == closing:
            inner = whole[1:-1]
            return None if re.search(rf"{closing}(?!\w)", inner) else inner.strip()
    return None


def bare(text: str) -> str:
    """A text without the arrows and stops around it, in small letters."""
    return text.strip(" ↑↓←→»«›‹▲▼.:").lower()


def sentences(text: str) -> int:
    """How many sentences end in a text."""
    return len(re.findall(r"[.!?](?=\s|$)", text))
