"""Plain text as the rich text of a page, and back. Pure: nothing that somebody wrote becomes markup."""

import re
from html import escape, unescape

from django.utils.text import Truncator

# So many words of a quote are its title, for people to find it by.
TITLE_WORDS = 8
LONGEST_SUMMARY = 300


def rich(text: str) -> str:
    """Give a plain text as HTML: a paragraph for what stands between empty lines."""
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return "".join("<p>" + "<br/>".join(escape(part).splitlines()) + "</p>" for part in paragraphs)


def plain(html: str) -> str:
    """Give back the text that `rich` has made HTML of."""
    text = html.removeprefix("<p>").removesuffix("</p>").replace("</p><p>", "\n\n")
    return unescape(text.replace("<br/>", "\n"))


def title_of(words: str) -> str:
    """Give the first words of a quote, to find it by."""
    return Truncator(Truncator(" ".join(words.split())).words(TITLE_WORDS)).chars(100)


def summary_of(text: str) -> str:
    """Give a text in one line, as short as a summary has to be."""
    return Truncator(" ".join(text.split())).chars(LONGEST_SUMMARY)
