"""Markdown on its way in: into the HTML that Wagtail's editor keeps."""

import re

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

# Wagtail's editor keeps bold and italic as <b> and <i>.
EDITOR_TAGS = {"strong>": "b>", "em>": "i>"}
# The only tags that may stand in the files of a bundle, for what stars and line ends cannot say. An empty paragraph
# is a paragraph that holds nothing but its mark.
TAG = re.compile(r"</?[bi]>|<br>|<p></p>")
MEANT = {"<br>": "<br/>", "<p></p>": ""}


def _reader(**options) -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, **options})
    reader.add_render_rule("softbreak", lambda *_: " ")
    reader.add_render_rule("hardbreak", lambda *_: "<br/>")
    return reader


def _verbatim_reader() -> MarkdownIt:
    """Make a reader that leaves quotes and addresses as they stand, and knows the tags of bundles."""
    reader = _reader()
    reader.normalizeLink = lambda address: address
    reader.inline.ruler.before("html_inline", "tag", _read_tag)
    reader.add_render_rule("tag", lambda _self, tokens, place, *_: tokens[place].content)
    return reader


def _read_tag(state, silent: bool) -> bool:
    found = TAG.match(state.src, state.pos, state.posMax)
    if found and not silent:
        state.push("tag", "", 0).content = MEANT.get(found[0], found[0])
    state.pos = found.end() if found else state.pos
    return bool(found)


typographic = _reader(typographer=True).enable("smartquotes")
verbatim_reader = _verbatim_reader()


def to_html(text: str, *, verbatim: bool = False) -> str:
    """Turn Markdown into the HTML that Wagtail's editor keeps.

    Straight quotes become curly ones, unless the text is `verbatim`: then it stands as it is written.
    """
    html = (verbatim_reader if verbatim else typographic).render(text).strip().replace("\n", "")
    for tag, kept in EDITOR_TAGS.items():
        html = html.replace(f"<{tag}", f"<{kept}").replace(f"</{tag}", f"</{kept}")
    # Whoever wrote a tag by hand may have forgotten to close it.
    return str(BeautifulSoup(html, "html.parser")) if verbatim and TAG.search(text) else html
