"""Our settings with the plain view, and nothing but it, at its address; connections as a new project has them.

The marks: settings that build on others take all of their names, as Django has it.
"""

import os

from cms.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.plain_view_urls"
# In seconds. Without it, each request opens a connection of its own.
DATABASES["default"]["CONN_MAX_AGE"] = int(os.environ.get("BENCH_CONN_MAX_AGE", "0"))  # noqa: F405
