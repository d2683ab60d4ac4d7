"""Reading one Markdown file: its front matter and its blocks."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

OPENING = re.compile(r"^::: (?P<type>[a-z]+)(?: (?P<code>[a-z0-9-]+))?(?P<closed> :::)?$")
ATTRIBUTE = re.compile(r"^(?P<name>[a-z_]+): (?P<value>.+)$")
CLOSING = ":::"
BLOCK_TYPES = {"tip", "quote", "idea", "note", "citation"}
# The fields that a file of each type must have.
REQUIRED = {
    "toolkit": ["title", "summary", "prompts"],
    "stage": ["title", "order", "summary"],
    "mark": ["title", "order", "summary"],
    "quote": ["title", "kind"],
    "idea": ["title", "kind", "summary", "credits"],
    "term": ["title"],
    "lake": ["title", "order", "summary"],
    "voices": ["title", "order", "summary"],
    "glossary": ["title", "order", "summary"],
    "guide": ["title", "order", "summary"],
}
# Wagtail's editor keeps bold and italic as <b> and <i>.
EDITOR_TAGS = {"strong>": "b>", "em>": "i>"}

markdown = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable("smartquotes")


class UnreadableFile(ValueError):
    """A content file that does not keep to the format; the message names the file and says what to mend."""


@dataclass
class BlockText:
    """One block as it stands in a file: its type, the code that it refers to, its attributes, its text."""

    type: str
    code: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    @property
    def html(self) -> str:
        """The text as HTML; links to pages still say `type:code`."""
        return to_html("\n".join(self.lines))


@dataclass
class PageFile:
    """One page as it stands in a file."""

    path: Path
    locale: str
    fields: dict
    blocks: list[BlockText]

    @property
    def type(self) -> str:
        return self.fields["type"]

    @property
    def code(self) -> str:
        return self.path.stem

    @property
    def html(self) -> str:
        """All text of the page as HTML, for pages that have no blocks."""
        return "".join(block.html for block in self.blocks)


def to_html(text: str) -> str:
    """Turn Markdown into the HTML that Wagtail's editor keeps."""
    html = markdown.render(text).strip().replace("\n", "")
    for tag, kept in EDITOR_TAGS.items():
        html = html.replace(f"<{tag}", f"<{kept}").replace(f"</{tag}", f"</{kept}")
    return html


def read_file(path: Path, locale: str) -> PageFile:
    """Read one content file. Raises UnreadableFile."""
    try:
        _before, front_matter, text = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = dict(yaml.safe_load(front_matter))
        check_fields(fields)
        return PageFile(path, locale, fields, split_blocks(text))
    except (ValueError, TypeError, yaml.YAMLError) as error:
        raise UnreadableFile(f"{path}: {error}. The file must begin with fields between two --- lines.") from error


def check_fields(fields: dict):
    """Raise ValueError when the type of a file is unknown, or a field that it must have is missing."""
    if fields.get("type") not in REQUIRED:
        raise ValueError(f"the type “{fields.get('type')}” is none of {', '.join(REQUIRED)}")
    if missing := [name for name in REQUIRED[fields["type"]] if name not in fields]:
        raise ValueError(f"these fields are missing: {', '.join(missing)}")


def split_blocks(text: str) -> list[BlockText]:
    """Split the text of a file into blocks; ordinary text between two others is a block of its own.

    Raises ValueError for a block that is unknown or not closed.
    """
    blocks, current = [], BlockText("text")
    for line in text.splitlines():
        opening = OPENING.match(line)
        if line.startswith(CLOSING) and line != CLOSING and (not opening or opening["type"] not in BLOCK_TYPES):
            raise ValueError(
                f"“{line}” begins no block that there is; the blocks are {', '.join(sorted(BLOCK_TYPES))}"
            )
        if opening:
            _refuse_unclosed(current)
            blocks.append(current)
            current = BlockText(opening["type"], opening["code"] or "")
        if opening and not opening["closed"]:
            continue
        if opening or line == CLOSING:
            blocks.append(current)
            current = BlockText("text")
        else:
            _take_line(current, line)
    _refuse_unclosed(current)
    blocks.append(current)
    return [block for block in blocks if block.type != "text" or any(map(str.strip, block.lines))]


def _refuse_unclosed(block: BlockText):
    if block.type != "text":
        raise ValueError(f"the block “::: {block.type}” is not closed")


def _take_line(block: BlockText, line: str):
    attribute = ATTRIBUTE.match(line) if block.type != "text" and not block.lines else None
    if attribute:
        block.attributes[attribute["name"]] = attribute["value"]
    else:
        block.lines.append(line)


def read_folder(folder: Path) -> list[PageFile]:
    """Read all pages of a folder that has a folder for each locale; parents come before their children."""
    files = [
        read_file(path, language.name)
        for language in sorted(folder.iterdir())
        if language.is_dir()
        for path in sorted(language.rglob("*.md"))
    ]
    return sorted(files, key=_tree_order)


def _tree_order(file: PageFile):
    depth = 0 if file.type == "toolkit" else len(file.path.relative_to(_locale_folder(file)).parts)
    return (file.locale, depth, file.fields.get("order", 0), file.fields["title"].casefold())


def _locale_folder(file: PageFile) -> Path:
    return next(folder for folder in file.path.parents if folder.name == file.locale)


def parent_code(file: PageFile) -> str | None:
    """Give the code of the page above: the folder that the file is in, else the home page; None for the home page."""
    if file.type == "toolkit":
        return None
    return "home" if file.path.parent.name == file.locale else file.path.parent.name
