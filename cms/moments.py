"""Moments as the admin shows them."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime


def moment(when: datetime) -> str:
    """Say a moment in the editor's language and time zone, as HTML."""
    local = localtime(when)
    machine, words = local.isoformat(timespec="seconds"), date_format(local, "DATETIME_FORMAT")
    return format_html('<time datetime="{}">{}</time>', machine, words)
