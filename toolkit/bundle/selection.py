"""Which pages go into a bundle, where each has its place there, and in which order."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from wagtail.models import PageViewRestriction

from toolkit.bundle.references import file_type
from toolkit.bundle.withdrawn import withdrawn_quotes
from toolkit.documents.library import STEP, page_types, standings
from toolkit.models import Home
from toolkit.translation.states import PUBLIC_STATES


class UnableToExport(Exception):
    """Nothing was written; the message says why, and what to do."""


@dataclass
class Chosen:
    """A page for a bundle, as the bundle will say it.

    `path` is its file below the folder of the bundle; `order` counts from 1 among the pages beside it. `standing` is
    that of a public translation, "" where it is not known.
    """

    page: object
    path: str
    order: int
    is_public: bool
    standing: str = ""


def choose_pages(*, now: datetime, drafts: bool = False) -> list[Chosen]:
    """Give the pages that are public at a moment, with their public words, those above before those below.

    With `drafts`, the others too, as they stand at last; never the words that somebody withdrew.
    """
    private = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    withdrawn = withdrawn_quotes()
    chosen: dict[str, Chosen] = {}
    orders, taken = defaultdict(int), set()
    known = standings(state__in=PUBLIC_STATES)
    for page in all_pages():
        above = chosen.get(page.path[:-STEP])
        if page.key in withdrawn or not (above or isinstance(page, Home)):
            continue
        is_public = _is_public(page, now, private) and (not above or above.is_public)
        if is_public or drafts:
            orders[page.path[:-STEP]] += 1
            shown = page if is_public else latest_words(page)
            place = _path(page, above, taken)
            # Where only the times tell how a translation stands, they do so elsewhere, too.
            is_known = is_public and page.translated_from
            standing = known.get((page.key, page.locale.language_code), "") if is_known else ""
            chosen[page.path] = Chosen(shown, place, orders[page.path[:-STEP]], is_public, standing)
    _refuse_two_homes(chosen.values())
    return list(chosen.values())


def all_pages() -> list:
    """Give all pages of the toolkit in the order of the tree; aliases are only other addresses, and no pages."""
    pages = []
    for kind in page_types():
        found = kind.objects.filter(alias_of=None).select_related("locale", "latest_revision")
        pages += found.prefetch_related(*kind.document_prefetch)
    return sorted(pages, key=lambda page: page.path)


def latest_words(page):
    """Give a page as its last draft has it; when it was public is no matter of drafts."""
    draft = page.get_latest_revision_as_object()
    draft.last_published_at, draft.expire_at = page.last_published_at, page.expire_at
    return draft


def _is_public(page, now: datetime, private: tuple[str, ...]) -> bool:
    has_expired = page.expire_at and page.expire_at <= now
    return page.live and page.may_be_public and not has_expired and not page.path.startswith(private)


def _path(page, above: Chosen | None, taken: set[str]) -> str:
    """Give the file of a page: where another type has the same code in the same folder, its name says the type."""
    below_home = above and not isinstance(above.page, Home)
    folder = f"{above.path.removesuffix('.md')}/" if below_home else f"{page.locale.language_code}/"
    path = f"{folder}{page.code}.md"
    if path.casefold() in taken:
        path = f"{folder}{page.code}.{file_type(type(page))}.md"
    taken.add(path.casefold())
    return path


def _refuse_two_homes(chosen: Iterable[Chosen]):
    there = set()
    for home in (one.page for one in chosen if isinstance(one.page, Home)):
        if home.locale_id in there:
            raise UnableToExport(
                f"There are two home pages in “{home.locale.language_code}”. Delete one of them in the admin first."
            )
        there.add(home.locale_id)
