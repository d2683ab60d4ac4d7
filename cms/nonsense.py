"""What no screen of the admin sends is refused with a sentence: views of libraries break on it in many ways."""

import logging
import re
from collections.abc import Iterator
from traceback import walk_tb

from django.core.exceptions import BadRequest, ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError
from django.db.models import ProtectedError
from django.http import HttpRequest, QueryDict
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.admin.forms.choosers import URLOrAbsolutePathField
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.views.workflows import Edit as EditWorkflow
from wagtail.blocks import StreamBlock

from api.releases.views import bad_request

logger = logging.getLogger(__name__)

ADMIN = "/admin/"
OURS = ("api.", "cms.", "toolkit.")
# How many rows a form says that it has, and had: each is made anew, and has a field that is sent.
ROWS = re.compile(r"(.*)-(?:TOTAL|INITIAL)_FORMS")
# The number of a row, in the name of one of its fields.
ROW = re.compile(r"-\d+(?=-)")
DIGITS = re.compile(r"[0-9]{1,6}")
# In characters. Each word stands within the expression of the one before: a thousand are too deep for Python.
LONGEST_SEARCH = 500
# In characters. No link of ours is as long, and SQLite looks for nothing that is much longer.
LONGEST_QUERY = 8000
# What Django and SQLite say of a value that a column cannot hold.
NOT_OF_A_COLUMN = re.compile(r"Field '\w+' expected a number but got |Python int too large to convert to SQLite ")
# What libraries have to read a form with: where one of these breaks, it is on what was sent.
READERS = {
    reader.__code__
    for reader in (
        ContentstateConverter.to_database_format,
        StreamBlock.value_from_datadict,
        URLOrAbsolutePathField.to_python,
        EditWorkflow.get_paginated_pages,
    )
}


class RefuseNonsense:
    """Middleware: views see only what makes sense, and where they break on what was sent, it is nobody's fault here.

    What breaks for another reason stays a server error, and is reported.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.path.startswith(ADMIN):
            for problem in problems(request):
                raise BadRequest(problem)

    def process_exception(self, request, exception):
        sent = request.POST if "next" in request.POST else request.GET
        if not request.path.startswith(ADMIN) or not is_about_what_was_sent(exception, sent):
            return None
        logger.warning("What was sent is not what was asked for: %s", type(exception).__name__, exc_info=exception)
        return bad_request(request, exception)


def problems(request: HttpRequest) -> Iterator[str]:
    """Say what is wrong about an address, a query or a form, whatever they are about."""
    # PostgreSQL has no text with a NUL in it, and SQLite finds none. Of a form, fields say so themselves.
    if "\0" in request.path or any("\0" in text for name, texts in request.GET.lists() for text in (name, *texts)):
        yield "a NUL in the address"
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        yield "an address that is longer than any"
    if len(request.GET.get("q", "")) > LONGEST_SEARCH:
        yield "a search for more words than any text has"
    sent = {name[: row.end()] for name in request.POST for row in ROW.finditer(name)}
    for name, text in request.POST.items():
        if rows := ROWS.fullmatch(name):
            if not DIGITS.fullmatch(text) or int(text) > len(sent) or missing(rows[1], int(text), sent):
                yield "a number of rows that were not sent"
            if f"{rows[1]}-TOTAL_FORMS" not in request.POST:
                yield "rows, and not how many"


def missing(prefix: str, count: int, sent: set[str]) -> bool:
    """Tell whether any of so many rows of a form was not sent."""
    return any(f"{prefix}-{number}" not in sent for number in range(count))


def is_about_what_was_sent(error: Exception, sent: QueryDict) -> bool:
    """Tell whether a view broke on a field that was not sent, on what is not there, or on what cannot be kept."""
    frames = [frame for frame, _line in walk_tb(error.__traceback__)]
    if isinstance(error, NoReverseMatch):
        # Wagtail leads on to `next`, which Django takes for the name of a view where it is no address.
        return any(one.f_code is resolve_url.__code__ and one.f_locals["to"] == sent.get("next") for one in frames)
    if any(one.f_code in READERS for one in frames):
        return True
    if isinstance(error, (ValueError, OverflowError)):
        return bool(NOT_OF_A_COLUMN.match(str(error)))
    # Two who save a screen at the same time may both add what there can be once.
    if isinstance(error, (ObjectDoesNotExist, ProtectedError, ValidationError, IntegrityError)):
        # Where our own code was at work, it is to say itself what is wrong.
        return not any(one.f_globals["__name__"].startswith(OURS) for one in frames)
    return isinstance(error, (MultiValueDictKeyError, DataError))
