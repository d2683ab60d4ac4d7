"""The shapes that only the API has: its index and its lists. Documents are declared in `toolkit.documents.shapes`."""

from functools import cache

from rest_framework import serializers

from toolkit.documents.shapes import DIRECTIONS, SUMMARIES

# Where the documents of each type are, and so which lists there are.
COLLECTIONS = {
    "stages": ["stage"],
    "marks": ["mark"],
    "quotes": ["quote"],
    "ideas": ["idea"],
    "terms": ["term"],
    "pages": ["page", "lake", "voices", "glossary"],
}
COLLECTION_OF = {kind: name for name, kinds in COLLECTIONS.items() for kind in kinds}


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


class CurrentIndex(Index):
    release = serializers.IntegerField(help_text="Id of the release that all answers come from.")


@cache
def list_shape(collection: str) -> type[serializers.Serializer]:
    """Give the shape of the list of a collection."""
    summary = SUMMARIES[COLLECTIONS[collection][0]]
    fields = {
        "count": serializers.IntegerField(),
        "next": serializers.CharField(allow_null=True),
        "previous": serializers.CharField(allow_null=True),
        "results": summary(many=True),
    }
    return type(f"{collection.capitalize()}List", (serializers.Serializer,), fields)


def api_path(document: dict) -> str:
    """Give the address in the API of a document, or of what a summary mentions."""
    start = f"/api/v1/{document['locale']}/"
    if document["type"] == "toolkit":
        return start
    return f"{start}{COLLECTION_OF[document['type']]}/{document['code']}/"
