"""A plain Django REST framework view that answers what `api.scoring.polling` answers: what it is compared with.

Our settings, with nothing but the view at its address. Its connections are those of a new project, one for each
request, unless BENCH_CONN_MAX_AGE says for how many seconds they are kept.
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings"
settings.ROOT_URLCONF = "tests.bench.plain_view_urls"
settings.DATABASES["default"]["CONN_MAX_AGE"] = int(os.environ.get("BENCH_CONN_MAX_AGE", "0"))
application = get_wsgi_application()
