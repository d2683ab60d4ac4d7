"""The WSGI application: released pages and documents first, Django for the rest."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from environs import EnvError

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
try:
    django_application = get_wsgi_application()
except (ImproperlyConfigured, EnvError) as error:
    sys.exit(f"The settings are not right: {error}")

# All of these read settings or models when they are imported, so Django must be set up before.
from django.conf import settings  # noqa: E402

from api.releases.follow import follow  # noqa: E402
from api.releases.front.layout import keep_front  # noqa: E402
from api.releases.server import PublicSite  # noqa: E402
from api.scoring.polling import Polling  # noqa: E402
from cms.observing.requests import observed  # noqa: E402
from cms.spared import Spared  # noqa: E402

application = observed(PublicSite(Spared(Polling(django_application)), settings.RELEASES_DIR))
# In seconds. Python lets a thread that computes go on for five milliseconds while others wait to go on with what the
# database gave them: too long where each request asks it ten times.
sys.setswitchinterval(0.001)
# Granian loads this in each of its workers, after it has forked them.
follow(settings.RELEASES_DIR)
keep_front()
