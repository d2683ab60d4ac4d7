"""Reading the lines of a document that a co-producer already has: plain text, Markdown, HTML or Word."""

import codecs
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import mammoth
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement, PreformattedString
from django.utils.translation import gettext
from markdown_it import MarkdownIt
from markdown_it.token import Token

from toolkit.importing.rules.credits import read_credit
from toolkit.importing.rules.lines import Line
from toolkit.importing.rules.signs import LONE_BULLET

MAX_BYTES = 5_000_000
MAX_LINES = 20_000  # a page has some hundred
# A Word file is a zip: its size on disk says nothing about what it unpacks to.
MAX_UNZIPPED_BYTES = 50_000_000


class UnreadableDocument(ValueError):
    """A document that cannot be read; its message is one sentence that says what to do."""


def read_lines(path: str | Path) -> list[Line]:
    """The lines of a .txt, .md, .html, .htm or .docx file, or UnreadableDocument.

    Lines are numbered as in the file for text and Markdown, and as blocks from 1 for HTML and Word.
    """
    path = Path(path)
    if path.is_dir():
        raise _unreadable(gettext("{name} is a folder: give the name of one file in it."), path.name)
    if not path.is_file():
        raise _unreadable(gettext("There is no file at {name}: check its name and where it is kept."), str(path))
    _check_suffix(path.suffix, path.name)
    return read_content(_read(path), path.name)


def read_content(content: bytes, name: str, *, suffix: str = "") -> list[Line]:
    """The lines of what a file holds, as read_lines gives them; `suffix` says its format where the name does not."""
    suffix = (suffix or Path(name).suffix).lower()
    _check_suffix(suffix, name)
    if len(content) > MAX_BYTES:
        raise _unreadable(gettext("{name} is over 5 MB: take out pictures or split it into parts."), name)
    if not content:
        raise _unreadable(gettext("{name} is empty: check that it was saved."), name)
    lines = READERS[suffix](content, name)
    if len(lines) > MAX_LINES:
        text = gettext("{name} has over {most} lines: split it into smaller files.")
        raise UnreadableDocument(text.format(name=name, most=f"{MAX_LINES:,}"))
    if not any(line.text for line in lines):
        raise _unreadable(gettext("{name} has no text in it: check that it is the right file."), name)
    return lines


def _unreadable(sentence: str, name: str) -> UnreadableDocument:
    return UnreadableDocument(sentence.format(name=name))


def _check_suffix(suffix: str, name: str) -> None:
    if suffix.lower() not in READERS:
        text = gettext("{name} is not a kind of file we can read: save it as .txt, .md, .html or .docx.")
        raise _unreadable(text, name)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _unreadable(gettext("{name} cannot be opened: check that you may read it."), path.name) from error


# ── Encodings ────────────────────────────────────────────────────────────────────────────────────


