"""The explorer's column that says where each page stands in each language."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from cms.translations.words import STATES
from toolkit.help import help_box
from toolkit.models import ThingStanding

# Beside the code of a language, for those who see: the words are there for all.
SIGNS = {"missing": "–", "draft": "…", "partial": "½", "stale": "!", "minor": "✓", "current": "✓"}


class StandingColumn(BaseColumn):
    """Of an original its state in each language; of a translation its own."""

    cell_template_name = "admin/translations/explorer.html"

    def get_cell_context_data(self, instance, parent_context):
        return {**super().get_cell_context_data(instance, parent_context), "standings": instance.standings}


class WithStandings:
    """A list of pages; the standings of all on the screen are looked up together."""

    def get_table(self, object_list):
        pages = list(object_list)
        found = standings_of(pages)
        for page in pages:
            page.standings = found[page.pk]
        return super().get_table(pages)


class ExplorerView(WithStandings, ExplorableIndexView):
    """Wagtail's explorer: what stands below a page, with some help above it."""

    template_name = "admin/help/explorable.html"

    def get_context_data(self, **kwargs):
        # What is fetched while somebody searches is only the table.
        words = "" if self.results_only else help_box(self.request, "list")
        return {**super().get_context_data(**kwargs), "help": words}


class UsageView(WithStandings, ContentTypeUseView):
    """Wagtail's list of all pages of a type."""


class Explorer(PageViewSet):
    """The pages of every type, with the column."""

    model = Page
    index_view_class = ExplorerView
    content_type_use_view_class = UsageView
    columns = [
        *ExplorableIndexView.base_columns,
        StandingColumn("standings", label=_("Translations"), width="12%"),
    ]


def standings_of(pages: list[Page]) -> dict[int, list[dict]]:
    """Give the standings to show for each page, by its id."""
    rows = ThingStanding.objects.filter(key__in=[page.translation_key for page in pages]).select_related("locale")
    by_key = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    return {
        page.pk: [
            {"key": row.key, "code": row.locale.language_code, "state": STATES[row.state], "sign": SIGNS[row.state]}
            for row in sorted(by_key[page.translation_key], key=lambda row: row.locale_id)
            if page.locale_id in (row.source_locale_id, row.locale_id)
        ]
        for page in pages
    }
