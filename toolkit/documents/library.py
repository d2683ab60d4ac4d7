"""What is public, and how one page finds another: every document is built from a library."""

from collections import defaultdict
from datetime import datetime

from django.apps import apps
from django.db.models import Q
from wagtail.models import Locale, Page, PageViewRestriction

from toolkit import locales

STEP = 4  # letters of treebeard's path per level of the tree


class Library:
    """The pages that documents may mention, by key, by id, by place in the tree and by type.

    What the builder asks is answered from memory: only pictures and files are looked up one by one.
    """

    def __init__(self, pages):
        self.pages = sorted(pages, key=lambda page: page.path)
        self.by_id = {page.id: page for page in self.pages}
        self.by_path = {page.path: page for page in self.pages}
        self.by_key = {(page.key, page.locale.language_code): page for page in self.pages}
        self.keys_of_type = defaultdict(dict)
        self.child_keys = defaultdict(dict)
        self.quoted_in = defaultdict(dict)
        self.serving = defaultdict(dict)
        for page in self.source_first():
            self._index(page)

    def source_first(self) -> list:
        """Give all pages, those of the source locale first, so that it decides the order of things."""
        source = locales.source()
        return sorted(self.pages, key=lambda page: page.locale.language_code != source)

    def _index(self, page):
        self.keys_of_type[page.document_type][page.key] = None
        if parent := self.by_path.get(page.path[:-STEP]):
            self.child_keys[parent.key][page.key] = None
        for other in map(self.by_id.get, page.quoted_ids()):
            if other:
                self.quoted_in[other.key][page.key] = None
        for other in map(self.by_id.get, page.served_ids()):
            if other:
                self.serving[other.key][page.key] = None

    def find(self, key: str, locale: str):
        """Give the page with this key in this locale, else in the source locale, else None."""
        return self.by_key.get((key, locale)) or self.by_key.get((key, locales.source()))

    def key_of(self, page_id) -> str | None:
        """Give the translation key of a page by its database id, None when it is not in the library."""
        page = self.by_id.get(page_id)
        return page and page.key

    def parent_key(self, page) -> str | None:
        """Give the key of the page above, None when it is not in the library."""
        parent = self.by_path.get(page.path[:-STEP])
        return parent and parent.key

    def including(self, drafts) -> "Library":
        """Give a library in which drafts stand in the place of their published versions."""
        replaced = {page.id: page for page in self.pages} | {page.id: page for page in drafts}
        return Library(replaced.values())


def page_types() -> list:
    """Give the page classes that have documents."""
    return [model for model in apps.get_app_config("toolkit").get_models() if issubclass(model, Page)]


def public_library(*, now: datetime) -> Library:
    """Read everything that is public at the moment `now`: one query a page type, and a few for the tree."""
    candidates = []
    for page_type in page_types():
        # An alias is the source's words under another address: wagtail-localize makes them, readers never see them.
        pages = page_type.objects.filter(live=True, alias_of=None).filter(Q(expire_at=None) | Q(expire_at__gt=now))
        candidates += pages.prefetch_related(*page_type.document_prefetch)
    share_locales(candidates)
    private = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
    public = [page for page in candidates if page.may_be_public and not page.path.startswith(private)]
    return Library(_reachable(public))


def share_locales(pages):
    """Give pages their locale objects without a query each."""
    by_id = {locale.id: locale for locale in Locale.objects.all()}
    for page in pages:
        page.locale = by_id[page.locale_id]


def _reachable(pages) -> list:
    """Leave out pages below a page that is not public: nobody could get to them."""
    reached = {}
    for page in sorted(pages, key=lambda page: page.path):
        if page.document_type == "toolkit" or page.path[:-STEP] in reached:
            reached[page.path] = page
    return list(reached.values())
