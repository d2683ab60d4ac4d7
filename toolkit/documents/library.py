"""What is public, and how one page finds another: every document is built from a library.

A library is a view of the database at one moment. It looks up what it is asked for, in batches, and remembers it;
`public_library()` reads everything at once, for a full build.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import chain

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, prefetch_related_objects
from wagtail.models import Locale, Page, PageViewRestriction, ReferenceIndex

from toolkit import locales
from toolkit.history import changes_of
from toolkit.private_files import private_collections

STEP = 4  # letters of treebeard's path per level of the tree
# Where a page says which others it quotes and serves, as Wagtail's reference index names the places.
RELATIONS = {"quoted": ("body.quote", "body.idea"), "serving": ("serves.stage", "serves.mark")}


class Library:
    """The public pages, by key, by id, by place in the tree, by type and by what they point to.

    `drafts` stand in the place of their published versions; `without` holds (key, locale) of pages to leave out.
    `facts` and `files` hold what readings have found out so far; `remembered` may know a fact from before, by name.
    """

    def __init__(self, *, drafts: Iterable = (), without: Iterable[tuple[str, str]] = ()):
        self.facts: dict = {}
        self.remembered = lambda name: None
        self._drafts = list(drafts)
        self._without = set(without)
        self._versions: dict[str, dict] = {}
        # Of other keys there may be one version only, that was met on the way.
        self._loaded: set[str] = set()
        self._key_of_id: dict[int, str | None] = {}
        self._child_keys: dict = {}
        self._is_complete = False
        self._standings: dict | None = None
        self._changes: dict[int, list[dict]] = {}
        # Pages that were met since changes were looked up last: they are looked up together.
        self._without_changes: set[int] = set()
        self.files: dict = {}
        self._share_locales(self._drafts)
        self._by_path = {page.path: page for page in self._drafts}

    # --- Pages ---------------------------------------------------------------------------------------------------

    def find(self, key: str, locale: str):
        """Give the public page with this key in this locale, else in those that it falls back to, else None."""
        versions = self.versions(key)
        return next((versions[code] for code in locales.fallbacks(locale) if code in versions), None)

    def versions(self, key: str) -> dict:
        """Give the public pages with this key, by their locale."""
        if key not in self._loaded:
            self.load([key])
        return self._versions.get(key, {})

    def standing(self, key: str, locale: str) -> str | None:
        """Give where a translation stands against its source, None where that is not known."""
        if self._is_complete and self._standings is None:
            self._standings = standings()
        if self._standings is not None:
            return self._standings.get((key, locale))
        return standings(key=key).get((key, locale))

    def changes(self, page) -> list[dict]:
        """Give what changed on a page lately, the newest first."""
        if page.pk in self._without_changes:
            self._changes |= changes_of(self._without_changes)
            self._without_changes = set()
        return self._changes.get(page.pk, [])

    def key_of(self, page_id: int) -> str | None:
        """Give the translation key of a page by its database id, None when there is no such page."""
        if page_id not in self._key_of_id:
            self.load_ids([page_id])
        return self._key_of_id.get(page_id)

    def parent(self, page):
        """Give the public page above, None above the home page."""
        return self._by_path.get(page.path[:-STEP])

    def ancestors(self, page) -> list:
        """Give the pages above this one, from the home page down."""
        return [self._by_path[path] for path in paths_above(page) if path in self._by_path]

    @property
    def pages(self) -> list:
        """All public pages in the order of the tree; the library must have been loaded whole."""
        every = (page for versions in self._versions.values() for page in versions.values())
        return sorted(every, key=lambda page: page.path)

    def load(self, keys: Iterable[str]):
        """Look up pages by their keys, all at once."""
        missing = set() if self._is_complete else set(keys) - self._loaded
        if missing:
            self._loaded |= missing
            self._take(Page.objects.filter(translation_key__in=missing).specific())

    def load_ids(self, page_ids: Iterable[int]):
        """Look up keys by database ids, all at once."""
        missing = [] if self._is_complete else [found for found in page_ids if found not in self._key_of_id]
        if missing:
            rows = Page.objects.filter(pk__in=missing).values_list("pk", "translation_key")
            self._key_of_id |= dict.fromkeys(missing) | {pk: str(key) for pk, key in rows}

    def load_all(self):
        """Look up everything that is public: one query a page type, and a few for the tree."""
        self._key_of_id = {pk: str(key) for pk, key in Page.objects.values_list("pk", "translation_key")}
        self._take(page for page_type in page_types() for page in page_type.objects.filter(live=True, alias_of=None))
        self._changes, self._without_changes = changes_of(), set()
        self._is_complete = True

    def _take(self, found: Iterable):
        """Remember those of some pages that are public."""
        candidates = [page for page in found if getattr(page, "document_type", None) and self._may_show(page)]
        drafted = {page.pk for page in self._drafts}
        candidates = [page for page in candidates if page.pk not in drafted] + self._drafts
        self._share_locales(candidates)
        prefetch(candidates)
        self._take_above(candidates)
        for page in sorted(candidates, key=lambda page: page.path):
            if self._is_reached(page):
                self._by_path[page.path] = page
                self._versions.setdefault(page.key, {})[page.locale.language_code] = page
                self._key_of_id[page.pk] = page.key
                self._without_changes.add(page.pk)

    def _may_show(self, page) -> bool:
        # An alias is the source's words under another address: wagtail-localize makes them, readers never see them.
        if not page.live or page.alias_of_id or not page.may_be_public or page.path.startswith(self._private):
            return False
        code = self._locales[page.locale_id].language_code
        return code in locales.codes() and (page.key, code) not in self._without

    def _is_reached(self, page) -> bool:
        """Tell whether one can get to a page: one below a page that is not public is not public either."""
        return page.document_type == "toolkit" or page.path[:-STEP] in self._by_path

    def _take_above(self, pages):
        known = self._by_path.keys() | {page.path for page in pages}
        missing = {path for page in pages for path in paths_above(page)} - known
        if missing and not self._is_complete:
            self._take(Page.objects.filter(path__in=missing).specific())

    @cached_property
    def _private(self) -> tuple[str, ...]:
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    @cached_property
    def private_collections(self) -> tuple[str, ...]:
        """Where the collections are whose pictures and files are for some people alone."""
        return private_collections()

    @cached_property
    def _locales(self) -> dict[int, Locale]:
        return Locale.objects.in_bulk()

    def _share_locales(self, pages):
        """Give pages their locale objects without a query each."""
        for page in pages:
            page.locale = self._locales[page.locale_id]

    # --- The tree ------------------------------------------------------------------------------------------------

    def child_keys(self, key: str, document_type: str, locale: str) -> list[str]:
        """Give the keys of the public children of one type, in the source's order.

        A child that stands somewhere else in this locale's own tree is none of this parent's.
        """
        place = (key, document_type, locale)
        if place not in self._child_keys:
            self._child_keys[place] = self._find_child_keys(*place)
        return self._child_keys[place]

    def _find_child_keys(self, key: str, document_type: str, locale: str) -> list[str]:
        source = self._keys_below(key, document_type, locales.source())
        if locale == locales.source():
            return source
        own = self._keys_below(key, document_type, locale)
        untranslated = [child for child in source if child not in set(own)]
        self.load(untranslated)
        elsewhere = {child for child in untranslated if locale in self.versions(child)}
        shown = [child for child in source if child not in elsewhere]
        others = [self._keys_below(key, document_type, code) for code in locales.fallbacks(locale)[1:-1]]
        return list(dict.fromkeys([*shown, *(child for child in own if child not in elsewhere), *chain(*others)]))

    def _keys_below(self, key: str, document_type: str, locale: str) -> list[str]:
        parent = self.versions(key).get(locale)
        return (
            self._public_keys(document_type, parent.locale_id, Q(**_directly_below(parent)), parent) if parent else []
        )

    def keys_of_type(self, document_type: str, locale: str) -> list[str]:
        """Give the keys of all public pages of a type that this locale shows, in the source's order."""
        source = self._keys_in(document_type, locales.source())
        others = [
            self._keys_in(document_type, code) for code in locales.fallbacks(locale) if code != locales.source()
        ]
        return list(dict.fromkeys([*source, *chain(*others)]))

    def _keys_in(self, document_type: str, locale: str) -> list[str]:
        ids = [pk for pk, found in self._locales.items() if found.language_code == locale]
        return self._public_keys(document_type, ids[0], Q(), None) if ids else []

    def _public_keys(self, document_type: str, locale_id: int, where: Q, parent) -> list[str]:
        """Give the keys of the public pages of a type in a locale, below a parent or anywhere, as in the tree."""
        if self._is_complete:
            found = self._pages_by_type[document_type, locale_id]
            return [page.key for page in found if parent is None or page.path[:-STEP] == parent.path]
        page_type = type_named(document_type)
        live = Page.objects.filter(where, live=True, alias_of=None, locale_id=locale_id)
        live = live.filter(content_type=ContentType.objects.get_for_model(page_type))
        rows = {path: str(key) for path, key in live.values_list("path", "translation_key")}
        rows |= self._drafted(document_type, locale_id, parent)
        rows = {path: key for path, key in rows.items() if not path.startswith(self._private)}
        if parent is None or needs_consent(page_type) or self._without:
            self.load(rows.values())
            rows = {path: key for path, key in rows.items() if path in self._by_path}
        return [rows[path] for path in sorted(rows)]

    def _drafted(self, document_type: str, locale_id: int, parent) -> dict[str, str]:
        return {
            page.path: page.key
            for page in self._drafts
            if page.document_type == document_type
            and page.locale_id == locale_id
            and (parent is None or page.path[:-STEP] == parent.path)
        }

    @cached_property
    def _pages_by_type(self) -> dict[tuple[str, int], list]:
        found = defaultdict(list)
        for page in self.pages:
            found[page.document_type, page.locale_id].append(page)
        return found

    def latest(self, locale: str, *, count: int) -> list:
        """Give the public pages of a locale that were published last, the newest first."""
        every = Page.objects.filter(live=True, alias_of=None, locale__language_code=locale, depth__gt=1)
        every = every.exclude(last_published_at=None).order_by("-last_published_at", "translation_key")
        looked_at, found = 0, []
        # Few live pages are not public, so the first look nearly always suffices.
        while len(found) < count and (rows := every.values_list("translation_key", flat=True)[looked_at:][:count]):
            looked_at += count
            keys = [str(key) for key in rows]
            self.load(keys)
            found += [self.versions(key)[locale] for key in keys if locale in self.versions(key)]
        return found[:count]

    def key_at(self, path: str, locale: str) -> str | None:
        """Give the key of the public page at a path of the site, None when there is none."""
        home = next((self.find(key, locale) for key in self.keys_of_type("toolkit", locale)), None)
        if home is None or not path.startswith(home.public_path):
            return None
        url_path = home.url_path + path.removeprefix(home.public_path)
        for key in Page.objects.filter(url_path=url_path, live=True).values_list("translation_key", flat=True):
            if locale in self.versions(str(key)):
                return str(key)
        return None

    def key_named(self, document_type: str, code: str, locale: str) -> str | None:
        """Give the key of the public page of a type with a code, None when there is none."""
        named = type_named(document_type).objects.filter(code=code, locale__language_code=locale, live=True)
        keys = [str(key) for key in named.values_list("translation_key", flat=True)]
        return next((key for key in keys if locale in self.versions(key)), None)

    # --- Who points to whom ----------------------------------------------------------------------------------------

    def referring(self, key: str, relation: str, locale: str) -> list:
        """Give the public pages that quote a page ("quoted") or serve it ("serving"), in this locale, by title."""
        keys = self._all_referring[relation][key] if self._is_complete else self._look_up_referring(key, relation)
        self.load(keys)
        found = [page for page in (self.find(other, locale) for other in keys) if page]
        pointing = [page for page in found if key in map(self.key_of, page.ids_of(relation))]
        return sorted(pointing, key=lambda page: (page.title.casefold(), page.key))

    def _look_up_referring(self, key: str, relation: str) -> set[str]:
        ids = [str(pk) for pk in Page.objects.filter(translation_key=key).values_list("pk", flat=True)]
        page = ContentType.objects.get_for_model(Page)
        rows = ReferenceIndex.objects.filter(to_content_type=page, to_object_id__in=ids, base_content_type=page)
        ids = {int(pk) for pk in rows.filter(model_path__in=RELATIONS[relation]).values_list("object_id", flat=True)}
        drafts = {page.key for page in self._drafts if key in map(self.key_of, page.ids_of(relation))}
        self.load_ids(ids)
        return {found for found in map(self.key_of, ids) if found} | drafts

    @cached_property
    def _all_referring(self) -> dict[str, dict[str, set[str]]]:
        found = {relation: defaultdict(set) for relation in RELATIONS}
        for page in self.pages:
            for relation in RELATIONS:
                for key in map(self.key_of, page.ids_of(relation)):
                    found[relation][key].add(page.key)
        return found


