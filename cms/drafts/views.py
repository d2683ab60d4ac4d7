"""What somebody without an account sees at the addresses of a shared draft.

There is no telling a token that never was from one that has ended: both get what any unknown address gets.
"""

from functools import wraps

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework.exceptions import NotFound

from api.content.answers import Readable
from api.problems import Problem
from api.releases.views import page_not_found
from cms.drafts.sharing import find_draft, note_use
from cms.drafts.showing import draft_document, draft_file, draft_html
from cms.media.answers import media_response
from toolkit.documents.canonical import canonical_bytes
from toolkit.documents.shapes import DOCUMENTS

# Nobody keeps a draft, and no search engine shows one.
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
ANY_DOCUMENT = PolymorphicProxySerializer("DraftDocument", DOCUMENTS, resource_type_field_name="type")
TOKEN = OpenApiParameter("token", str, OpenApiParameter.PATH, description="What the link to the draft ends with.")


def private(view):
    """Let a view be asked by anybody for reading, and its answers be kept by nobody."""

    @csrf_exempt
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = require_safe(view)(request, *args, **kwargs)
        return with_headers(response, PRIVATE)

    return answer


def with_headers(response: HttpResponse, headers: dict) -> HttpResponse:
    """Give a response with these headers in the place of its own."""
    for name, value in headers.items():
        response[name] = value
    return response


@private
def draft_page(request, token):
    """Show a draft as readers would see it."""
    now = timezone.now()
    draft = find_draft(token=token, now=now)
    if draft is None:
        return page_not_found(request)
    html = draft_html(draft, address_of(token))
    if request.method == "GET":
        note_use(link=draft.link, now=now)
    return HttpResponse(html)


@private
def draft_media(request, token, path):
    """Show a picture or file that the draft has, and no other."""
    draft = find_draft(token=token, now=timezone.now())
    file = draft and draft_file(draft, f"{settings.MEDIA_URL}{path}")
    if not file:
        return page_not_found(request)
    return media_response(file.storage, file.name, request)


class DraftDocumentView(Readable):
    """A draft as a document: the only answer of the API that does not come from a release."""

    @extend_schema(
        operation_id="get_draft",
        summary="A draft that somebody has shared, in full",
        parameters=[TOKEN],
        responses={200: ANY_DOCUMENT, 404: Problem, 503: Problem},
    )
    def get(self, request, token):
        now = timezone.now()
        draft = find_draft(token=token, now=now)
        if draft is None:
            raise NotFound
        body = canonical_bytes(draft_document(draft, address_of(token)))
        if request.method == "GET":
            note_use(link=draft.link, now=now)
        return HttpResponse(body, "application/json")

    def finalize_response(self, *args, **kwargs):
        return with_headers(super().finalize_response(*args, **kwargs), PRIVATE)


def address_of(token: str) -> str:
    """Give the address of a draft's page, without the slash at its end."""
    return reverse("draft", args=[token]).rstrip("/")
