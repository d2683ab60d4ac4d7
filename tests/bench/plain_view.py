"""A plain Django REST framework view that answers what `api.scoring.polling` answers: what it is compared with."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.plain_view_settings"

application = get_wsgi_application()
