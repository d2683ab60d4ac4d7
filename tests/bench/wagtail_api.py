"""Wagtail's own API over the same pages, as its documentation sets it up: what ours is compared with."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.wagtail_api_settings"

application = get_wsgi_application()
