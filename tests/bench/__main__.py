"""`python -m tests.bench`: prepare a site, measure, print, clean up."""

import io
import os
import shutil
import sys
import tempfile
from importlib import import_module
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
# A database of its own, in a file: what is measured writes to a disk.
DATABASE = Path(tempfile.mkdtemp(prefix="mark-bench-")) / "db.sqlite3"
os.environ["TEST_DATABASE_URL"] = f"sqlite:///{DATABASE}"
django.setup()

# `together` takes ten minutes by itself, so it is measured only when it is named.
# Loaded by name when they are measured: they read settings and models, for which Django must be set up.
PARTS = [
    "serving",
    "front",
    "choosing",
    "boards",
    "widget",
    "listing",
    "translating",
    "publishing",
    "editing",
    "withdrawing",
    "restoring",
    "starting",
    "lighthouse",
]
MARKS = 1_000


def main():
    try:
        print("Preparing the starter content (about a minute) …", flush=True)
        call_command("migrate", verbosity=0)
        # Committing the pages publishes them: the release that is served below.
        call_command("load_starter", language=["en"], stdout=io.StringIO())
        print("Measuring (about ten minutes; name parts to measure only them) …", flush=True)
        for name in sys.argv[1:] or PARTS:
            if name == "publishing":
                import_module("tests.bench.many_pages").add_marks(MARKS)
            import_module(f"tests.bench.{name}").measure()
            sys.stdout.flush()
        print("\nFigures are medians over all rounds, with the lowest and the highest. Compare within one run only.")
    finally:
        shutil.rmtree(settings.DATA_DIR)
        shutil.rmtree(DATABASE.parent)


main()
