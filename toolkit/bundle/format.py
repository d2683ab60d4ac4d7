"""Reading content files: the front matter and the blocks of each, and a folder of them in order."""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from toolkit import locales
from toolkit.bundle.fields import checked_fields
from toolkit.bundle.markdown import to_html

OPENING = re.compile(r"^::: (?P<type>[a-z]+)(?: (?P<code>[A-Za-z0-9_-]+))?(?P<closed> :::)?$")
ATTRIBUTE = re.compile(r"^(?P<name>[a-z_]+):(?: (?P<value>.*))?$")
CLOSING = ":::"
BLOCK_TYPES = {"text", "tip", "quote", "idea", "image", "media", "note", "citation", "pair"}
# What stands in the first lines of a block; those with * must be there.
ATTRIBUTES = {
    "citation": ["source*", "url"],
    "image": ["file*", "alt", "decorative", "caption"],
    "media": ["kind*", "title*", "file", "url"],
    "pair": ["file*"],
}
FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<fields>.*?)^---[ \t]*(?:\n(?P<text>.*))?\Z", re.DOTALL | re.MULTILINE)
NO_FRONT_MATTER = "The file must begin with fields between two --- lines."
# A file of a million letters is no page.
LARGEST_FILE = 1_000_000
# Says that a folder is a bundle, and which form of it.
MARK_OF_BUNDLE = "bundle.yaml"
FORMAT = 1
MEDIA = "media"


class UnreadableFile(ValueError):
    """A content file that does not keep to the format; the message names the file and says what to mend."""


@dataclass
class BlockText:
    """One block as it stands in a file: its type, the code that it refers to, its attributes, its text.

    A `fenced` block has a beginning and an end; other text is what stands between those. `verbatim` text keeps its
    straight quotes.
    """

    type: str
    code: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    fenced: bool = False
    verbatim: bool = False

    @property
    def html(self) -> str:
        """The text as HTML; links to pages still say `type:code`."""
        return to_html("\n".join(self.lines), verbatim=self.verbatim)


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
        """The page's code. Two pages of different types may share one: then one is in `code.type.md`."""
        return self.path.name.split(".")[0]

    @property
    def html(self) -> str:
        """All text of the page as HTML, for pages that have no blocks."""
        return "".join(block.html for block in self.blocks)


def read_file(path: Path, locale: str, *, verbatim: bool = False) -> PageFile:
    """Read one content file. Raises UnreadableFile."""
    try:
        found = FRONT_MATTER.match(read_text(path))
        if not found:
            raise ValueError(NO_FRONT_MATTER)
        fields = yaml.safe_load(found["fields"])
        if not isinstance(fields, dict):
            raise ValueError(NO_FRONT_MATTER)
        return PageFile(path, locale, checked_fields(fields), split_blocks(found["text"] or "", verbatim=verbatim))
    except yaml.YAMLError as error:
        reason = " ".join(str(error).split())
        raise UnreadableFile(f"{path}: {reason}. {NO_FRONT_MATTER} Words with a colon need quotes.") from error
    except (ValueError, OSError) as error:
        raise UnreadableFile(f"{path}: {error}") from error


