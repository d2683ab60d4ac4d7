"""The shapes that only the API has: its index and its lists. Documents are declared in `toolkit.documents.shapes`."""

from functools import cache

from rest_framework import serializers

from api.content.addresses import shape_name
from toolkit.documents.addresses import COLLECTIONS
from toolkit.documents.shapes import DIRECTIONS, SUMMARIES, Mention

CORRECTED = "Where nothing has the words that were asked for: the words that were searched for in their place."


class LocaleLink(serializers.Serializer):
    locale = serializers.CharField()
    name = serializers.CharField(help_text="The language's name in the language itself.")
    dir = serializers.ChoiceField(DIRECTIONS)
    path = serializers.CharField(help_text="Address of the home page.")
    api = serializers.CharField(help_text="Address of the toolkit document.")


class Index(serializers.Serializer):
    """The start of the API."""

    schema_version = serializers.IntegerField()
    locales = LocaleLink(many=True)
    openapi = serializers.CharField(help_text="Address of the contract.")
    docs = serializers.CharField(help_text="Address of the same for people.")
    changes = serializers.CharField(help_text="Address of what changed since a release.")


class CurrentIndex(Index):
    release = serializers.IntegerField(help_text="Id of the release that all answers come from.")


@cache
def list_shape(collection: str) -> type[serializers.Serializer]:
    """Give the shape of the list of a collection."""
    summary = SUMMARIES[COLLECTIONS[collection][0]]
    fields = {
        "count": serializers.IntegerField(help_text="How many there are on all pages of the list together."),
        "next": serializers.CharField(allow_null=True, help_text="Address of the next page, null on the last."),
        "previous": serializers.CharField(allow_null=True, help_text="That of the page before, null on the first."),
        "results": summary(many=True),
        "corrected": serializers.CharField(required=False, help_text=f"Only with `q`. {CORRECTED}"),
    }
    return type(shape_name(collection, "List"), (serializers.Serializer,), fields)


class SearchResult(Mention):
    """Something that was found."""

    kind = serializers.CharField(help_text="What kind of quote or idea it is, empty for other things.")
    excerpt = serializers.CharField(help_text="Words around what was found, as HTML; <mark> stands around each hit.")


class SearchPage(serializers.Serializer):
    """A page of what was found, the best first."""

    count = serializers.IntegerField(
        help_text="How many things were found, on all pages together; in each language, the best 1,000."
    )
    next = serializers.CharField(allow_null=True, help_text="Address of the next page, null on the last.")
    previous = serializers.CharField(allow_null=True, help_text="That of the page before, null on the first.")
    corrected = serializers.CharField(help_text=CORRECTED)
    results = SearchResult(many=True)


CHANGE_KINDS = ["added", "changed", "moved", "gone"]


class Change(serializers.Serializer):
    """What happened at one public address: of a document, a page of the site, a picture, a stylesheet."""

    change = serializers.ChoiceField(CHANGE_KINDS)
    path = serializers.CharField(help_text="The address.")
    type = serializers.CharField(help_text="Media type of what is there now, empty where nothing is.")
    etag = serializers.CharField(help_text="Its ETag, without the quotes: whoever has these bytes need not get them.")
    location = serializers.CharField(help_text="Where it has moved to, else empty.")


class ChangesPage(serializers.Serializer):
    """A page of what changed from one release to another, by address."""

    since = serializers.IntegerField(help_text="The release that you have.")
    release = serializers.IntegerField(help_text="The release that you have after these changes: ask since it next.")
    count = serializers.IntegerField(help_text="How many changes there are on all pages together.")
    next = serializers.CharField(allow_null=True, help_text="Address of the next page, null on the last.")
    previous = serializers.CharField(allow_null=True, help_text="That of the page before, null on the first.")
    results = Change(many=True)
