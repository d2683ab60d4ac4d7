"""What all reports share: who may see them, their table, their filters, their files."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import LocaleFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, Table
from wagtail.admin.views.reports import ReportView
from wagtail.coreutils import get_content_languages
from wagtail.models import Page

from cms.reports.exports import MARK, harmless_cell, plain_cell
from cms.reports.rights import may_view


class Cell(Column):
    """A column that says its name in each cell, too: on a phone the rows of a table stand one below the other."""

    cell_template_name = "admin/reports/cell.html"

    def __init__(self, name, *, is_exported=True, **kwargs):
        super().__init__(name, **kwargs)
        self.is_exported = is_exported


class PageCell(Cell):
    """A page, with the way to its editor."""

    cell_template_name = "admin/reports/page-cell.html"


class TimeCell(Cell):
    """A moment."""

    cell_template_name = "admin/reports/time-cell.html"


def languages() -> list[tuple[str, str]]:
    """Give the languages to choose from."""
    return list(get_content_languages().items())


class ReportFilters(WagtailFilterSet):
    """The filters of a report: what was chosen is in `cleaned_data`, and the report looks there."""

    locale = LocaleFilter(label=_("Language"), choices=languages, empty_label=_("All languages"))

    class Meta:
        model = Page
        fields = []


class Chosen(ChoiceFilter):
    """A choice that the report itself acts upon."""

    def filter(self, queryset, value):
        return queryset


class Report(ReportView):
    """A report. Its `things` are what it lists, its `rows` what it says of those on the screen.

    `defaults` are what is chosen before somebody chooses, `nothing` what is said when there is nothing to list.
    """

    results_template_name = "admin/reports/results.html"
    filterset_class = ReportFilters
    defaults: dict[str, str] = {}
    nothing = ""
    # Something that has to be known to read the report.
    notes: tuple = ()

    def dispatch(self, request, *args, **kwargs):
        if not may_view(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def things(self):
        """Give all that the report lists, as a list or a query."""
        raise NotImplementedError

    def rows(self, things) -> list:
        """Give the rows for some of them: an attribute for each column."""
        raise NotImplementedError

    def get_filterset_kwargs(self):
        data = self.request.GET.copy()
        for name, value in self.defaults.items():
            data[name] = data.get(name) or value
        return {"data": data, "request": self.request}

    @cached_property
    def filters(self):
        filters = super().filters
        for name, value in self.defaults.items():
            # What nobody has chosen is not shown as chosen.
            filters.form.fields[name].initial = value
        return filters

    def wish(self, name: str) -> str:
        """Give what was chosen in a filter, what is chosen by default where that makes no sense."""
        form = self.filters.form
        chosen = form.cleaned_data.get(name) if form.is_valid() else None
        return chosen or self.defaults.get(name, "")

    def get_filtered_queryset(self):
        return self.things()

    def get_table(self, object_list):
        return Table(
            self.columns,
            [] if self.is_export else self.rows(object_list),
            classname="listing report-table",
            base_url=self.index_url,
        )

    @property
    def no_results_message(self):
        return _("Nothing here fits what you have chosen.") if self.is_filtering else self.nothing

    # --- Files -----------------------------------------------------------------------------------------------------

    @property
    def list_export(self):
        return [column.name for column in self.columns if column.is_exported]

    @property
    def export_headings(self):
        return {column.name: column.label for column in self.columns}

    def decorate_paginated_queryset(self, object_list):
        return self.rows(object_list) if self.is_export else object_list

    def preprocess_field_value(self, field, value, export_format):
        return harmless_cell(value) if export_format == self.FORMAT_CSV else plain_cell(value)

    def stream_csv(self, queryset):
        yield MARK
        yield from super().stream_csv(queryset)

    def get_filename(self):
        return f"{self.index_url_name.partition(':')[2]}-{localdate().isoformat()}"
