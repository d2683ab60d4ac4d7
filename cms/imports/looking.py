"""Looking through a document: a screen of paragraphs at a time, and keeping what its owner has corrected."""

from collections.abc import Sequence
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Q

from cms.imports.correcting import become, belong
from cms.imports.forms import ParagraphForm
from cms.imports.kinds import MARK
from cms.imports.models import Import, Paragraph

ON_A_SCREEN = 50
FIRST, ALL = "first", "all"


def unsure(document: Import):
    """Give the paragraphs that a person should look at first, and has not."""
    return document.paragraphs.exclude(doubt="").filter(looked_at=False)


def screen_of(document: Import, show: str, number) -> Page:
    """Give a screen of the paragraphs of a document: all, or those to look at first."""
    paragraphs = unsure(document) if show == FIRST else document.paragraphs.all()
    return Paginator(paragraphs, ON_A_SCREEN).get_page(number)


def forms_for(document: Import, paragraphs: Sequence[Paragraph], data=None) -> list[ParagraphForm]:
    """Give a form for each paragraph, with what was sent."""
    near = around(document, [one.place for one in paragraphs])
    return [ParagraphForm(data, instance=one, prefix=str(one.pk), near=near) for one in paragraphs]


def around(document: Import, places: Sequence[int]) -> list[Paragraph]:
    """Give the paragraphs at some places, and those near them."""
    near = {place + step for place in places for step in range(-8, 3)}
    return list(document.paragraphs.filter(place__in=near))


def sent(document: Import, data) -> list[Paragraph]:
    """Give the paragraphs whose forms were sent: they say so themselves, for a list may have become shorter since."""
    pks = [int(pk) for pk in data.getlist("paragraph")[:ON_A_SCREEN] if pk.isdecimal() and len(pk) < 19]
    return list(document.paragraphs.filter(pk__in=pks))


@transaction.atomic
def keep(document: Import, forms: Sequence[ParagraphForm], *, now: datetime) -> int:
    """Keep what was corrected in forms that are right, note that they were looked at, and give how many changed."""
    changed = [form for form in forms if form.has_changed()]
    for form in changed:
        _correct(form)
    document.paragraphs.filter(pk__in=[form.instance.pk for form in forms]).update(looked_at=True)
    Import.objects.filter(pk=document.pk).update(changed_at=now)
    return len(changed)


def _correct(form: ParagraphForm):
    paragraph, wish, changed = form.instance, form.cleaned_data, form.changed_data
    # One above may have moved it meanwhile.
    paragraph.refresh_from_db()
    for name in ("quote_kind", "credit", "year", "credits"):
        if name in changed:
            setattr(paragraph, name, wish[name])
    if "kind" in changed:
        become(paragraph, wish["kind"])
    if "mark" in changed and paragraph.kind != MARK:
        belong(paragraph, wish["mark"], alone=wish["alone"])
    paragraph.save()


def marks_of(document: Import) -> list[str]:
    """Give the titles of all marks of a document, to choose from."""
    named = document.paragraphs.exclude(Q(mark="")).order_by("place").values_list("mark", flat=True)
    return list(dict.fromkeys(named))
