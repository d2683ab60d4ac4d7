"""The few views of the shell itself."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.views.static import serve

from api.problems import plain_problem
from api.releases import views as public

RETRY_SECONDS = 30


def private_media(request, path):
    """Show an uploaded file that is not part of the release to those who may log in to the admin."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def server_error(request):
    """Say that something broke; where it is only that the database is away, say that, and when to come back."""
    if isinstance(sys.exc_info()[1], (InterfaceError, OperationalError)):
        headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
        if request.path.startswith("/api/"):
            return plain_problem(503, headers)
        if not request.path.startswith("/admin/"):
            return public.apology(request, public.WAITING_PATH, 503, headers)
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
    return public.server_error(request)
