"""The address of the plain view."""

from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from api.scoring.polling import BOARD, bearer, etag
from api.scoring.state import wording_of
from api.scoring.statements import versions_of
from api.scoring.tokens import digest_of


class PlainView(APIView):
    """Says that a board has not changed, by the same read."""

    def get(self, request):
        at = versions_of(digest_of(bearer(request.META)))
        tag = etag(at.board, at.own, at.locale, wording_of(at.board_id, at.shape, at.locale))
        return Response(status=304 if request.headers.get("If-None-Match") == tag else 200, headers={"ETag": tag})


urlpatterns = [path(BOARD.removeprefix("/"), PlainView.as_view())]
