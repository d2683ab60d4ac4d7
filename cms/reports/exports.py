"""Reports as files for spreadsheets, in which a text is always a text, and never a formula."""

import re
from datetime import datetime

from django.utils.timezone import localtime

from api.scoring.exports.files import FORMULA_STARTS

# What XML, and so a spreadsheet, cannot hold.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
# By which Excel tells that a table is in UTF-8.
MARK = "\ufeff".encode()


def plain_cell(value):
    """Give what a cell holds: a moment in the editors' time zone, a number, or a text."""
    if isinstance(value, datetime):
        return localtime(value).replace(tzinfo=None, microsecond=0)
    if value is None or isinstance(value, bool | int | float):
        return value
    return UNPRINTABLE.sub("", str(value))


def harmless_cell(value):
    """Give the same for a table of plain text: an apostrophe stands before what would be taken for a formula."""
    cell = plain_cell(value)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
