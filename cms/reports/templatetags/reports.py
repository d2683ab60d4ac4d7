"""What stands above a report."""

from django import template
from django.urls import reverse
from wagtail.admin.menu import reports_menu

from cms.reports.names import help_of

register = template.Library()


@register.simple_tag
def report_help(view) -> str:
    """Give the line that says what a report is for, "" of a view that is none."""
    name = getattr(view, "index_url_name", None)
    address = name and reverse(name)
    return next((help_of(item) for item in reports_menu.registered_menu_items if item.url == address), "")
