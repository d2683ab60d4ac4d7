"""Where a link on a page of ours leads: looked up in the current release, which is what readers get."""

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from api.content.views import Nowhere, Released
from api.releases.manifest import Entry, entry_at, read_blob
from api.releases.server import reader_of
from api.releases.tree import DamagedRelease
from api.releases.views import released_file
from api.site.views import site_page
from cms.reports.contents import Contents
from cms.reports.models import Trouble
from cms.reports.reading import ADDRESS, DOCUMENT, IMAGE, PAGE, Link
from cms.views import private_media
from toolkit import locales

# What is at such addresses is in the release, or it is not there.
RELEASED = (site_page, released_file, private_media)
NAMES = re.compile(r"""\b(?:id|name)=["']?([^"'\s>]+)""")
# Programs that readers have answer to these.
ELSEWHERE = ("mailto", "tel", "sms")
# Pages whose names of places are kept.
KEPT = 512


class Reach:
    """What readers can reach at this moment. Everything is looked up once, and for all links together."""

    def __init__(self, every: Iterable[Contents]):
        self.every = list(every)
        self.folder = settings.RELEASES_DIR
        self.release = reader_of(self.folder).current()
        self._entries: dict[str, Entry | None] = {}
        self._targets: dict[tuple[str, str], Trouble | None] = {}
        self._addresses: dict[str, Trouble | None] = {}

    def trouble(self, contents: Contents, link: Link) -> Trouble | None:
        """Say what is wrong with a link of a page, None when nothing is, or it leads to another site."""
        if link.kind == PAGE:
            return self._page(link.target, self._codes[contents.locale])
        if link.kind in (IMAGE, DOCUMENT):
            return self._file(link)
        return None if is_outside(link) else self._address(link.target, self.path_of(contents.page))

    def path_of(self, page_id: int) -> str:
        """Give the address of a page on the site, "/" of one that is not there."""
        known = self._pages.get(page_id)
        return known[2] if known else "/"

    # --- Pages and files -------------------------------------------------------------------------------------------

    def _page(self, target: str, code: str) -> Trouble | None:
        if (target, code) not in self._targets:
            self._targets[target, code] = self._look_for(target, code)
        return self._targets[target, code]

    def _look_for(self, target: str, code: str) -> Trouble | None:
        if not target:
            return Trouble.NOTHING
        known = self._pages.get(int(target)) if target.isdecimal() else None
        if known is None:
            return Trouble.DELETED
        versions = self._versions[known[0]]
        found = (versions[one] for one in locales.fallbacks(code) if one in versions)
        return None if any(self.is_there(path) for path in found) else Trouble.NOT_PUBLIC

    @cached_property
    def _codes(self) -> dict[int, str]:
        return dict(Locale.objects.values_list("pk", "language_code"))

    @cached_property
    def _pages(self) -> dict[int, tuple]:
        """Give key, language and address of every page by its id."""
        rows = Page.objects.filter(depth__gt=1).values_list("pk", "translation_key", "locale", "url_path")
        return {
            pk: (key, self._codes[locale], f"/{self._codes[locale]}/{url_path.split('/', 2)[2]}")
            for pk, key, locale, url_path in rows.iterator()
        }

    @cached_property
    def _versions(self) -> dict:
        versions: dict = {}
        for key, code, path in self._pages.values():
            versions.setdefault(key, {})[code] = path
        return versions

    def _file(self, link: Link) -> Trouble | None:
        if not link.target:
            return Trouble.NOTHING
        return None if (link.kind, link.target) in self._files else Trouble.NO_FILE

    @cached_property
    def _files(self) -> set[tuple[str, str]]:
        """Give kind and id of every picture and document that our pages show, and whose file is there."""
        used = {(link.kind, link.target) for one in self.every for link in one.links}
        there = set()
        for kind, model in ((IMAGE, get_image_model()), (DOCUMENT, get_document_model())):
            ids = [int(target) for used_kind, target in used if used_kind == kind and target.isdecimal()]
            found = model.objects.filter(pk__in=ids)
            there |= {(kind, str(one.pk)) for one in found if one.file and one.file.storage.exists(one.file.name)}
        return there

    # --- Addresses of our own site ---------------------------------------------------------------------------------

    def is_there(self, path: str) -> bool:
        """Tell whether readers get something at a path; one that leads on to another counts, too."""
        entry = self._entry(path)
        return bool(entry) and entry.status in (200, 301)

    def _entry(self, path: str) -> Entry | None:
        if path not in self._entries:
            self._entries[path] = self.release and entry_at(self.folder, self.release, path)
        return self._entries[path]

    def _address(self, address: str, path: str) -> Trouble | None:
        try:
            whole = urljoin(path, address)
        except ValueError:
            return Trouble.MALFORMED
        if whole not in self._addresses:
            self._addresses[whole] = self._look_up(whole)
        return self._addresses[whole]

    def _look_up(self, address: str) -> Trouble | None:
        parts = split(address)
        if parts is None or (parts.scheme and parts.scheme not in ("http", "https", *ELSEWHERE)):
            return Trouble.MALFORMED
        if parts.scheme in ELSEWHERE:
            return None
        path = unquote(parts.path) or "/"
        if path.startswith(reverse("wagtailadmin_home")):
            return Trouble.ADMIN
        if not self.is_there(path):
            return None if is_answered(path) else Trouble.NO_PAGE
        return self._place(path, unquote(parts.fragment).partition(":~:")[0])

    def _place(self, path: str, name: str) -> Trouble | None:
        entry = self._entry(path)
        if not name or name == "top" or not entry.sha256 or entry.type != "text/html":
            return None
        try:
            return None if name in places(self.folder, entry.sha256) else Trouble.NO_PLACE
        except DamagedRelease:
            return None


@lru_cache(maxsize=KEPT)
def places(folder, sha256: str) -> frozenset[str]:
    """Give the names of the places on a page to which one can link."""
    return frozenset(map(unescape, NAMES.findall(read_blob(folder, sha256).decode(errors="replace"))))


def is_answered(path: str) -> bool:
    """Tell whether the site itself answers at a path that is not in the release, such as that of the boards."""
    code = path.split("/", 2)[1]
    try:
        with override(code if code in locales.codes() else locales.source()):
            view = resolve(path).func
    except Resolver404:
        return False
    kind = getattr(view, "view_class", object)
    return view not in RELEASED and not issubclass(kind, (Nowhere, Released))


def is_outside(link: Link) -> bool:
    """Tell whether a link leads to another site."""
    parts = split(link.target) if link.kind == ADDRESS else None
    if parts is None or not parts.netloc or parts.scheme not in ("http", "https", ""):
        return False
    return parts.netloc != urlsplit(settings.SITE_URL).netloc and parts.netloc not in settings.ALLOWED_HOSTS


def split(address: str):
    """Give the parts of an address, None when it is none."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return None
    return parts
