"""`python -m tests.bench`: prepare a site, measure, print, clean up."""

import io
import os
import shutil

import django
from django.conf import settings
from django.core.management import call_command

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.pop("TEST_DATABASE_URL", None)
django.setup()

from tests.bench import publishing, serving  # noqa: E402


def main():
    try:
        print("Preparing the starter content (about a minute) …", flush=True)
        call_command("migrate", verbosity=0)
        # Committing the pages publishes them: the release that is served below.
        call_command("load_starter", stdout=io.StringIO())
        print("Measuring (about a minute) …", flush=True)
        publishing.measure()
        serving.measure()
        print("\nFigures are medians over all rounds, with the lowest and the highest. Compare within one run only.")
    finally:
        shutil.rmtree(settings.DATA_DIR)


main()