def read_text(path: Path) -> str:
    """Read a file as text with plain line ends, whatever program wrote them. Raises ValueError."""
    if path.stat().st_size > LARGEST_FILE:
        raise ValueError(f"the file is larger than {LARGEST_FILE:,} bytes. Split it into several pages.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("the file is not UTF-8. Save it again as text in UTF-8.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def split_blocks(text: str, *, verbatim: bool = False) -> list[BlockText]:
    """Split the text of a file into blocks; ordinary text between two others is a block of its own.

    Raises ValueError for a block that is unknown or not closed, or does not have what it must have.
    """
    blocks, current = [], BlockText("text", verbatim=verbatim)
    for line in text.split("\n"):
        opening = OPENING.match(line)
        if line.startswith(CLOSING) and line != CLOSING and (not opening or opening["type"] not in BLOCK_TYPES):
            raise ValueError(
                f"“{line}” begins no block that there is; the blocks are {', '.join(sorted(BLOCK_TYPES))}"
            )
        if opening:
            _refuse_unclosed(current)
            blocks.append(current)
            current = BlockText(opening["type"], opening["code"] or "", fenced=True, verbatim=verbatim)
        if opening and not opening["closed"]:
            continue
        if opening or line == CLOSING:
            blocks.append(current)
            current = BlockText("text", verbatim=verbatim)
        else:
            _take_line(current, line)
    _refuse_unclosed(current)
    blocks.append(current)
    kept = [block for block in blocks if block.fenced or any(map(str.strip, block.lines))]
    for block in kept:
        _check_attributes(block)
    return kept


def _refuse_unclosed(block: BlockText):
    if block.fenced:
        raise ValueError(f"the block “::: {block.type}” is not closed")


def _take_line(block: BlockText, line: str):
    attribute = ATTRIBUTE.match(line) if block.type in ATTRIBUTES and not block.lines else None
    if attribute:
        block.attributes[attribute["name"]] = _attribute(attribute["value"] or "", block)
    else:
        block.lines.append(line)


def _attribute(value: str, block: BlockText) -> str:
    """Give what a line says; in a bundle, what begins with a straight quote is JSON, which can say everything."""
    if not (block.verbatim and value.startswith('"')):
        return value.strip()
    try:
        return json.loads(value, strict=False)
    except ValueError:
        raise ValueError(f"the quotes in “{value}” do not fit; write it without those at both ends") from None


def _check_attributes(block: BlockText):
    names = ATTRIBUTES.get(block.type, [])
    known = [name.rstrip("*") for name in names]
    if unknown := [name for name in block.attributes if name not in known]:
        raise ValueError(f"a block “{block.type}” has no {', '.join(unknown)}, but {', '.join(known)}")
    if missing := [name[:-1] for name in names if name.endswith("*") and name[:-1] not in block.attributes]:
        raise ValueError(f"a block “{block.type}” must have {', '.join(missing)}")
    if block.attributes.get("decorative", "yes") not in ("yes", "no"):
        raise ValueError("decorative must be yes or no")
    if block.attributes.get("kind", "video") not in ("video", "audio"):
        raise ValueError("the kind of a block “media” must be video or audio")


# --- Folders ---------------------------------------------------------------------------------------------------


def is_bundle(folder: Path) -> bool:
    """Tell whether a folder says that it is a bundle. Raises UnreadableFile for one from a newer toolkit."""
    mark = folder / MARK_OF_BUNDLE
    if not mark.exists():
        return False
    try:
        found = yaml.safe_load(read_text(mark))
    except (ValueError, yaml.YAMLError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UnreadableFile(f"{mark}: it must say “format: {FORMAT}”. A newer toolkit may have written this bundle.")
    return True


def read_folder(folder: Path) -> list[PageFile]:
    """Read all pages of a folder that has a folder for each locale; parents come before their children."""
    verbatim = is_bundle(folder)
    files = [
        read_file(_inside(folder, path), language, verbatim=verbatim)
        for language in _languages(folder)
        for path in sorted((folder / language).rglob("*.md"))
    ]
    _refuse_twins(files)
    _share_keys(files)
    places = {file.locale: file.fields.get("order", 0) for file in files if file.type == "toolkit"}
    return sorted(files, key=lambda file: (places.get(file.locale, 0), *_tree_order(file)))


def _languages(folder: Path) -> list[str]:
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name[0] != ".")
    languages = [name for name in names if name != MEDIA]
    if unknown := [name for name in languages if name not in locales.codes()]:
        raise UnreadableFile(
            f"{folder / unknown[0]}: this site has no language “{unknown[0]}”, but {', '.join(locales.codes())}. "
            "Add it to the settings, or take the folder out."
        )
    return languages


def _inside(folder: Path, path: Path) -> Path:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise UnreadableFile(f"{path}: it leads out of the folder. Put the file itself there.")
    return path


def _refuse_twins(files: list[PageFile]):
    there, keys = {}, {}
    for file in files:
        other = there.setdefault((file.type, file.code, file.locale), file)
        if other is not file:
            raise UnreadableFile(f"{file.path}: the {file.type} “{file.code}” is there already, in {other.path}.")
        other = keys.setdefault((file.fields["key"], file.locale), file) if "key" in file.fields else file
        if other is not file:
            raise UnreadableFile(f"{file.path}: its key is that of {other.path}. Take the line out of the new one.")


def _share_keys(files: list[PageFile]):
    """Let a page that was written without a key have that of its translations."""
    keys = {_twin_name(file): file.fields["key"] for file in files if "key" in file.fields}
    for file in files:
        if _twin_name(file) in keys:
            file.fields.setdefault("key", keys[_twin_name(file)])


def _twin_name(file: PageFile) -> tuple:
    return (file.type, "" if file.type == "toolkit" else file.code)


def _tree_order(file: PageFile):
    depth = 0 if file.type == "toolkit" else len(file.path.relative_to(_locale_folder(file)).parts)
    language = locales.codes().index(file.locale)
    return (language, depth, file.fields.get("order") or 0, file.fields["title"].casefold(), file.code, file.type)


def _locale_folder(file: PageFile) -> Path:
    return next(folder for folder in file.path.parents if folder.name == file.locale)


def parent_code(file: PageFile) -> str | None:
    """Give the code of the page above, that the folder is named after; None where that is the home page."""
    folder = file.path.parent
    return None if folder == _locale_folder(file) else folder.name.split(".")[0]


def parent_type(file: PageFile) -> str:
    """Give the type of the page above as its own file has it, "" where there is none."""
    above = file.path.parent.with_name(f"{file.path.parent.name}.md")
    return read_file(above, file.locale).type if above.is_file() else ""