def decode(content: bytes, name: str) -> str:
    """UTF-8, or UTF-16 that says so, or else the Windows encoding that older programs save in."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = _decode_windows(content)
    if "\0" in text:
        text = gettext("{name} is not plain text: open it and save it again as text in UTF-8.")
        raise _unreadable(text, name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decode_windows(content: bytes) -> str:
    """Text in cp1252 if it reads like text, with no control characters and mostly plain letters; else NUL."""
    text = content.decode("cp1252", errors="replace")
    odd = sum(char == "\ufffd" or (ord(char) < 32 and char not in "\t\n\r\f") for char in text)
    plain = len(re.findall(r"[A-Za-z0-9\s.,;:!?'\"()-]", text))
    return text if not odd and plain >= 0.8 * len(text) else "\0"


# ── Plain text ───────────────────────────────────────────────────────────────────────────────────

BULLET = re.compile(r"\s*[-•·‣◦▪○●]\s+(?=\S)")
STAR_BULLET = re.compile(r"\s*\*\s+(?=\S)")
STARRED_WORD = re.compile(r"\w\*(?!\w)")


def _read_text(content: bytes, name: str) -> list[Line]:
    rows = decode(content, name).split("\n")
    # Where a word carries a star, a line that begins with one is its note and no bullet.
    starred = any(STARRED_WORD.search(row) for row in rows)
    lines: list[Line] = []
    for number, row in enumerate(rows, 1):
        if row.strip():
            follows = bool(lines) and _is_lone_bullet(lines[-1].text) and not _is_lone_bullet(row)
            sign = BULLET.match(row) or (None if starred else STAR_BULLET.match(row))
            text = row[sign.end() :] if sign else row
            lines.append(Line(number, text.strip(), bullet=follows or sign is not None))
    return lines


def _is_lone_bullet(text: str) -> bool:
    return bool(LONE_BULLET.fullmatch(text.strip()))


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────

MARKDOWN = MarkdownIt("commonmark").enable("table")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---(?=\n|\Z)", re.DOTALL)
LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)


def _read_markdown(content: bytes, name: str) -> list[Line]:
    # Empty lines in place of front matter: the lines below keep their numbers.
    text = FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), decode(content, name))
    depth = {"heading": 0, "list_item": 0, "blockquote": 0}
    lines: list[Line] = []
    for token in MARKDOWN.parse(text):
        container = token.type.rpartition("_")[0]
        if container in depth:
            depth[container] += token.nesting * (int(token.tag[1:]) if container == "heading" else 1)
        place = _Place(depth["heading"] or None, depth["list_item"] > 0, depth["blockquote"] > 0)
        lines += _token_lines(token, place)
    return lines


def _token_lines(token: Token, place: "_Place") -> list[Line]:
    first = token.map[0] + 1 if token.map else 1
    if token.type == "inline":
        rows = _inline_rows(token.children or [])
        return [place.line(first + offset, text) for offset, text in rows if text]
    if token.type == "html_block":
        return [replace(line, number=first) for line in _html_lines(token.content)]
    if token.type in ("fence", "code_block"):
        return [place.line(first, row.strip()) for row in token.content.split("\n") if row.strip()]
    return []


def _inline_rows(children: Iterable[Token]) -> list[tuple[int, str]]:
    """A paragraph is one row, but for breaks its writer asked for and a credit on a row of its own."""
    rows: list[tuple[int, str]] = []
    for offset, hard, text in _file_rows(children):
        if rows and not hard and not _is_sure_credit(text):
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {text}")
        else:
            rows.append((offset, text))
    return rows


def _file_rows(children: Iterable[Token]) -> Iterator[tuple[int, bool, str]]:
    offset, hard, words = 0, False, ""
    for child in children:
        if child.type.endswith("break") or LINE_BREAK.fullmatch(child.content):
            yield offset, hard, words.strip()
            offset, hard, words = offset + (child.type != "html_inline"), child.type != "softbreak", ""
        elif child.type in ("text", "code_inline"):
            words += child.content
    yield offset, hard, words.strip()


def _is_sure_credit(text: str) -> bool:
    credit = read_credit(text)
    return bool(credit and credit.sure)


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = {
    *HEADINGS,
    *("html", "body", "main", "article", "section", "div", "aside", "header", "footer", "center", "address"),
    *("p", "pre", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "figure", "figcaption", "hr"),
    *("table", "caption", "thead", "tbody", "tr", "td", "th", "form", "fieldset", "details", "summary"),
}
CHROME = (
    *("script", "style", "noscript", "template", "head", "nav", "dialog", "svg", "math", "iframe", "object"),
    *("canvas", "audio", "video", "select", "option", "input", "textarea", "label", "datalist"),
    *("[role=navigation]", "[role=search]", "[role=banner]", "[role=contentinfo]"),
)
XML_PROLOG = re.compile(r"\A\s*<\?xml[^>]*>")  # of XHTML, which would make BeautifulSoup warn
QUOTE_CLASS = re.compile(r"(?:^|[-_])(?:block|pull)?(?:quote|testimonial)s?(?:$|[-_](?:text|body|block|box))")


@dataclass(frozen=True)
class _Place:
    """Where in a document some words stand."""

    level: int | None = None
    bullet: bool = False
    quoted: bool = False

    def line(self, number: int, text: str) -> Line:
        return Line(number, text, self.level, self.bullet, self.quoted)


@dataclass
class _Blocks:
    """The blocks of a tree from top to bottom, and the words of the one that is still open."""

    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    sign: str = ""  # what comes before the words
    level: int = 1  # of the last real heading

    def end(self, place: _Place) -> None:
        text = " ".join("".join(self.words).split()).removesuffix(" ↑")  # Word's way back from a footnote
        self.words.clear()
        if text:
            self.lines.append(place.line(len(self.lines) + 1, self.sign + text))
            self.sign = ""


def _read_html(content: bytes, name: str) -> list[Line]:
    return _html_lines(decode(content, name))


def _html_lines(html: str) -> list[Line]:
    # Without a line break, a short text would be taken for the name of a file or a page, with a warning.
    soup = BeautifulSoup(XML_PROLOG.sub("", html) + "\n", "lxml")
    _drop_chrome(soup)
    _name_word_paragraphs(soup)
    blocks = _Blocks()
    _walk(soup, blocks)
    return blocks.lines


def _drop_chrome(soup: BeautifulSoup) -> None:
    for tag in soup.select(", ".join(CHROME)):
        tag.decompose()
    for tag in soup.find_all("button"):
        if not (tag.find_parent(HEADINGS) or _opens_part(tag)):
            tag.decompose()
    for tag in soup.find_all(["header", "footer", "form"]):
        if not tag.decomposed and not _holds_content(tag, soup):
            tag.decompose()


def _name_word_paragraphs(soup: BeautifulSoup) -> None:
    """Word's own HTML, which is also what one pastes from it, has titles and lists as paragraphs of a class."""
    for sign in soup.select("span[style*='mso-list:Ignore'], span[style*='mso-list: Ignore']"):
        sign.decompose()
    for tag in soup.select("p[class^=MsoListParagraph]"):
        tag.name = "li"
    for tag in soup.select("p.MsoTitle"):
        tag.name = "h1"


