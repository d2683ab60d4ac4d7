"""Acts that change where pages stand: add, delete, move, put in order, copy, give another address."""

from wagtail.models import Page

from tests.cms.acts.desk import Desk, NothingToDo, act, pages
from tests.cms.acts.words import WORDS, finish, newest
from tests.small_site import fresh
from toolkit.documents.library import type_named
from toolkit.models.home import PROMPTS

BELOW = {
    "toolkit": ["stage", "page", "lake", "voices", "glossary", "easy-read"],
    "stage": ["mark", "easy-read"],
    "mark": ["easy-read"],
    "page": ["easy-read"],
    "lake": ["idea"],
    "voices": ["quote"],
    "glossary": ["term"],
}
# Few, so that an address is often one that another page had.
SLUGS = ["first-stage", "hearing", "one", "two", "a-guide"]
ONLY_ONE = ("lake", "voices", "glossary", "easy-read")


@act
def add(desk: Desk):
    parent = desk.page(*BELOW)
    kind = desk.pick(BELOW[parent.document_type])
    if kind in ONLY_ONE and parent.get_children().type(type_named(kind)).exists():
        raise NothingToDo
    page = type_named(kind)(title=desk.pick(WORDS), slug=desk.pick(SLUGS), locale=parent.locale, **required(kind))
    page.live = desk.pick([True, False])
    parent.add_child(instance=page)
    finish(desk, page)


def required(kind: str) -> dict:
    """Give what a page of a kind cannot be without."""
    if kind == "term":
        return {"meaning": "<p>New.</p>"}
    if kind == "quote":
        return {"words": "<p>New words.</p>", "naming": "illustrative", "consent": "not-needed"}
    prompts = {f"prompt_{name}": name for name in PROMPTS} if kind == "toolkit" else {}
    return {"summary": "New.", **({"kind": "activity"} if kind == "idea" else {}), **prompts}


@act
def delete(desk: Desk):
    page = desk.page()
    if page.document_type == "toolkit" and page.locale.language_code == "en":
        raise NothingToDo
    page.delete()


@act
def give_address(desk: Desk):
    page = newest(desk.page())
    if page.document_type == "toolkit":
        raise NothingToDo
    page.slug = desk.pick(SLUGS)
    finish(desk, page)


@act
def give_address_directly(desk: Desk):
    page = desk.page()
    if page.document_type == "toolkit":
        raise NothingToDo
    page.slug = desk.pick(SLUGS)
    page.save()


@act
def swap_addresses(desk: Desk):
    one = desk.page("stage", "mark", "page")
    other = desk.pick(siblings(one))
    first, second = one.slug, other.slug
    for page, slug in ((one, "for-a-moment"), (other, first), (one, second)):
        page = newest(fresh(page))
        page.slug = slug
        page.save_revision().publish()


@act
def move(desk: Desk):
    page = desk.page("mark", "stage", "page", "idea", "quote", "term")
    parents = [kind for kind, below in BELOW.items() if page.document_type in below]
    parent = desk.pick(pages(*parents, locale=page.locale))
    if parent.get_children().filter(slug=page.slug).exclude(pk=page.pk).exists():
        raise NothingToDo
    # As the admin does. Below a copy, whose children Wagtail counts from 0, "first-child" has it run into itself.
    page.move(parent, pos="last-child")


@act
def put_in_order(desk: Desk):
    page = desk.page()
    fresh(page).move(desk.pick(siblings(page)), pos=desk.pick(["left", "right"]))


@act
def copy(desk: Desk):
    page = desk.page("mark", "stage", "page", "idea", "quote", "term")
    page.copy(
        recursive=desk.pick([True, False]),
        keep_live=desk.pick([True, False]),
        update_attrs={"slug": desk.pick(SLUGS), "title": f"{page.title} again"},
    )


@act
def make_alias(desk: Desk):
    page = desk.page("mark", "page", "idea")
    page.create_alias(update_slug=desk.pick(SLUGS))


def siblings(page) -> list:
    """Give the pages beside a page."""
    beside = Page.objects.sibling_of(page, inclusive=False).filter(alias_of=None).order_by("path")
    return [fresh(other) for other in beside if other.specific_class is not Page]
