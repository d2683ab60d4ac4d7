"""The report: everything on public pages that could be plainer, to be filtered and taken away as a table."""

from dataclasses import dataclass

import django_filters
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView

from api.scoring.exports.files import FORMULA_STARTS
from cms.plain_language.models import FoundOnPage, language_choices
from cms.plain_language.refreshing import refresh
from cms.plain_language.words import KINDS, place_name, shortened, tell
from toolkit import locales
from toolkit.documents.library import page_types

PERMISSION = "plain_language.view_plain_language_report"
# So long, in seconds, a screen waits for pages to be looked at; the worker looks at the rest.
PATIENCE = 2


def may_see_report(user) -> bool:
    """Tell whether somebody may see the report."""
    return user.has_perm(PERMISSION)


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def our_types(_request=None):
    """Give the types of pages to choose from."""
    return ContentType.objects.filter(app_label="toolkit", model__in=[kind._meta.model_name for kind in page_types()])


class FoundFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"), field_name="checked__page__locale__language_code", choices=language_choices
    )
    type = ContentTypeFilter(
        label=gettext_lazy("Type of page"), field_name="checked__page__content_type", queryset=our_types
    )
    code = django_filters.ChoiceFilter(label=gettext_lazy("What was found"), choices=list(KINDS.items()))

    class Meta:
        model = FoundOnPage
        fields = ["language", "type", "code"]


@dataclass(frozen=True)
class Row:
    """One finding as the table shows it."""

    found: FoundOnPage

    @property
    def pk(self) -> int:
        return self.page.pk

    @property
    def page(self):
        return self.found.checked.page

    @property
    def title(self) -> str:
        return self.page.title

    @property
    def language(self) -> str:
        return locales.own_name(self.page.locale.language_code)

    @property
    def model(self) -> type:
        return ContentType.objects.get_for_id(self.page.content_type_id).model_class()

    @property
    def type(self) -> str:
        return capfirst(str(self.model._meta.verbose_name))

    @property
    def kind(self) -> str:
        return str(KINDS[self.found.code])

    @property
    def place(self) -> str:
        return place_name(self.model, self.found.place, self.found.figures.get("block"))

    @property
    def words(self) -> str:
        return self.found.words

    @property
    def short_words(self) -> str:
        return shortened(self.found.words)

    @property
    def said(self) -> str:
        return tell(self.found.finding)

    @property
    def lix(self) -> int | str:
        """The readability of the page, empty where too few words tell."""
        return "" if self.found.checked.lix is None else self.found.checked.lix

    @property
    def longest(self) -> int:
        return self.found.checked.longest

    @property
    def address(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])


class PlainLanguageReport(ReportView):
    """What could be plainer on public pages. Only what has changed is looked at anew."""

    page_title = gettext_lazy("Plain language")
    header_icon = "clipboard-list"
    filterset_class = FoundFilterSet
    index_url_name = "plain_language:report"
    index_results_url_name = "plain_language:report_results"
    export_filename = "plain-language"
    verbose_name_plural = gettext_lazy("findings")
    columns = [
        TitleColumn("title", label=gettext_lazy("Page"), get_url=lambda row: row.address),
        Column("language", label=gettext_lazy("Language")),
        Column("type", label=gettext_lazy("Type")),
        Column("place", label=gettext_lazy("Place")),
        Column("short_words", label=gettext_lazy("Words")),
        Column("said", label=gettext_lazy("What could be plainer")),
        Column("lix", label=gettext_lazy("Readability (LIX)")),
        Column("longest", label=gettext_lazy("Longest sentence, in words")),
    ]
    export_headings = {
        "title": gettext_lazy("Page"),
        "language": gettext_lazy("Language"),
        "type": gettext_lazy("Type"),
        "place": gettext_lazy("Place"),
        "kind": gettext_lazy("Kind"),
        "words": gettext_lazy("Words"),
        "said": gettext_lazy("What could be plainer"),
        "lix": gettext_lazy("Readability (LIX)"),
        "longest": gettext_lazy("Longest sentence, in words"),
        "address": gettext_lazy("Where to change it"),
    }
    list_export = list(export_headings)
    # A text that begins with “=” is no formula in a plain table either.
    custom_value_preprocess = {**ReportView.custom_value_preprocess, str: {ReportView.FORMAT_CSV: harmless}}

    def dispatch(self, request, *args, **kwargs):
        if not may_see_report(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def left(self) -> int:
        """How many pages wait to be looked at."""
        return refresh(seconds=PATIENCE)

    def get(self, request, *args, **kwargs):
        if self.left and not self.results_only:
            messages.info(request, still_to_look_at(self.left))
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        found = FoundOnPage.objects.select_related("checked__page__locale")
        return found.order_by("checked__page__path", "number")

    def get_table(self, object_list):
        return super().get_table(self.decorate_paginated_queryset(object_list))

    def decorate_paginated_queryset(self, object_list):
        return [Row(found) for found in object_list]


def still_to_look_at(count: int) -> str:
    """Say that there is more to come."""
    return ngettext(
        "{count} page has changed and is still being looked at. Load this page again in a minute.",
        "{count} pages have changed and are still being looked at. Load this page again in a minute.",
        count,
    ).format(count=count)
