"""Suspects: what a change may have touched. Too many cost a look each; one too few would leave a page out of date."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from wagtail.models import Locale, Page

from api.releases.views import NOTICES
from cms.models import Change
from cms.publishing.targets import name_of_page
from toolkit import locales
from toolkit.documents.facts import fact_name, parts_of
from toolkit.documents.library import RELATIONS, STEP, page_types

# Of what a deployment brings, everything is looked at: there is little of it.
DEPLOYED = [
    "code:@",
    "contract:@",
    "site-url:@",
    "booklet-wanted:@",
    "drawing:@",
    "codes:@",
    "added:@",
    "tested:@",
    *(f"templates:pages/{page_type.document_type}.html@" for page_type in page_types()),
    *(f"templates:pages/{name}.html@" for name in (*NOTICES, "unreachable", "search", "offline", "print", "tested")),
]
# What is known of one page, in each language.
OF_A_PAGE = ("link", "mention", "source", "standing", "alternates", "above", "printed")
KINDS = [page_type.document_type for page_type in page_types()]


@dataclass
class Suspects:
    """Names of facts to be found out again, and of targets to be built in any case."""

    facts: set[str] = field(default_factory=set)
    targets: set[str] = field(default_factory=set)

    def __ior__(self, other: "Suspects") -> "Suspects":
        self.facts |= other.facts
        self.targets |= other.targets
        return self


def deployed() -> set[str]:
    """Give the facts that a new version of the software, or of its settings, may have touched."""
    return {*DEPLOYED, *(fact_name("catalogue", "", code) for code in locales.codes())}


def suspects_of(change: Change, read_before: set[str]) -> Suspects:
    """Give what a change may have touched. `read_before` is what the targets of its page read when last built."""
    if change.kind == Change.Kind.WORDS:
        # The catalogues are looked at in any case.
        return Suspects()
    if change.kind != Change.Kind.PAGE:
        return Suspects({fact_name(change.kind, change.object_id, "")})
    found = suspects_of_page(change.key, _locales_of(change))
    found.facts.add(fact_name("id", change.object_id, ""))
    if change.in_tree:
        found |= suspects_of_place(change.key, read_before)
        found.facts |= _in_all_locales(("type",), KINDS)
    return found


def suspects_of_page(key: str, codes: Iterable[str]) -> Suspects:
    """Give what may be touched when a page's versions in some locales have changed, come or gone."""
    return Suspects(
        _in_all_locales(OF_A_PAGE, [key]) | _in_all_locales(("latest",), [""]),
        {name_of_page(key, code) for code in codes},
    )


def suspects_of_failures(targets: Iterable[str]) -> Suspects:
    """Give what may be touched when targets that could not be built now can: others left such a page out."""
    found = Suspects(targets=set(targets))
    for kind, key, locale in map(parts_of, targets):
        if kind == "page":
            found |= suspects_of_page(key, [locale])
    return found


def _locales_of(change: Change) -> Iterable[str]:
    """Give the locales of the page that changed: other versions of it read what they need to know of it."""
    found = Page.objects.filter(pk=change.object_id).values_list("locale__language_code", flat=True)
    return list(found) or all_codes()


def suspects_of_place(key: str, read_before: set[str]) -> Suspects:
    """Give what may be touched when a page has come, gone, or moved: lists that it is in, and all below it."""
    rows = list(Page.objects.filter(translation_key=key).values_list("pk", "path"))
    above = Page.objects.filter(path__in=[path[:-STEP] for _pk, path in rows])
    parents = {str(parent) for parent in above.values_list("translation_key", flat=True)}
    parents |= {parts_of(name)[1] for name in read_before if name.startswith(("mention:", "link:"))}
    below = {str(found) for _pk, path in rows for found in _keys_below(path)}
    return Suspects(
        {fact_name("id", pk, "") for pk, _path in rows}
        | _in_all_locales(("type",), KINDS)
        | _in_all_locales(("children",), [f"{parent}:{kind}" for parent in {*parents, key} for kind in KINDS])
        | _in_all_locales(OF_A_PAGE, {*below, key}),
        {name_of_page(found, code) for found in below for code in all_codes()},
    )


def _keys_below(path: str) -> Iterable:
    return Page.objects.filter(path__startswith=path).exclude(path=path).values_list("translation_key", flat=True)


def suspects_of_references(*memories: dict) -> set[str]:
    """Give the facts about the pages that a page quotes and serves, as its builds knew them."""
    return {
        name
        for memory in memories
        for relation in RELATIONS
        for name in _in_all_locales((relation,), memory.get(relation, ()))
    }


def _in_all_locales(kinds: Iterable[str], arguments: Iterable[str]) -> set[str]:
    codes = all_codes()
    return {fact_name(kind, argument, code) for kind in kinds for argument in arguments for code in codes}


def all_codes() -> list[str]:
    """Give the codes of all languages that pages may be known in: also of one that the site had and has no more."""
    return list(dict.fromkeys([*locales.codes(), *Locale.objects.values_list("language_code", flat=True)]))
