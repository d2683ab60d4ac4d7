"""What must hold of every release: it is what a build from nothing gives, and nothing in it leads nowhere."""

import json
import marshal
import re
from concurrent.futures import Future
from contextlib import contextmanager
from functools import wraps
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings

from api.content.documentation import ADDRESS
from api.releases.manifest import Entry, blob_path, current_release, entries_of, pieces_in
from api.releases.verify import damaged_files
from api.releases.views import INDEX_PATH
from api.search.check import index_faults
from cms.publishing import check as checking
from cms.publishing import publish as publishing
from cms.publishing.build import Build
from cms.publishing.check import differences
from cms.publishing.writer import BlobWriter, trees_of
from tests.contract import contract_errors
from toolkit import rendering
from toolkit.documents.canonical import digest
from toolkit.documents.library import Library, public_library

LINK = re.compile(r'(?:href|src|action)="([^"]*)"|<loc>([^<]*)</loc>')
# Where JSON names an address of ours.
NAMING = {"path", "src", "api", "openapi"}
KEPT = 20_000
# Of so many releases one is compared with a full build in all that it remembers, too, not only in what it shows.
MEMORY_EVERY = 4
# The contract, for programs and for people: what it names are examples.
CONTRACT = ("/api/v1/openapi.json", ADDRESS)
# Names examples of addresses that the starter content has.
GUIDE = "/widget/v1/docs/"
# Where people write: no part of a release.
ROOMS = ("score", "give", "feedback")
BOARDS = {f"/{code}/{room}/" for code, _name in settings.LANGUAGES for room in ROOMS}
# The contract says nothing of itself, nor of the index, which gets the number of the release when it is asked for.
AS_FILES = (*CONTRACT, INDEX_PATH)


def once(function):
    """Remember what was found out about bytes, by their SHA-256, whatever the folder that they are in."""
    kept = {}

    @wraps(function)
    def known(folder: Path, sha256: str, *more):
        if len(kept) > KEPT:
            kept.clear()
        if (sha256, *more) not in kept:
            kept[sha256, *more] = function(folder, sha256, *more)
        return kept[sha256, *more]

    return known


class Remembering(BlobWriter):
    """Says what entries would be, and remembers it: compressing the same again would say nothing new."""

    known: dict[tuple, Entry] = {}

    def __init__(self, folder: Path, **_named):
        super().__init__(folder, dry=True)

    def keep(self, content: bytes, media_type: str, *, smallest: bool = False) -> Future:
        name, kept = (digest(content), media_type), Future()
        kept.set_result(self.known.get(name) or super().keep(content, media_type, smallest=smallest).result())
        self.known[name] = kept.result()
        return kept


def remembered(render):
    """Let a page be rendered once from the same data: what was published was rendered afresh."""
    known = {}

    def html(*data) -> str:
        if len(known) > KEPT:
            known.clear()
        name = marshal.dumps(data)
        if name not in known:
            known[name] = render(*data)
        return known[name]

    return html


@contextmanager
def at_this_moment():
    """Let all builds share what they read of the database: nothing is changed in the meantime."""
    library = public_library()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            publishing, "public_library", lambda without: library if not without else public_library(without=without)
        )
        for name, render in RENDERED.items():
            patch.setattr(rendering, name, render)
        patch.setattr(checking, "BlobWriter", Remembering)
        yield library


RENDERED = {name: remembered(getattr(rendering, name)) for name in ("page_html", "notice_html")}


def built_from_nothing(folder: Path, library: Library) -> dict[str, Entry]:
    """Give what a build that knows of nothing makes of the database, by path."""
    trees = trees_of(folder, None, pieces_in(folder))
    outcome = Build(library, trees, Remembering(folder), everything=True).run([])
    assert not outcome.failures
    return {path: Entry.of(value) for path, value in outcome.trees["resources"].items()}


def assert_same(found: dict[str, Entry], expected: dict[str, Entry]):
    """Raise AssertionError with what two maps have otherwise: by path, what was found and what was expected."""
    if found != expected:
        pairs = {path: (found.get(path), expected.get(path)) for path in found.keys() | expected.keys()}
        pairs = {path: list(map(in_short, pair)) for path, pair in sorted(pairs.items())}
        different = [f"{path}: {one}, not {other}" for path, (one, other) in pairs.items() if one != other]
        raise AssertionError("\n".join(different))


def in_short(entry: Entry | None) -> str:
    return f"{entry.status} {entry.location}{entry.sha256[:8]}" if entry else "nothing"


