"""The views of the content API that show what the release holds at their address.

The WSGI layer answers most requests before Django sees them; these views are the contract (OpenAPI is made from
them), and they answer for everything that is not there.
"""

import json

from django.conf import settings
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema
from rest_framework.exceptions import NotFound

from api.content.addresses import SPOKEN, operation_name, shape_name
from api.content.answers import Readable, made_answer, unchanged_answer
from api.content.shapes import CurrentIndex
from api.problems import Problem
from api.releases.server import reader_of
from api.releases.views import INDEX_PATH, released
from api.widget.shapes import WidgetDocument
from toolkit.documents.addresses import COLLECTIONS
from toolkit.documents.canonical import canonical_bytes, digest
from toolkit.documents.shapes import DOCUMENTS


class Released(Readable):
    """What the release holds at this address."""

    def get(self, request, **kwargs):
        response = released(request)
        if response is None:
            raise NotFound
        return response


class Nowhere(Readable):
    """An address at which there is nothing: it says just what one says at which nothing is public."""

    def get(self, request, **kwargs):
        raise NotFound


class IndexView(Readable):
    """Locales, the current release, and where the contract is."""

    @extend_schema(operation_id="index", summary="Where everything begins", responses={200: CurrentIndex})
    def get(self, request):
        reader = reader_of(settings.RELEASES_DIR)
        release = reader.current()
        index = reader.content_of(release, INDEX_PATH)
        if index is None:
            raise NotFound
        body = canonical_bytes(CurrentIndex({**json.loads(index), "release": release.id}).data)
        return unchanged_answer(request, digest(body)) or made_answer(request, body, digest(body))


def released_view(operation: str, shape, summary: str):
    """Make the view class of one kind of released resource, with its part of the contract."""

    class View(Released):
        @extend_schema(operation_id=operation, summary=summary, responses={200: shape, 410: Problem})
        def get(self, request, **kwargs):
            return super().get(request, **kwargs)

    return View


def document_shape(collection: str):
    """Give the shape of the documents of a collection."""
    kinds = COLLECTIONS[collection]
    if len(kinds) == 1:
        return DOCUMENTS[kinds[0]]
    return PolymorphicProxySerializer(
        component_name=shape_name(collection, "Document"),
        serializers={kind: DOCUMENTS[kind] for kind in kinds},
        resource_type_field_name="type",
    )


widget_view = released_view("get_widget", WidgetDocument, "All that the scoring widget needs")
outline_view = released_view("toolkit", DOCUMENTS["toolkit"], "The toolkit: its stages and their marks")
document_views = {
    name: released_view(
        operation_name("get", name), document_shape(name), f"One of the {SPOKEN.get(name, name)}, in full"
    )
    for name in COLLECTIONS
}
