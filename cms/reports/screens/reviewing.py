"""Saying that a page is still right, and taking that back."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from cms.reports.reviews import latest_review, say_still_right, take_back
from cms.reports.rights import is_reviewable, may_review
from cms.reports.showing import person_name
from toolkit.locales import direction


def page_to_review(user, page_id: int) -> Page:
    """Give a public page of which somebody may say that it is right. Raises Http404 and PermissionDenied."""
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id)
    if not is_reviewable(page):
        raise Http404
    if not may_review(user, page):
        raise PermissionDenied
    return page


@require_http_methods(["GET", "HEAD", "POST"])
def still_right(request, page_id: int):
    """Ask whether a page is still right; sent as a form, it is."""
    page = page_to_review(request.user, page_id)
    if request.method == "POST":
        say_still_right(page=page, user=request.user, now=timezone.now())
        undo = messages.button(reverse("reports:still_right", args=[page.pk]), gettext("Take that back"))
        text = gettext("Thank you. “{title}” counts as looked at today.").format(title=page.title)
        messages.success(request, text, buttons=[undo])
        return onwards(request, page)
    review = latest_review(page)
    context = {
        "title": page.title,
        "lang": page.locale.language_code,
        "dir": direction(page.locale.language_code),
        "edit_address": reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "say_address": reverse("reports:still_right", args=[page.pk]),
        "take_back_address": reverse("reports:take_back", args=[page.pk]),
        "published_at": page.last_published_at,
        "review": review,
        "who": person_name(review.user) if review else "",
        "next": get_valid_next_url_from_request(request),
        "header_title": gettext("Is it still right?"),
    }
    return TemplateResponse(request, "admin/reports/still-right.html", context)


@require_POST
def take_it_back(request, page_id: int):
    """Take back the last time that somebody said so."""
    page = page_to_review(request.user, page_id)
    if take_back(page=page, user=request.user, now=timezone.now()):
        messages.success(request, gettext("That is taken back. It stays in the history of the page."))
    else:
        messages.warning(request, gettext("There was nothing to take back."))
    return onwards(request, page)


def onwards(request, page: Page):
    """Lead back to where they came from, else to the page's editor."""
    return redirect(get_valid_next_url_from_request(request) or reverse("wagtailadmin_pages:edit", args=[page.pk]))
