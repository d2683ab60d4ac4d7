"""The ledger as a file for spreadsheets. The words themselves stay on this site: only a page's title is in it."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from cms.reports.exports import harmless_cell, plain_cell


class LedgerFile(SpreadsheetExportMixin):
    """Writes entries of the ledger as CSV or XLSX; a text is never a formula."""

    list_export = ["kind_name", "title", "locale", "naming_name", "name", "state_name", "date", "until", "scope"]
    export_headings = {
        "kind_name": _("What it is"),
        "title": _("Title"),
        "locale": _("Language"),
        "naming_name": _("How to name them"),
        "name": _("Name or role"),
        "state_name": _("Consent"),
        "date": _("Date of the answer"),
        "until": _("Until when"),
        "scope": _("What they agreed to"),
    }

    def get_filename(self):
        return "consent"

    def preprocess_field_value(self, field, value, export_format):
        cell = harmless_cell if export_format == self.FORMAT_CSV else plain_cell
        return cell(value.isoformat() if isinstance(value, date) else value)