def standings(**which) -> dict[tuple[str, str], str]:
    """Give the states of translations by key and locale: of all, or of those that are asked for."""
    rows = (
        apps.get_model("toolkit", "ThingStanding")
        .objects.filter(**which)
        .values_list("key", "locale__language_code", "state")
    )
    return {(str(key), code): state for key, code, state in rows}


def page_types() -> list:
    """Give the page classes that have documents."""
    return [model for model in apps.get_app_config("toolkit").get_models() if issubclass(model, Page)]


def type_named(document_type: str):
    """Give the page class of a document type."""
    return next(page_type for page_type in page_types() if page_type.document_type == document_type)


def needs_consent(page_type) -> bool:
    """Tell whether pages of this class may be live and still not public."""
    return page_type.may_be_public is not True


def public_library(*, without: Iterable[tuple[str, str]] = ()) -> Library:
    """Read everything that is public now, but for pages to leave out."""
    library = Library(without=without)
    library.load_all()
    return library


def prefetch(pages):
    """Look up, in one query a type, what documents hold beside the page's own fields."""
    for page_type in {type(page) for page in pages if page.document_prefetch}:
        saved = [page for page in pages if type(page) is page_type and page.pk and not page._state.adding]
        prefetch_related_objects(saved, *page_type.document_prefetch)


def paths_above(page) -> list[str]:
    """Give the places in the tree above a page, from the home page down."""
    return [page.path[:end] for end in range(STEP * 2, len(page.path), STEP)]


def _directly_below(parent) -> dict:
    return {
        "path__range": type(parent)._get_children_path_interval(parent.path),
        "depth": parent.depth + 1,
    }
