"""A release as a plain folder, for any web server, CDN or USB stick."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override

from api.content.addresses import ABOUT, FRAME, IS_DOCUMENT, IS_LIST, IS_ORDER, LIST, SHOWS
from api.content.pages import list_page
from api.problems import problem
from api.releases.encodings import ENCODERS
from api.releases.manifest import Entry, Release, blob_path, read_blob
from api.releases.reach import resources_of
from api.releases.tree import DamagedRelease
from api.releases.verify import damage_of
from api.releases.views import GONE_PATH, NOT_FOUND_PATH
from api.search.things import thing_of
from toolkit import locales
from toolkit.documents.canonical import canonical_bytes
from toolkit.rendering import page_html

# By it a folder is known as an export; it says of which release.
MARK = "release.json"
REDIRECTS = "_redirects"
API = "/api/"
API_GONE = "/api/v1/410.json"
# A plain folder answers no form: it would show the same page again, whatever was asked. Nor has it any boards.
NEEDS_SERVER = re.compile(rb'\s*(?:<form\b.*?</form>|<li class="(?:menu-score|door-of-server)">.*?</li>)', re.DOTALL)


class UnableToExport(Exception):
    """The folder cannot be used; the message says why, and what to do."""


def export(
    folder: Path,
    release: Release,
    target: Path,
    *,
    replace: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Copy a release to a folder of its own, and give how many addresses it has there.

    The folder must be new or empty; with `replace`, it may hold an earlier export. Each file is checked while it is
    copied. Raises UnableToExport, DamagedRelease and OSError; the folder is then what it was.
    """
    target = target.absolute()
    check_target(target, replace)
    unfinished = target.with_name(f"{target.name}.{os.getpid()}.unfinished")
    try:
        count = _write(folder, release, unfinished, progress)
        os.sync()
        _put_in_place(unfinished, target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return count


def check_target(target: Path, replace: bool):
    """Raise UnableToExport when a folder must not be written over."""
    if not target.exists():
        return
    if not target.is_dir():
        raise UnableToExport(f"{target} is not a folder.")
    names = {file.name for file in target.iterdir()}
    if names and MARK not in names:
        raise UnableToExport(f"{target} holds other things than an earlier export. Choose a new or an empty folder.")
    if names and not replace:
        raise UnableToExport(
            f"{target} holds an earlier export. Replace it with --replace, or choose another folder."
        )


def _put_in_place(unfinished: Path, target: Path):
    """Put a finished folder where it belongs, and what was there before out of the way."""
    before = target.with_name(f"{target.name}.{os.getpid()}.before")
    if target.exists():
        target.rename(before)
    try:
        unfinished.rename(target)
    except OSError:
        before.rename(target)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _write(folder: Path, release: Release, target: Path, progress) -> int:
    resources = resources_of(folder, release)
    asked = [path for path in resources if ABOUT.format(path=path) in resources]
    for done, (path, entry) in enumerate(resources.items(), 1):
        for name in file_names(path, entry) if path not in asked else ():
            _copy(folder, path, entry, target / name)
        progress(done, len(resources))
    for name, content in (*_made_files(release, resources), *_whole_lists(folder, resources)):
        _write_file(target / name, content)
    for name, content in _whole_pages(folder, resources, asked):
        _write_encoded(target / name, content)
    return len(resources)


def file_names(path: str, entry: Entry) -> list[str]:
    """Give the names of the files that stand for an address: none where something has moved, or is put together."""
    if not entry.sha256 or IS_LIST.fullmatch(path):
        return []
    notices = {}
    for locale in locales.codes():
        top = ["404.html"] if locale == settings.LANGUAGE_CODE else []
        notices[NOT_FOUND_PATH.format(locale=locale)] = [f"{locale}/404.html", *top]
        notices[GONE_PATH.format(locale=locale)] = [_gone_page(locale)]
    if path in notices:
        return notices[path]
    if not path.startswith("/"):
        return []
    index = "index.html" if entry.type == "text/html" else "index.json"
    return [path.removeprefix("/") + (index if path.endswith("/") else "")]


def _gone_page(locale: str) -> str:
    return f"{locale}/410.html"


def _copy(folder: Path, path: str, entry: Entry, target: Path):
    for suffix, (size, sha256) in entry.files.items():
        blob = blob_path(folder, entry.sha256)
        blob = blob.with_name(blob.name + suffix)
        if damage := damage_of(blob, size, sha256):
            raise DamagedRelease(f"{path}: {blob.name} {damage}")
        _write_file(target.with_name(target.name + suffix), blob.read_bytes())
    if entry.type == "text/html" and NEEDS_SERVER.search(content := target.read_bytes()):
        _write_encoded(target, NEEDS_SERVER.sub(b"", content))


def _write_encoded(target: Path, content: bytes):
    _write_file(target, content)
    for suffix, encode in ENCODERS.values():
        _write_file(target.with_name(target.name + suffix), encode(content))


def _write_file(target: Path, content: bytes):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _made_files(release: Release, resources: dict[str, Entry]) -> Iterator[tuple[str, bytes]]:
    """Give name and bytes of what stands in no release: what a server would say by itself."""
    yield MARK, canonical_bytes({"release": release.id, "made_at": release.made_at})
    yield "index.html", _start_page(resources)
    yield API_GONE.removeprefix("/"), canonical_bytes(dict(problem(410)))
    for path, entry in resources.items():
        if entry.status == 301:
            yield f"{path.removeprefix('/')}index.html", _pointer_page(_locale_of(path), [{"path": entry.location}])
    yield REDIRECTS, "".join(_redirects(resources)).encode()


def _whole_lists(folder: Path, resources: dict[str, Entry]) -> Iterator[tuple[str, bytes]]:
    """Give each list as one page: a plain folder cannot answer for the page that is asked for."""
    documents = (_json(folder, entry) for path, entry in resources.items() if IS_DOCUMENT.fullmatch(path))
    things = {
        (thing.key, thing.locale): json.loads(thing.summary) for thing in map(thing_of, filter(None, documents))
    }
    for path, entry in resources.items():
        if order := IS_ORDER.fullmatch(path):
            locale, collection = order.groups()
            keys = _json(folder, entry)["keys"]
            found = [things.get((key, locale)) or things[key, locales.source()] for key in keys]
            address = LIST.format(locale=locale, collection=collection)
            page = list_page(address, found, count=len(found), per_page=max(len(found), 1))
            yield f"{address.removeprefix('/')}index.json", canonical_bytes(page)


def _whole_pages(folder: Path, resources: dict[str, Entry], asked: list[str]) -> Iterator[tuple[str, bytes]]:
    """Give each page that one can ask for a part of a list without its form, and with all of the list.

    Of the search page nothing would be left.
    """
    for path in asked:
        about = _json(folder, resources[ABOUT.format(path=path)])
        if about["type"] in SHOWS:
            document = _json(folder, resources[about["api"]])
            site = _json(folder, resources[FRAME.format(locale=about["locale"])])["site"]
            yield (
                f"{path.removeprefix('/')}index.html",
                NEEDS_SERVER.sub(b"", page_html(document, site | {"search": ""}).encode()),
            )


def _json(folder: Path, entry: Entry) -> dict | None:
    return json.loads(read_blob(folder, entry.sha256)) if entry.sha256 else None


def _redirects(resources: dict[str, Entry]) -> Iterator[str]:
    for path, entry in resources.items():
        if entry.status == 301:
            yield f"{quote(path)} {quote(entry.location)} 301\n"
        if entry.status == 410:
            notice = API_GONE if path.startswith(API) else f"/{_gone_page(_locale_of(path))}"
            yield f"{quote(path)} {notice} 410\n"


def _locale_of(path: str) -> str:
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def _start_page(resources: dict[str, Entry]) -> bytes:
    """Give the page at the bare address: it leads to the site in its first language, and shows the others."""
    homes = [f"/{locale}/" for locale in locales.codes() if f"/{locale}/" in resources]
    links = [
        {"path": home, "lang": code, "dir": locales.direction(code), "name": locales.own_name(code)}
        for home in homes
        for code in [home.strip("/")]
    ]
    return _pointer_page(settings.LANGUAGE_CODE, links, settings.SITE_NAME)


def _pointer_page(locale: str, links: list[dict], title: str = "") -> bytes:
    with override(locale):
        context = {"lang": locale, "dir": locales.direction(locale), "links": links, "title": title}
        return render_to_string("export/pointer.html", context).encode()
