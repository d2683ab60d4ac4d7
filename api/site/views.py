"""The view of every page of the site that Django is asked for."""

import json

from django.conf import settings
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from api.content.addresses import ABOUT
from api.releases.server import reader_of
from api.releases.views import page_not_found, released
from api.site.answers import answer


@csrf_exempt
@require_safe
def site_page(request, *args):
    """Show a page as the release has it or, where something is asked of it, the answer."""
    reader = reader_of(settings.RELEASES_DIR)
    release = reader.current()
    about = request.GET and reader.content_of(release, ABOUT.format(path=request.path))
    if about:
        return answer(request, release, json.loads(about))
    return released(request) or page_not_found(request)
