"""Our settings with the plain view, and nothing but it, at its address.

The marks: settings that build on others take all of their names, as Django has it.
"""

from cms.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.plain_view_urls"
