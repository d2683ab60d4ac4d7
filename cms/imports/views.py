"""The screens of one document: its paragraphs, what would be made of them, what was, and taking it away."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from cms.imports.access import for_owner, for_work
from cms.imports.drafting import make_drafts, sort
from cms.imports.forms import ParagraphForm
from cms.imports.kinds import DOUBTS, EXAMPLE, QUOTE, WHY_LEFT_OUT
from cms.imports.looking import ALL, FIRST, around, forms_for, keep, marks_of, screen_of, sent, unsure
from cms.imports.models import Import
from cms.imports.places import may_add
from cms.imports.words import about_marks, counted
from toolkit import locales
from toolkit.importing.drafts import UnableToImport, find_stage

# So many drafts take a minute or more: each is indexed and kept with its first revision.
MANY = 150
HOME = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Home")}


@for_work
def look(request: HttpRequest, document: Import):
    """Show a screen of paragraphs, and keep what their owner says about them."""
    show = FIRST if request.GET.get("show") == FIRST else ALL
    if request.method == "POST":
        forms = forms_for(document, sent(document, request.POST), request.POST)
        if [form for form in forms if not form.is_valid()]:
            return _paragraphs(request, document, show, forms, status=422)
        return _kept(request, document, show, keep(document, forms, now=timezone.now()))
    found = screen_of(document, show, request.GET.get("p"))
    return _paragraphs(request, document, show, forms_for(document, list(found)))


def _kept(request: HttpRequest, document: Import, show: str, changed: int):
    """Say what was kept, and go on to where its owner wants to: the next screen, or the same again."""
    if changed:
        text = ngettext("{count} paragraph is corrected.", "{count} paragraphs are corrected.", changed)
        messages.success(request, text.format(count=changed))
    address = reverse("imports:look", args=[document.pk])
    if show == FIRST:
        more = unsure(document).exists()
        return redirect(
            f"{address}?show=first#paragraphs" if more else reverse("imports:summary", args=[document.pk])
        )
    found = screen_of(document, show, request.GET.get("p"))
    if request.POST.get("do") == "stay":
        return redirect(f"{address}?p={found.number}#paragraphs")
    if found.has_next():
        return redirect(f"{address}?p={found.next_page_number()}#paragraphs")
    return redirect("imports:summary", document.pk)


def _paragraphs(request, document: Import, show: str, forms: Sequence[ParagraphForm], status: int = 200):
    above = {one.place: one for one in around(document, [form.instance.place for form in forms])}
    rows = [{"form": form, "paragraph": form.instance, "above": above.get(form.instance.place - 1)} for form in forms]
    for row in rows:
        paragraph = row["paragraph"]
        row["doubt"] = DOUBTS.get(paragraph.doubt) if paragraph.is_unsure else ""
        row["about"] = " · ".join(str(part) for part in (paragraph.mark, paragraph.credit, paragraph.year) if part)
    context = {
        "rows": rows,
        "show": show,
        "screen": screen_of(document, show, request.GET.get("p")),
        "unsure": unsure(document).count(),
        "total": document.paragraphs.count(),
        "marks": marks_of(document),
        "has_errors": status != 200,
    }
    title = gettext("What each paragraph is")
    return _screen(request, document, "admin/imports/look.html", title, context, status=status)


@for_work
def summary(request: HttpRequest, document: Import):
    """Say what would be made, and make it."""
    if request.method == "POST":
        if not may_add(request.user, document.locale):
            raise PermissionDenied
        try:
            make_drafts(document, user=request.user, now=timezone.now())
        except UnableToImport as error:
            return _summary(request, document, why_not=str(error), status=422)
        return redirect("imports:report", document.pk)
    return _summary(request, document)


def _summary(request, document: Import, *, why_not: str = "", status: int = 200):
    found = sort(document)
    stage = find_stage(document.stage or found.title, locale=document.locale)
    context = {
        "counted": counted(found),
        "marks": about_marks(found),
        "stage": stage.title if stage else found.title,
        "is_there": stage is not None,
        "left_out": _left_out(found),
        "unsure": unsure(document).count(),
        "takes_long": len(found.marks) + found.counts[QUOTE] + found.counts[EXAMPLE] > MANY,
        "why_not": why_not,
    }
    return _screen(request, document, "admin/imports/summary.html", gettext("Summary"), context, status=status)


def _left_out(found) -> list[tuple]:
    return [(paragraph, WHY_LEFT_OUT[reason]) for paragraph, reason in found.left_out]


@for_owner
@require_safe
def report(request: HttpRequest, document: Import):
    """Say what was made, with a way to each draft, and what was left out."""
    if not document.finished_at:
        return redirect("imports:look", document.pk)
    made = document.report.get("drafted", [])
    pages = Page.objects.in_bulk([one["page"] for one in made])
    drafts = [(pages[one["page"]], one["is_new"]) for one in made if one["page"] in pages]
    context = {
        "drafts": [(page, page.specific_class._meta.verbose_name, is_new) for page, is_new in drafts],
        "there": document.report.get("there", 0),
        "left_out": _left_out(sort(document)),
    }
    return _screen(request, document, "admin/imports/report.html", gettext("What was made"), context)


@for_owner
@require_safe
def left_out(request: HttpRequest, document: Import):
    """Give what is in no draft as a text file."""
    texts = [f"{why}:\n{paragraph.source}\n" for paragraph, why in _left_out(sort(document))]
    return _download("left-out.txt", "\n".join(texts), "text/plain; charset=utf-8")


@for_owner
@require_safe
def original(request: HttpRequest, document: Import):
    """Give the original back, as it was brought in."""
    if document.original is None:
        raise Http404
    return _download(f"original{document.suffix}", bytes(document.original), "application/octet-stream")


def _download(name: str, content, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


@for_owner
def delete(request: HttpRequest, document: Import):
    """Ask, and then delete a document with its original. Drafts that were made of it stay."""
    if request.method == "POST":
        document.delete()
        messages.success(request, gettext("The document and its original are deleted."))
        return redirect("imports:index")
    return _screen(request, document, "admin/imports/delete.html", gettext("Delete this document"), {})


def _screen(request, document: Import, template: str, title: str, context: dict, *, status: int = 200):
    crumbs = [
        HOME,
        {"url": reverse("imports:index"), "label": gettext("Bring in a document")},
        {"url": "", "label": title},
    ]
    context = {
        **context,
        "document": document,
        "language": locales.language(document.locale),
        "header_title": f"{title}: {document.name}",
        "header_icon": "upload",
        "breadcrumbs_items": crumbs,
        "header_buttons": _buttons(document),
    }
    return TemplateResponse(request, template, context, status=status)


def _buttons(document: Import) -> list[HeaderButton]:
    steps = [("report", gettext("What was made"), "check")]
    if not document.finished_at:
        steps = [("look", gettext("All paragraphs"), "list-ul"), ("summary", gettext("Summary"), "check")]
    steps.append(("delete", gettext("Delete this document"), "bin"))
    return [
        HeaderButton(label, reverse(f"imports:{name}", args=[document.pk]), icon_name=icon)
        for name, label, icon in steps
    ]
