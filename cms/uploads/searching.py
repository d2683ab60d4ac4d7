"""Searching among pictures and files, where Wagtail's index of words does not find its way.

It cannot filter by how often they are used. And SQLite takes a quotation mark in a word for the end of it.
"""

from django.db import connection
from django.utils.module_loading import import_string
from wagtail.documents.views.documents import IndexView as Documents
from wagtail.images.views.images import IndexView as Images
from wagtail.models import ReferenceIndex


def among_found(search):
    """Give a way to search a list of which a count has been asked: it is counted first, and then searched."""

    def search_queryset(view, queryset):
        if view.is_searching and "usage_count" in queryset.query.annotations:
            found = queryset.order_by().values_list("pk", flat=True)
            counted = view.model.objects.annotate(usage_count=ReferenceIndex.usage_count_subquery(view.model))
            queryset = counted.filter(pk__in=list(found))
        return search(view, queryset)

    return search_queryset


def as_sql(lexeme, compiler, connection) -> tuple[str, list[str]]:
    """Write a word for SQLite's index: within quotation marks, a quotation mark is written twice."""
    return '"%s"*' if lexeme.prefix else '"%s"', [lexeme.value.replace('"', '""')]


def connect():
    """Take the place of the lists' and the index's own way, which there is no other way to change."""
    if connection.vendor == "sqlite":
        # With another database, this cannot be imported.
        import_string("modelsearch.backends.database.sqlite.query.Lexeme").as_sql = as_sql
    for view in (Documents, Images):
        view.search_queryset = among_found(view.search_queryset)
