"""Releases and their pages, as the admin shows them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.contrib.auth import get_user_model
from django.utils.html import format_html
from django.utils.translation import get_language_info, gettext_lazy

from api.releases.manifest import (
    Release,
    changes_of,
    current_id,
    entry_at,
    manifest_path,
    read_blob,
    read_release,
)
from api.releases.tree import DamagedRelease
from toolkit.documents.library import page_types
from toolkit.locales import direction

ADDED, CHANGED, GONE, FOLLOWED = "added", "changed", "gone", "followed"
KINDS = (ADDED, CHANGED, GONE, FOLLOWED)
LABELS = {
    ADDED: gettext_lazy("Added"),
    CHANGED: gettext_lazy("Changed"),
    GONE: gettext_lazy("Gone"),
    FOLLOWED: gettext_lazy("Changed because they mention these"),
}
# So many pages of a kind are named in the list.
NAMED = 3
# Of so many changed pages it is worth to read which were edited, and which only mention those.
FEW = 50


@dataclass(frozen=True)
class ChangedPage:
    """A page that changed with a release. `kind` is one of KINDS: a page that FOLLOWED only mentions another."""

    kind: str
    type: str
    title: str
    locale: str
    path: str
    api: str

    @property
    def named(self) -> str:
        """The title, marked up as the page's language, and the name of that language in the admin's own."""
        language = get_language_info(self.locale)["name_translated"]
        marked = '<bdi lang="{}" dir="{}">{}</bdi> ({})'
        return format_html(marked, self.locale, direction(self.locale), self.title, language)

    @property
    def type_name(self) -> str:
        names = {page_type.document_type: page_type._meta.verbose_name for page_type in page_types()}
        return str(names.get(self.type, self.type))


@dataclass(frozen=True)
class Group:
    """Pages of one kind: the first few, and how many more there are (0 or less: none)."""

    kind: str
    pages: list[ChangedPage]
    more: int

    @property
    def label(self) -> str:
        return LABELS[self.kind]


@dataclass(frozen=True)
class Shown:
    """A release as a row of the list. `pages` is None where the release is damaged, `release` then perhaps, too."""

    id: int
    release: Release | None
    pages: list[ChangedPage] | None
    is_current: bool
    who: list[str] = field(default_factory=list)

    @property
    def when(self) -> datetime | None:
        return self.release and datetime.fromisoformat(self.release.made_at)

    @property
    def groups(self) -> list["Group"]:
        """The first few pages of each kind."""
        by_kind = {kind: [page for page in self.pages or () if page.kind == kind] for kind in KINDS}
        return [Group(kind, pages[:NAMED], len(pages) - NAMED) for kind, pages in by_kind.items() if pages]

    @property
    def other_addresses(self) -> int:
        """How many addresses changed, for a release in which no page did."""
        return sum(self.release.counts.values()) if self.release else 0


def shown_releases(folder: Path, ids: Iterable[int]) -> list[Shown]:
    """Read these releases, and who made them. A damaged one is among them, marked as such."""
    current = _current_id(folder)
    releases = {release_id: readable(folder, release_id) for release_id in ids}
    names = _names({name for release in releases.values() if release for name in release.made_by})
    return [
        Shown(
            release_id,
            release,
            _pages(folder, release),
            release_id == current,
            [names.get(name, name) for name in release.made_by] if release else [],
        )
        for release_id, release in releases.items()
    ]


def readable(folder: Path, release_id: int | None) -> Release | None:
    """Give a release, None when there is none, or it is damaged."""
    try:
        return release_id and read_release(folder, release_id)
    except DamagedRelease:
        return None


def is_kept(folder: Path, release_id: int) -> bool:
    """Tell whether a release is there, be it damaged or not."""
    return manifest_path(folder, release_id).exists()


def document_at(folder: Path, release: Release | None, api: str) -> dict | None:
    """Give the document that a release has at an address, None where it has none or its words are not kept."""
    try:
        entry = release and entry_at(folder, release, api)
        return json.loads(read_blob(folder, entry.sha256)) if entry and entry.status == 200 else None
    except DamagedRelease:
        return None


def _current_id(folder: Path) -> int | None:
    try:
        return current_id(folder)
    except DamagedRelease:
        return None


def _pages(folder: Path, release: Release | None) -> list[ChangedPage] | None:
    """Give the pages that changed with a release: those added, then those edited, gone, and those that follow."""
    try:
        changes = changes_of(folder, release) if release else None
    except DamagedRelease:
        changes = None
    if changes is None:
        return None
    followed = _followed(folder, release, [one["api"] for one in changes if one["change"] == CHANGED])
    pages = [_page(one, FOLLOWED if one["api"] in followed else one["change"]) for one in changes]
    return sorted(pages, key=lambda page: KINDS.index(page.kind))


def _page(one: dict, kind: str) -> ChangedPage:
    return ChangedPage(kind, one["type"], one["title"], one["locale"], one["path"], one["api"])


def _followed(folder: Path, release: Release, changed: list[str]) -> set[str]:
    """Tell which changed pages nobody edited: they only mention others. When all do, none is said to."""
    parent = readable(folder, release.parent)
    if parent is None or len(changed) > FEW:
        return set()
    return {
        api for api in changed if _is_as_it_was(document_at(folder, parent, api), document_at(folder, release, api))
    }


def _is_as_it_was(was: dict | None, now: dict | None) -> bool:
    """Tell whether nobody published, renamed or moved a page itself."""
    return bool(was and now) and all(was[name] == now[name] for name in ("updated_at", "title", "path"))


def _names(usernames: set[str]) -> dict[str, str]:
    users = get_user_model().objects.filter(username__in=usernames)
    return {user.get_username(): user.get_full_name() or user.get_username() for user in users}