def _holds_content(tag: Tag, soup: BeautifulSoup) -> bool:
    """A header may hold the page's title, a quote's footer its credit, and some sites wrap all in a form."""
    if tag.name == "footer":
        return tag.find_parent(["blockquote", "figure"]) is not None
    inside = tag.find_all(HEADINGS)
    if tag.name == "form" or tag.find_parent(["main", "article"]):
        return bool(inside)
    titles = soup.find_all("h1")
    return any(heading.name == "h1" for heading in inside) and all(title in inside for title in titles)


def _walk(root: Tag, blocks: _Blocks) -> None:
    """Read a tree from top to bottom, with a stack of its own: some pages are nested a thousand deep."""
    open_tags = [(root.children, _Place(), True)]
    while open_tags:
        children, place, is_block = open_tags[-1]
        child = next(children, None)
        if child is None:
            open_tags.pop()
            if is_block:
                blocks.end(place)
        elif isinstance(child, Tag):
            open_tags.append(_enter(child, place, blocks))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            blocks.words.append(str(child))


def _enter(tag: Tag, place: _Place, blocks: _Blocks) -> tuple[Iterator[PageElement], _Place, bool]:
    """What to read of a tag, where it stands, and whether it is a block."""
    if tag.name == "q":
        blocks.words.append(f"“{tag.get_text()}”")
        return iter(()), place, False
    if not (tag.name in BLOCKS or tag.name == "br" or _opens_part(tag) or _is_credit(tag)):
        return tag.children, place, False
    blocks.end(place)
    blocks.sign = _sign(tag) or blocks.sign
    return tag.children, _inside(tag, place, blocks), True


def _inside(tag: Tag, place: _Place, blocks: _Blocks) -> _Place:
    level = _heading_level(tag, blocks)
    return _Place(
        level=level or place.level,
        bullet=level is None and (place.bullet or tag.name == "li") and not tag.find(HEADINGS),
        quoted=level is None and (place.quoted or _is_quote(tag)),
    )


def _heading_level(tag: Tag, blocks: _Blocks) -> int | None:
    """The level of a heading; the button that opens a part of the page is a heading one level down."""
    if tag.name in HEADINGS:
        blocks.level = int(tag.name[1])
        return blocks.level
    if tag.get("role") == "heading" and str(tag.get("aria-level", "")).isdecimal():
        return int(str(tag["aria-level"]))
    if not _opens_part(tag) or tag.find(HEADINGS) or tag.find_parent(HEADINGS):
        return None
    return blocks.level + 1


def _opens_part(tag: Tag) -> bool:
    button = tag.name in ("button", "a") or tag.get("role") == "button"
    return tag.name == "summary" or (button and tag.has_attr("aria-expanded"))


def _is_quote(tag: Tag) -> bool:
    classes = tag.get("class") or []
    styled = any(QUOTE_CLASS.search(name.lower()) for name in classes)
    return tag.name == "blockquote" or (styled and not tag.find(HEADINGS))


def _is_credit(tag: Tag) -> bool:
    """What names the speaker in a blockquote, or under one in a figure."""
    if tag.name not in ("cite", "footer", "figcaption") or tag.find_parent(["footer", "figcaption"]):
        return False
    quote = tag.find_parent(["blockquote", "figure"])
    return quote is not None and (quote.name == "blockquote" or quote.find("blockquote") is not None)


def _sign(tag: Tag) -> str:
    """What a browser or Word shows of the format: the dash before a credit, the number of a footnote."""
    if _is_credit(tag) and not re.match(r"\s*[—–―-]", tag.get_text()):
        return "— "
    if tag.name == "li" and re.search(r"(?:foot|end)note-\d+$", str(tag.get("id", ""))):
        return f"[{len(tag.find_previous_siblings('li')) + 1}] "
    return ""


# ── Word ─────────────────────────────────────────────────────────────────────────────────────────

WORD_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""


def _read_docx(content: bytes, name: str) -> list[Line]:
    text = gettext("{name} is not a Word document we can open: save it again in Word as .docx.")
    broken = _unreadable(text, name)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            unzipped = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise broken from error
    if unzipped > MAX_UNZIPPED_BYTES:
        raise _unreadable(gettext("{name} unpacks to over 50 MB: take out pictures or split it into parts."), name)
    try:
        result = mammoth.convert_to_html(io.BytesIO(content), style_map=WORD_STYLES, convert_image=_no_image)
    except Exception as error:  # mammoth lets through whatever its zip and XML parsers raise
        raise broken from error
    return _html_lines(result.value)


def _no_image(image: object) -> list[object]:
    return []


READERS = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
}
