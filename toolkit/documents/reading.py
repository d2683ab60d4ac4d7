"""A reading: one document's view of the library, which writes down everything that it looked at."""

from collections.abc import Callable
from datetime import UTC
from functools import cached_property

from toolkit import locales
from toolkit.documents.canonical import utc_time
from toolkit.documents.facts import Fact, fact_name, parts_of
from toolkit.documents.library import Library
from toolkit.documents.shapes import SUMMARIES, shaped
from toolkit.media import document_address, picture

# How many pages the feed of a locale holds.
LATEST = 20


class Reading:
    """Resolves what a document mentions, in one locale, and keeps the read-set: the names of the facts it used.

    What was looked for and not found is written down, too: it may come to be there.
    """

    def __init__(self, library: Library, locale: str):
        self.library = library
        self.locale = locale
        self.read_set: set[str] = set()

    def know(self, kind: str, argument="", locale: str | None = None):
        """Give the value of a fact, and write down that it was read."""
        name = fact_name(kind, argument, self.locale if locale is None else locale)
        self.read_set.add(name)
        return fact(self.library, name).value

    # --- Pages ---------------------------------------------------------------------------------------------------

    def page(self, key: str):
        """Give the public page with this key in the reading's locale, else in the source locale, else None."""
        return self.library.find(key, self.locale) if self.know("link", key) else None

    def page_with_id(self, page_id):
        """Give the public page that a stored database id points to, in the reading's locale.

        Choosers keep the id of the source's page in every translation, so the id only leads to the key.
        """
        if not str(page_id).isdecimal():
            return None
        key = self.know("id", int(page_id), locale="")
        return key and self.page(key)

    def children(self, page, document_type: str) -> list:
        """Give the public children of one type, in the source's order."""
        return self._found(self.know("children", f"{page.key}:{document_type}"))

    def all_of(self, document_type: str) -> list:
        """Give every public page of a type, in the order of the tree."""
        return self._found(self.know("type", document_type))

    def quoting(self, page, document_type: str) -> list:
        """Give the public pages of one type whose body holds this quote or idea, by title."""
        found = self._found(self.know("quoted", page.key))
        return [other for other in found if other.document_type == document_type]

    def ideas_for(self, page) -> list:
        """Give the public ideas that say they serve this stage or mark, by title."""
        return self._found(self.know("serving", page.key))

    def ancestors(self, page) -> list:
        """Give the pages above this one, from the home page down."""
        # A page that is being previewed may stand in a place that no public page has.
        self.know("above", page.key, locale=page.locale.language_code)
        return self.library.ancestors(page)

    def number(self, page) -> int:
        """Give the place of a page among its kind below the same page, from 1; the one after the last if nowhere."""
        return self.know("number", page.key)

    def neighbours(self, page) -> tuple:
        """Give the pages before and after this one among its kind below the same page, None where there is none."""
        keys = self.know("neighbours", page.key)
        self.library.load(filter(None, keys))
        return tuple(key and self.library.find(key, self.locale) for key in keys)

    def alternates(self, page) -> list[dict]:
        """Give locale and addresses of the public versions of this page, its own among them."""
        return self.know("alternates", page.key)

    def source_of(self, page) -> dict:
        """Give the locale that a page was first written in, and when that version was last published."""
        return self.know("source", page.key)

    def standing_of(self, page) -> str | None:
        """Give where a page stands as a translation of its source, None where only the times can tell."""
        return self.know("standing", page.key, locale=page.locale.language_code)

    def changes_of(self, page) -> list[dict]:
        """Give what changed on a page lately, the newest first; what was added and is public no more is left out.

        It is no fact: only the page's own document tells it, and that is built anew with each publish of the page.
        """
        found = self.library.changes(page)
        return [{**one, "added": self.mentions(filter(None, map(self.page_with_id, one["added"])))} for one in found]

    @property
    def prompts(self) -> list[dict]:
        """The four prompts in the reading's locale."""
        return self.know("prompts")

    @cached_property
    def home(self):
        """The home page of the reading's locale (else of the source locale), None when neither is public."""
        return next(iter(self.all_of("toolkit")), None)

    def _found(self, keys: list[str]) -> list:
        """Give the pages with these keys. Who mentions one notes it then; that it is there stands in the list."""
        self.library.load(keys)
        return [self.library.find(key, self.locale) for key in keys]

    # --- Files and mentions ----------------------------------------------------------------------------------------

    def picture(self, image_id) -> dict | None:
        """Give address, width and height (in pixels) of a picture, None when it cannot be shown."""
        return self.know("image", image_id, locale="") if image_id else None

    def document_address(self, document_id) -> str:
        """Give the address of an uploaded file, "" when it cannot be shown."""
        return self.know("document", document_id, locale="") if document_id else ""

    def mention(self, page) -> dict | None:
        """Give the summary of a page as others show it."""
        return page and self.know("mention", page.key)

    def mentions(self, pages) -> list[dict]:
        """Give the summaries of several pages."""
        return [self.mention(page) for page in pages]


