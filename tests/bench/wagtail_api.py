"""Wagtail's own API over the same pages, as its documentation sets it up: what ours is compared with."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.wagtail_api_settings"

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
