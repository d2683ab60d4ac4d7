"""What stands in all pages as readers get them: read once, and kept until a page is published anew.

To read 10,000 pages takes about a second, to ask which of them have changed a twentieth of that. So each process
keeps what it has read. Nothing has to be told of a change, and nothing can go stale: what a page holds is asked for
by the number of its live revision and the time when it was published.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from threading import Lock

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, TextField, URLField
from django.db.models.functions import Cast
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.reports.reading import ADDRESS, Link, Picture, found_in, links_in
from toolkit.documents.library import STEP, page_types

# Pages that are read from the database at once.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Contents:
    """A page that is live, and what stands in it."""

    page: int
    locale: int
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]


_kept: dict[int, tuple[tuple, Contents]] = {}
_lock = Lock()


def live_contents() -> list[Contents]:
    """Give what stands in every page that is live, and below none that is not, in the order of the tree."""
    markers = live_markers()
    with _lock:
        for pk in _kept.keys() - markers.keys():
            del _kept[pk]
        changed = {pk for pk, marker in markers.items() if pk not in _kept or _kept[pk][0] != marker}
        for contents in _read(changed, markers):
            _kept[contents.page] = (markers[contents.page], contents)
        return [_kept[pk][1] for pk in markers if pk in _kept]


def live_markers() -> dict[int, tuple]:
    """Give by its id type, language and version of every page that readers can get to."""
    rows = Page.objects.filter(live=True, alias_of=None, depth__gt=1).order_by("path")
    names = ("pk", "path", "depth", "content_type", "locale", "last_published_at", "live_revision")
    reached, markers = set(), {}
    for pk, path, depth, *marker in rows.values_list(*names):
        if depth == 2 or path[:-STEP] in reached:
            reached.add(path)
            markers[pk] = tuple(marker)
    return markers


def _read(changed: set[int], markers: dict[int, tuple]) -> Iterator[Contents]:
    for page_type in page_types():
        kind = ContentType.objects.get_for_model(page_type).pk
        ids = sorted(pk for pk in changed if markers[pk][0] == kind)
        for start in range(0, len(ids), BATCH):
            for pk, values in stored(page_type, ids[start : start + BATCH]):
                yield contents_of(pk, markers[pk][1], found(page_type, values))


def contents_of(pk: int, locale: int, things: Iterable[Link | Picture]) -> Contents:
    """Sort what was found in a page."""
    things = list(things)
    links = tuple(one for one in things if isinstance(one, Link))
    return Contents(pk, locale, links, tuple(one for one in things if isinstance(one, Picture)))


def telling_fields(page_type: type[Model]) -> list:
    """Give the fields of a page type in which links and pictures can stand."""
    kinds = (StreamField, RichTextField, URLField)
    return [field for field in page_type._meta.concrete_fields if isinstance(field, kinds)]


def stored(page_type: type[Model], ids: list[int]) -> Iterator[tuple[int, dict]]:
    """Give the stored values of those fields, by their name: of streams the JSON, without a block being made."""
    fields = telling_fields(page_type)
    plain = {f"{field.name}_stored": Cast(field.name, TextField()) for field in fields}
    for pk, *values in page_type.objects.filter(pk__in=ids).annotate(**plain).values_list("pk", *plain):
        yield pk, {field.name: value for field, value in zip(fields, values, strict=True)}


def found(page_type: type[Model], values: dict) -> Iterator[Link | Picture]:
    """Give the links and pictures that stand in stored values, from the database or from a revision."""
    for field in telling_fields(page_type):
        value = values.get(field.name)
        if not value:
            continue
        if isinstance(field, StreamField):
            yield from found_in(field.stream_block, json.loads(value))
        elif isinstance(field, RichTextField):
            yield from links_in(value)
        else:
            yield Link(ADDRESS, value, str(field.verbose_name))
