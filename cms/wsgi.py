"""The WSGI application: released pages and documents first, Django for the rest."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
django_application = get_wsgi_application()

# All of these read settings or models when they are imported, so Django must be set up before.
from django.conf import settings  # noqa: E402

from api.releases.follow import follow  # noqa: E402
from api.releases.server import PublicSite  # noqa: E402
from api.scoring.polling import Polling  # noqa: E402

application = PublicSite(Polling(django_application), settings.RELEASES_DIR)
# Granian loads this in each of its workers, after it has forked them.
follow(settings.RELEASES_DIR)
