"""The panel beside a page's editor, and the view that it asks while somebody types."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin.ui.side_panels import BaseSidePanel

from cms.plain_language.drafting import page_in_form
from cms.plain_language.looking import all_known, look_at
from cms.plain_language.words import KINDS, block_of, place_name, shortened, summed_up, tell
from toolkit import locales
from toolkit.plain_language.passages import HARD_SENTENCE, Finding


class PlainLanguagePanel(BaseSidePanel):
    """What could be plainer, beside what somebody writes."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("Plain language")
        icon_name = "clipboard-list"

    name = "plain-language"
    title = gettext_lazy("Plain language")
    template_name = "admin/plain_language/panel.html"
    order = 340

    def get_context_data(self, parent_context):
        return {**super().get_context_data(parent_context), "address": reverse("plain_language:check")}


@require_POST
def check_form(request: HttpRequest):
    """Answer what could be plainer in the form that is sent along: `count`, `said` and `html`.

    The parameter `of` is the address to which the form itself would go.
    """
    try:
        page = page_in_form(request, request.GET.get("of", ""))
    except Http404:
        return JsonResponse({"error": gettext("There is no such page.")}, status=404)
    except PermissionDenied:
        return JsonResponse({"error": gettext("You may not edit this page.")}, status=403)
    findings = look_at(page, all_known()).findings
    context = {"groups": grouped(page, findings), **locales.language(page.locale.language_code)}
    return JsonResponse(
        {
            "count": len(findings),
            "said": summed_up(len(findings)),
            "html": render_to_string("admin/plain_language/findings.html", context, request),
        }
    )


def grouped(page, findings: list[Finding]) -> list[dict]:
    """Give the findings kind by kind, each with its words, its place, and what is said of it."""
    kinds = list(KINDS)
    found = sorted(findings, key=lambda one: kinds.index(one.code))
    return [
        {"kind": KINDS[code], "findings": [_shown(page, one) for one in those]}
        for code, those in groupby(found, key=lambda one: one.code)
    ]


def _shown(page, finding: Finding) -> dict:
    return {
        "said": tell(finding),
        "quoted": shortened(finding.words) if finding.code == HARD_SENTENCE else "",
        "words": finding.words,
        "place": finding.place,
        "where": place_name(type(page), finding.place, block_of(page, finding.place)) if finding.place else "",
    }
