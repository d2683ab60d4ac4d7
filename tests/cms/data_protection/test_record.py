"""The record of what is kept about people has all of it, and the page about it says what the code does."""

import json
import os
import re
import sqlite3
from collections import Counter
from contextlib import closing
from time import time

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import UploadedFile

from api.feedback import services as feedback
from api.limits import FILE, shared_counter
from api.offers import ending as offers
from cms.data_protection.leftovers import UPLOADS_KEPT
from cms.data_protection.record import Person, fields_in, fields_there
from cms.data_protection.retention import NO_CLOCK
from cms.data_protection.stored import FILES, ITEMS, NOT_ABOUT_PEOPLE
from cms.data_protection.writing import as_markdown
from cms.worker.housekeeping import HOOKS, forget_counted_networks, forget_leftovers

PAGE = settings.BASE_DIR / "docs/data-protection.md"
BEGIN, END = "<!-- manage.py data_record -->\n", "<!-- end -->\n"
# Which columns the index of the search has depends on the database.
OF_ONE_DATABASE = ("wagtailsearch.IndexEntry", "wagtailsearch.SQLiteFTSIndexEntry")


def declared() -> list[tuple[str, str]]:
    return [pair for fields in (*(item.fields for item in ITEMS), NOT_ABOUT_PEOPLE) for pair in fields_in(fields)]


def test_every_field_has_a_line():
    assert sorted(set(fields_there()) - set(declared())) == [], "Each needs a line in cms/data_protection/stored.py."


def test_no_field_has_two_lines_or_is_gone():
    assert [pair for pair, times in Counter(declared()).items() if times > 1] == []
    gone = sorted(set(declared()) - set(fields_there()))
    assert [pair for pair in gone if pair[0] not in OF_ONE_DATABASE] == []


def test_whatever_names_an_account_is_about_people():
    from_items = {pair for item in ITEMS for pair in fields_in(item.fields)}
    telling = re.compile(r"(^|_)(user|email|username|password|ip_address|owner|locked_by|made_by)(_|$)")
    kept_apart = {("cms.Publisher", "owner")}
    kept_apart |= {(f"wagtailcore.{kind}ViewRestriction", "password") for kind in ("Page", "Collection")}
    found = {pair for pair in fields_there() if telling.search(pair[1])}
    assert found - from_items == kept_apart


def test_every_clock_of_the_worker_is_told():
    told = {kept.by for item in ITEMS for kept in item.kept if kept.by}
    hooks = {hook for _seconds, hook in HOOKS}
    assert told.isdisjoint(NO_CLOCK)
    assert hooks == told | NO_CLOCK, "What the worker deletes, and when, stands in cms/data_protection/retention.py."


def files_of_code() -> set[str]:
    """Give the names that the code has for files below the data folder, and below the releases."""
    found = set()
    for room in ("toolkit", "api", "cms"):
        for source in (settings.BASE_DIR / room).rglob("*.py"):
            text = source.read_text()
            for name in re.findall(r"\bDATA_DIR / (\"[^\"]+\"|[A-Z]+)", text):
                given = re.search(rf"^{name} = (\"[^\"]+\")$", text, re.MULTILINE)
                # What one module names for another stands there as a text, too.
                if name.startswith('"') or given:
                    found.add((given[1] if given else name).strip('"'))
    return found


def test_every_file_has_a_line():
    declared = {file.name.rstrip("/") for file in FILES}
    found = {name.removesuffix(".unfinished") for name in files_of_code()}
    assert {"releases", "media", "worker.log", "limits.sqlite3"} <= found
    assert found - declared == set(), "Each needs a line in FILES of cms/data_protection/stored.py."


def test_files_of_items_have_a_line():
    assert {file for item in ITEMS for file in item.files} <= {file.name for file in FILES}


def test_page_says_what_the_record_says():
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    told, after = rest.split(END)
    now = f"\n{as_markdown()}\n"
    if os.environ.get("REWRITE_EXAMPLES"):
        PAGE.write_text(f"{before}{BEGIN}{now}{END}{after}", encoding="utf-8")
        told = now
    assert told == now, "REWRITE_EXAMPLES=1 writes it anew; look at what is different."


def test_command_prints_both_forms(command):
    assert command("data_record") == as_markdown()
    record = json.loads(command("data_record", format="json"))
    assert list(record["people"]) == [person.value for person in Person]
    account = record["people"][Person.TRANSLATOR.value][0]
    assert account["fields"]["auth.User"][:2] == ["username", "first_name"]


def test_every_item_is_whole():
    for item in ITEMS:
        assert item.about and item.kept, item.name
        for sentence in (item.what, item.why, item.seen, item.ends, *(kept.words for kept in item.kept)):
            assert not sentence[0].islower(), sentence
            assert sentence.endswith("."), sentence


@pytest.mark.parametrize(
    ("language", "feedback_words", "offer_words"),
    [
        ("en", "we delete your answer after a year", "deleted after {} days"),
        ("cy", "dileu’ch ateb ar ôl blwyddyn", "ar ôl {} diwrnod"),
    ],
)
def test_privacy_statement_says_the_same(language, feedback_words, offer_words):
    text = (settings.BASE_DIR / f"toolkit/starter/{language}/privacy.md").read_text(encoding="utf-8")
    assert feedback.KEPT.days == 365
    assert feedback_words in text
    assert offer_words.format(offers.KEPT.days) in text


@pytest.mark.django_db
def test_what_nobody_has_finished_goes(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for name in ("old.mp3", "new.mp3"):
        UploadedFile.objects.create(file=ContentFile(b"Half.", name=name))
    old = UploadedFile.objects.get(file__endswith="old.mp3").file
    days_ago = (timezone.now() - 2 * UPLOADS_KEPT).timestamp()
    os.utime(old.path, (days_ago, days_ago))
    forget_leftovers()
    assert [upload.file.name for upload in UploadedFile.objects.all()] == ["wagtail_uploads/new.mp3"]
    assert [path.name for path in (tmp_path / "wagtail_uploads").iterdir()] == ["new.mp3"]


def test_networks_are_forgotten_when_their_hour_is_over(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    shared_counter().ask(b"a network", most=1, seconds=3600, now=time() - 3601)
    shared_counter().ask(b"another", most=1, seconds=3600, now=time())
    forget_counted_networks()
    with closing(sqlite3.connect(tmp_path / FILE)) as counted:
        assert counted.execute("select name from reader").fetchall() == [(b"another",)]
