"""Plain names for the reports that Wagtail brings, and a line for each report that says what it is for."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView

# Ours say more: a page may be old and still be right, and translations have screens of their own.
REPLACED = ("aging-pages", "translations")
# By the name of the item in Wagtail's menu: the view, and what both are called here.
NAMES = {
    "locked-pages": (LockedPagesView, _("Locked pages")),
    "workflows": (WorkflowView, _("Sent for checking")),
    "workflow-tasks": (WorkflowTasksView, _("Steps of checking")),
    "site-history": (LogEntriesView, _("Everything that was done")),
    "page-types-usage": (PageTypesUsageReportView, _("Kinds of pages")),
}
# By the name of the item, too.
HELP = {
    "not-looked-at": _("Pages that nobody has published or looked at for long. Read them: are they still right?"),
    "broken-links": _("Links on our pages that lead nowhere, and links to other sites."),
    "wordless-pictures": _("Pictures that say nothing to people who cannot see them."),
    "changed-this-month": _("What was published, taken off the site or deleted, by whom, and when."),
    "is-it-clear": _("What readers say: which pages are clear to them, which are not, and what was hard."),
    "plain-language": _("What on our pages is hard to read, and what could stand there instead."),
    "locked-pages": _("Pages that somebody has locked, so that nobody else changes them in the meantime."),
    "workflows": _("What was sent to somebody to check before it goes live, and what became of it."),
    "workflow-tasks": _("Each step of that checking: what it is about, and since when it waits."),
    "site-history": _("Everything that anybody did in here, the newest first: to pages, pictures and all else."),
    "page-types-usage": _("How many pages there are of each kind, and which of them was changed last."),
}


def name_plainly():
    """Give Wagtail's reports their plain names, at the head of each screen, too."""
    for view, name in NAMES.values():
        view.page_title = name


def help_of(item) -> str:
    """Give the line that says what a report is for, by its item in the menu; one may bring its own."""
    return getattr(item, "help_text", "") or HELP.get(item.name, "")