KINDS: dict[str, Callable] = {}


def known_as(kind: str):
    """Let a function find out the facts of a kind: it takes a reading and the argument, and gives the value."""

    def add(function):
        KINDS[kind] = function
        return function

    return add


def fact(library: Library, name: str) -> Fact:
    """Give a fact: found out once for each library, or remembered from before."""
    if name not in library.facts:
        library.facts[name] = library.remembered(name) or find_out(library, name)
    return library.facts[name]


def find_out(library: Library, name: str) -> Fact:
    """Find out a fact, whatever is remembered of it."""
    kind, argument, locale = parts_of(name)
    read = Reading(library, locale)
    value = KINDS[kind](read, argument)
    return Fact(value, frozenset(read.read_set))


@known_as("link")
def _link(read: Reading, key: str) -> list | None:
    """Which page stands for a key, and where it is: type, locale, path."""
    page = read.library.find(key, read.locale)
    if page is None:
        return None
    if parent := read.library.parent(page):
        read.know("link", parent.key, locale=page.locale.language_code)
    return [page.document_type, page.locale.language_code, page.public_path]


@known_as("mention")
def _mention(read: Reading, key: str) -> dict | None:
    page = read.page(key)
    return page and shaped(SUMMARIES[page.document_type], page.mention(read))


@known_as("id")
def _id(read: Reading, page_id: str) -> str | None:
    return read.library.key_of(int(page_id))


@known_as("children")
def _children(read: Reading, argument: str) -> list[str]:
    key, _, document_type = argument.rpartition(":")
    return read.library.child_keys(key, document_type, read.locale)


@known_as("type")
def _type(read: Reading, document_type: str) -> list[str]:
    return read.library.keys_of_type(document_type, read.locale)


@known_as("quoted")
def _quoted(read: Reading, key: str) -> list[str]:
    return [page.key for page in read.library.referring(key, "quoted", read.locale)]


@known_as("serving")
def _serving(read: Reading, key: str) -> list[str]:
    return [page.key for page in read.library.referring(key, "serving", read.locale)]


@known_as("above")
def _above(read: Reading, key: str) -> list[str]:
    page = read.library.find(key, read.locale)
    return [above.key for above in read.library.ancestors(page)] if page else []


def _siblings(read: Reading, key: str) -> list[str]:
    page = read.library.find(key, read.locale)
    parent = page and read.library.parent(page)
    return read.know("children", f"{parent.key}:{page.document_type}") if parent else []


@known_as("number")
def _number(read: Reading, key: str) -> int:
    keys = _siblings(read, key)
    return keys.index(key) + 1 if key in keys else len(keys) + 1


@known_as("neighbours")
def _neighbours(read: Reading, key: str) -> list[str | None]:
    keys = _siblings(read, key)
    if key not in keys:
        return [None, None]
    place = keys.index(key)
    return [keys[place - 1] if place else None, keys[place + 1] if place + 1 < len(keys) else None]


@known_as("alternates")
def _alternates(read: Reading, key: str) -> list[dict]:
    versions = read.library.versions(key)
    public = [(code, versions[code]) for code in locales.codes() if code in versions]
    return [{"locale": code, "path": page.public_path, "api": page.api_path} for code, page in public]


@known_as("source")
def _source(read: Reading, key: str) -> dict | None:
    versions = read.library.versions(key)
    page = versions.get(locales.source()) or read.library.find(key, read.locale)
    if page is None:
        return None
    moment = page.last_published_at
    return {"locale": page.locale.language_code, "published_at": moment and moment.astimezone(UTC).isoformat()}


@known_as("standing")
def _standing(read: Reading, key: str) -> str | None:
    return read.library.standing(key, read.locale)


@known_as("prompts")
def _prompts(read: Reading, _argument: str) -> list[dict]:
    return read.home.prompts if read.home else []


@known_as("image")
def _image(read: Reading, image_id: str) -> dict | None:
    return picture(int(image_id), read.library.files, read.library.private_collections)


@known_as("document")
def _document(read: Reading, document_id: str) -> str:
    return document_address(int(document_id), read.library.files, read.library.private_collections)


@known_as("latest")
def _latest(read: Reading, _argument: str) -> list:
    """Keys and times of what was published last in a locale."""
    found = read.library.latest(read.locale, count=LATEST)
    return [[page.key, utc_time(page.last_published_at)] for page in found]


@known_as("named")
def _named(read: Reading, argument: str) -> str | None:
    """Key of the public page of a type with a code."""
    document_type, _, code = argument.partition(":")
    return read.library.key_named(document_type, code, read.locale)


@known_as("at")
def _at(read: Reading, path: str) -> str | None:
    """Key of the public page at a path."""
    return read.library.key_at(path, read.locale)
