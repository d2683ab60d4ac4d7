"""Our settings with Wagtail's own API, and nothing but it, at its addresses.

The marks: settings that build on others take all of their names, as Django has it.
"""

from cms.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.api.v2"]  # noqa: F405
ROOT_URLCONF = "tests.bench.wagtail_api_urls"
REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]}