class Agreement:
    """Watches the releases of a folder, one after the other; raises AssertionError when one is not right."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.entries: dict[str, Entry] = {}
        self.shown: dict[str, Entry] = {}
        # The pages that documents are about: (key, locale, address), by address.
        self.pages: dict[str, tuple] = {}
        # Who stood last at an address, of all that there ever were.
        self.stood: dict[str, tuple] = {}
        self.sound: set[str] = set()
        self.checks = 0

    def look(self):
        """Read the current release, and note who stands where."""
        release = current_release(self.folder)
        self.entries = entries_of(self.folder, release)
        self.shown = {path: entry for path, entry in self.entries.items() if entry.status == 200}
        self.pages = {}
        for path, entry in self.shown.items():
            # What answers to questions are made of is no document, and has no address.
            if path.startswith("/") and (about := page_of(self.folder, entry)):
                self.pages |= {path: about, about[2]: about}
        self.stood |= self.pages

    def check(self):
        """See whether all is right with the release that was looked at last."""
        with at_this_moment() as library:
            assert_same(self.shown, built_from_nothing(self.folder, library))
            # What a release remembers wrongly stays until it is read: it is enough to look now and then.
            self.checks += 1
            found = differences() if self.checks % MEMORY_EVERY == 0 else []
            wrong = index_faults(self.folder, current_release(self.folder)) if self.checks % MEMORY_EVERY == 0 else []
        assert not wrong
        assert not found, "\n".join(f"{name} {what}" for name, what in found)
        self.check_files()
        self.check_former()
        self.check_links()

    def check_files(self):
        """See whether the files of all blobs hold what their names say."""
        for entry in self.shown.values():
            if entry.sha256 not in self.sound:
                assert not list(damaged_files(self.folder, entry))
                self.sound.add(entry.sha256)

    def check_former(self):
        """See whether every address that was ever public leads to its page, or says that it is gone."""
        where = {about[:2]: about[2] for about in self.pages.values()}
        expected = {}
        for path, about in self.stood.items():
            if path not in self.shown:
                to = where.get(about[:2])
                moved = to and not path.startswith("/api/")
                expected[path] = Entry(status=301, location=to) if moved else Entry(status=410)
        others = {path: entry for path, entry in self.entries.items() if entry.status != 200}
        assert_same(others, expected)

    def check_links(self):
        """See whether all that is named is there, and said as the contract says it."""
        for path, entry in self.shown.items():
            broken = links_of(self.folder, entry.sha256, entry.type) - self.shown.keys() - BOARDS
            assert not broken or path in (*CONTRACT, GUIDE), path
            if path.startswith("/api/v1/") and path not in AS_FILES:
                assert not errors_of(self.folder, entry.sha256, path), path


def page_of(folder: Path, entry: Entry) -> tuple | None:
    """Give key, locale and address of the page that a document is about, None when it is no document."""
    document = document_in(folder, entry.sha256) if entry.type == "application/json" else {}
    return (document["key"], document["locale"], document["path"]) if "ancestors" in document else None


@once
def document_in(folder: Path, sha256: str) -> dict:
    return json.loads(blob_path(folder, sha256).read_bytes())


@once
def links_of(folder: Path, sha256: str, media_type: str) -> set[str]:
    """Give the addresses of this site that bytes name."""
    if media_type == "application/json":
        named = set(addresses_in(document_in(folder, sha256)))
    elif media_type.startswith("text/html") or media_type.endswith("xml"):
        named = {"".join(found) for found in LINK.findall(blob_path(folder, sha256).read_text())}
    else:
        named = set()
    ours = {re.split("[#?]", unescape(link).removeprefix(settings.SITE_URL))[0] for link in named}
    return {unquote(link) for link in ours if link.startswith("/")}


def addresses_in(value, name: str = ""):
    """Give the addresses that a document names: in its own fields, and in the HTML in it."""
    if isinstance(value, dict):
        for inner, found in value.items():
            yield from addresses_in(found, inner)
    elif isinstance(value, list):
        for found in value:
            yield from addresses_in(found, name)
    elif isinstance(value, str) and name in NAMING:
        yield value
    elif isinstance(value, str) and "<" in value:
        yield from ("".join(found) for found in LINK.findall(value))


@once
def errors_of(folder: Path, sha256: str, address: str) -> list[str]:
    """Give what a document has that the contract does not say of its address."""
    return contract_errors(address, document_in(folder, sha256))
