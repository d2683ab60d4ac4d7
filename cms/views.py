"""The few views of the shell itself."""

from django.conf import settings
from django.http import Http404
from django.views.static import serve


def private_media(request, path):
    """Show an uploaded file that is not part of the release to those who may log in to the admin."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)
