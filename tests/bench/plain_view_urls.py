"""The address of the plain view."""

from django.db import connection
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from api.scoring.polling import BOARD, VERSIONS, bearer, etag
from api.scoring.tokens import digest_of


class PlainView(APIView):
    """Says that a board has not changed, by the same read."""

    def get(self, request):
        with connection.cursor() as cursor:
            cursor.execute(VERSIONS, [digest_of(bearer(request.META))])
            row = cursor.fetchone()
        tag = etag(row[0], row[1], row[3])
        return Response(status=304 if request.headers.get("If-None-Match") == tag else 200, headers={"ETag": tag})


urlpatterns = [path(BOARD.removeprefix("/"), PlainView.as_view())]
