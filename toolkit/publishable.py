"""What keeps a page from being published: words without consent, pictures without words, references to nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.fields import RichTextField, StreamField
from wagtail.images import get_image_model
from wagtail.models import Page

from toolkit.consent import has_run_out
from toolkit.documents.richtext import plain_text
from toolkit.private_files import private_among

# In letters: enough to find a block by its first words.
FIRST_WORDS = 60


@dataclass(frozen=True)
class Fault:
    """One thing to mend before a page may be published: the field that it is in, and what to do, as a sentence."""

    field: str
    says: str


class NotReady(Exception):
    """A version of a page that must not go out; `faults` says what to mend first."""

    def __init__(self, page, faults: list[Fault]):
        super().__init__(f"{page.title}: {' '.join(fault.says for fault in faults)}")
        self.page = page
        self.faults = faults


@dataclass(frozen=True)
class Reference:
    """Something that a page points to by its number: `kind` is "page", "image" or "document"."""

    field: str
    kind: str
    number: int | None
    says: str
    # What a text leads to is in no release, whatever it is: such a link leaves its words alone.
    is_shown: bool = False


def check_ready(page, *, today: date):
    """Raise NotReady unless a version of a page may be published."""
    if faults := faults_of(page, today=today):
        raise NotReady(page, faults)


def faults_of(page, *, today: date) -> list[Fault]:
    """Give what has to be mended in a version of a page before it may be published.

    Credits without consent are none of it: a page is public without them.
    """
    return [*_consent_faults(page, today), *_media_faults(page), *_reference_faults(page)]


def _consent_faults(page, today: date) -> Iterator[Fault]:
    if not page.may_be_public:
        yield Fault("consent", str(page.consent_missing))
    for one in page.attributions:
        if has_run_out(consent=one.consent, until=one.consent_until, today=today):
            yield Fault("consent", _("Their consent has run out. Ask the person again, then change the date."))


def _media_faults(page) -> Iterator[Fault]:
    for field, kind, value in blocks_of(page):
        if kind == "image" and not (value.get("alt") or "").strip() and not value.get("decorative"):
            says = _("Say in words what the picture shows, or tick “Only decoration”.")
            yield Fault(field, f"{_named(value.get('caption'))}{says}")
        if kind == "media" and not value.get("file") and not value.get("url"):
            says = _("Choose a file, or give the address of the page where it can be found.")
            yield Fault(field, f"{_named(value.get('title'))}{says}")


def _named(words: str | None) -> str:
    return f"“{words}”: " if words else ""


def _reference_faults(page) -> list[Fault]:
    references = list(references_of(page))
    there = {kind: _existing(kind, references) for kind in ("page", "image", "document")}
    gone = [Fault(one.field, one.says) for one in references if one.number not in there[one.kind]]
    return [*gone, *_private_faults(references)]


def _private_faults(references: Iterable[Reference]) -> Iterator[Fault]:
    for kind, model in (("image", get_image_model()), ("document", get_document_model())):
        shown = [one for one in references if one.kind == kind and one.is_shown]
        private = private_among(model.objects.filter(pk__in=[one.number for one in shown])) if shown else ()
        for one in shown:
            if one.number in private:
                says = _(
                    "A block shows a picture or file from a private collection, and what is published is for "
                    "everybody. Choose another one, or move it to a collection that is public."
                )
                yield Fault(one.field, says)


def _existing(kind: str, references: Iterable[Reference]) -> set[int]:
    wanted = {one.number for one in references if one.kind == kind and one.number}
    model = {"page": Page, "image": get_image_model(), "document": get_document_model()}[kind]
    return set(model.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def references_of(page) -> Iterator[Reference]:
    """Give everything that a version of a page points to by its number."""
    gone = _("A block points to something that is not there any more. Choose something else, or delete the block.")
    for field, kind, value in blocks_of(page):
        if kind in ("quote", "idea", "stage", "mark"):
            yield Reference(field, "page", value, gone)
        elif kind == "image" or (kind == "pair" and value.get("image")):
            yield Reference(field, "image", value.get("image"), gone, is_shown=True)
        elif kind == "media" and value.get("file"):
            yield Reference(field, "document", value["file"], gone, is_shown=True)
    for field, html in texts_of(page):
        yield from _links(field, html)


def _links(field: str, html: str) -> Iterator[Reference]:
    if "linktype" not in html:
        return
    for link in BeautifulSoup(html, "html.parser").find_all("a", linktype=True):
        kind, number = link["linktype"], link.get("id", "")
        if kind in ("page", "document"):
            says = _("The link “{words}” leads to something that is not there any more. Change it, or take it out.")
            number = int(number) if number.isdecimal() else None
            yield Reference(field, kind, number, says.format(words=plain_text(str(link), length=FIRST_WORDS)))


def blocks_of(page) -> Iterator[tuple[str, str, object]]:
    """Give the blocks of a page, as they are stored: the field, the kind of block, its value."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for item in getattr(page, field.name).get_prep_value():
                yield field.name, item["type"], item["value"]


def texts_of(page) -> Iterator[tuple[str, str]]:
    """Give every rich text of a page: the field, and the HTML as it is stored."""
    for field in page._meta.get_fields():
        if isinstance(field, RichTextField):
            yield field.name, getattr(page, field.name) or ""
    for field, _kind, value in blocks_of(page):
        parts = value.values() if isinstance(value, dict) else [value]
        yield from ((field, part) for part in parts if isinstance(part, str))
