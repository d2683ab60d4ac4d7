"""The marks of the toolkit, as the current release words them in each language. Needs no database."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from api.releases.manifest import Entry, Release, tree_of
from api.releases.server import reader_of
from api.releases.tree import Root
from api.releases.views import INDEX_PATH
from toolkit.documents.addresses import api_path
from toolkit.documents.canonical import canonical_bytes, digest
from toolkit.locales import source

# What people read before they score: not which ideas or pages stand beside it.
READ_FIRST = ("title", "summary", "body")


def locales() -> list[str]:
    """Give the codes of the locales that the release has."""
    index = _json(_release(), INDEX_PATH)
    return [one["locale"] for one in index["locales"]] if index else []


def stages(locale: str) -> list[dict]:
    """Give the stages of the toolkit, each with its marks, as a reader of a locale sees them: mentions."""
    return _outline(locale).get("stages", [])


def marks(locale: str) -> dict[str, dict]:
    """Give the marks that there are, by code."""
    return {mark["code"]: mark for stage in stages(locale) for mark in stage["marks"]}


def prompts(locale: str) -> dict[str, dict]:
    """Give the questions that a group asks itself of each mark, by code: {"text", "lang", "dir"}."""
    return {prompt["code"]: prompt for prompt in _outline(locale).get("prompts", [])}


def _outline(locale: str) -> dict:
    release = _release()
    found = (_json(release, path) for path in _outline_paths(locale))
    return next(filter(None, found), {})


def ideas(code: str, locale: str) -> list[dict]:
    """Give the ideas of the Lake for a mark, as a reader of a locale sees them: first those that its text names."""
    release = _release()
    found = (_json(release, api_path(type="mark", code=code, locale=one)) for one in (locale, source()))
    document = next(filter(None, found), {"body": [], "ideas": []})
    return [block["idea"] for block in document["body"] if block["type"] == "idea"] + document["ideas"]


def wordings(code: str) -> dict[str, dict]:
    """Give how a mark is worded in every locale that has it: {locale: {"title", "digest"}}."""
    release = _release()
    found = {locale: _json(release, api_path(type="mark", code=code, locale=locale)) for locale in locales()}
    return {
        locale: {"title": document["title"], "digest": wording_digest(document)}
        for locale, document in found.items()
        if document
    }


def wording_digest(document: dict) -> str:
    """Give a digest of what people read of a mark before they score it."""
    return digest(canonical_bytes({name: document[name] for name in READ_FIRST}))


def outline_id(locale: str) -> str:
    """Give the SHA-256 of the outline of the toolkit in a locale, "" when there is none. Most releases keep it."""
    release = _release()
    return _outline_id(settings.RELEASES_DIR, release.resources, locale) if release else ""


@lru_cache(maxsize=64)
def _outline_id(folder: Path, resources: Root, locale: str) -> str:
    tree = tree_of(folder, resources)
    found = (tree.get(path) for path in _outline_paths(locale))
    return next((entry.sha256 for entry in map(Entry.of, filter(None, found)) if entry.sha256), "")


def _outline_paths(locale: str) -> list[str]:
    """Where the outline of the toolkit is in a locale and, for a site that is not public in it, in the source's."""
    return [api_path(type="toolkit", code="", locale=code) for code in (locale, source())]


def _release() -> Release | None:
    return reader_of(settings.RELEASES_DIR).current()


@lru_cache(maxsize=64)
def _read(content: bytes) -> dict:
    return json.loads(content)


def _json(release: Release | None, path: str) -> dict | None:
    content = reader_of(settings.RELEASES_DIR).content_of(release, path)
    return _read(content) if content else None
