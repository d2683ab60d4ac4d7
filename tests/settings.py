"""Settings of the test run: the same as the real ones, on data of its own, on either database."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-" * 4)
# Each process of a parallel run imports this file and so gets a folder of its own.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="mark-tests-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
# TEST_DATABASE_URL=postgres://… runs the same tests on PostgreSQL.
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", "sqlite://:memory:")

from cms.settings import *  # noqa: E402, F403

# Two runs at the same time do not take each other's database away.
DATABASES["default"]["TEST"] = {"NAME": f"test_mark_{os.getpid()}"} if "TEST_DATABASE_URL" in os.environ else {}  # noqa: F405

API_REQUESTS_PER_MINUTE = BOARDS_PER_HOUR = BOARD_GUESSES_PER_MINUTE = OFFERS_PER_HOUR = FEEDBACK_PER_HOUR = 0
SECURE_SSL_REDIRECT = False
# Those who look at the PDF turn it on: with every publish it would be most of what is waited for.
BOOKLET = False
# So with the pictures for social media: 200 of them are drawn for each publish of the starter content.
SOCIAL_PICTURES = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT.mkdir()  # noqa: F405
