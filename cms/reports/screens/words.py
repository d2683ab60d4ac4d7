"""All that readers wrote about a page, and taking a text of theirs out."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from api.feedback.models import Answer
from cms.reports.clear import answers_about, page_of, written_about
from cms.reports.rights import may_view, seen_pages
from cms.reports.showing import codes_of_locales, shown_page
from toolkit.locales import direction

PER_PAGE = 50


@require_safe
def words(request, page_id: int):
    """Show what readers wrote about a page."""
    if not may_view(request.user):
        raise PermissionDenied
    page = get_object_or_404(seen_pages(request.user).select_related("locale"), pk=page_id)
    answers, code = answers_about(page, today=localdate()), page.locale.language_code
    context = {
        "header_title": gettext("What was hard to understand"),
        "shown": shown_page(page, codes_of_locales()),
        "yes": answers.filter(is_clear=True).count(),
        "no": answers.filter(is_clear=False).count(),
        "texts": Paginator(written_about(page, today=localdate()), PER_PAGE).get_page(request.GET.get("p")),
        "lang": code,
        "dir": direction(code),
        "may_delete": may_delete(request.user, page),
    }
    return TemplateResponse(request, "admin/reports/words.html", context)


@require_POST
def delete_words(request, answer_id: int):
    """Delete a text; that somebody found the page clear or not stays counted."""
    answer = get_object_or_404(Answer.objects.exclude(words=""), pk=answer_id)
    page = page_of(answer)
    if page is None:
        raise Http404
    if not may_delete(request.user, page):
        raise PermissionDenied
    Answer.objects.filter(pk=answer.pk).update(words="")
    messages.success(request, gettext("The text is deleted. The answer still counts."))
    return redirect("reports:words", page.pk)


def may_delete(user, page) -> bool:
    """Tell whether somebody may delete what readers wrote about a page: whoever may publish it."""
    return may_view(user) and page.permissions_for_user(user).can_publish()
