"""Taking words back: nothing of them is left anywhere, and nothing brings them back."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from api.feedback.models import Answer
from api.releases.manifest import current_id, current_release, release_ids
from api.releases.verify import WITHDRAWN, release_faults
from cms.consent.withdrawal.traces import files_with, tables_with
from cms.consent.withdrawal.withdraw import PATIENCE, finish_what_is_left, keep_out, withdraw
from cms.drafts.sharing import find_draft
from cms.publishing import purging
from cms.publishing.publish import publish
from cms.publishing.rollback import UnableToRollBack, roll_back
from tests.cms.consent.planted import planted_site
from tests.needles import all_bytes
from tests.releases import copy_releases
from tests.small_site import fresh
from toolkit.bundle.export import export_folder
from toolkit.bundle.merge import merge_folder
from toolkit.consent import Consent
from toolkit.importing.drafts import import_drafts
from toolkit.importing.rules import classify
from toolkit.importing.sources import read_lines
from toolkit.models import Quote, Withdrawal

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def planted(made_once):
    """The site with words in all places, made once, and where it keeps its releases."""
    return made_once(planted_site)


@pytest.fixture
def site(db, planted, tmp_path, settings):
    """A copy of its releases, for this test alone."""
    site, folder = planted
    settings.DATA_DIR = tmp_path / "data"
    settings.RELEASES_DIR = settings.DATA_DIR / "releases"
    copy_releases(folder, settings.RELEASES_DIR)
    return site


def take_all_back(site):
    quote = site.pages["it-happened"]
    withdraw(quote.key, Withdrawal.Kind.QUOTE)
    withdraw(site.credit.translation_key, Withdrawal.Kind.CREDIT)


def found(phrases, folder: Path) -> list[str]:
    """Give where any of some phrases stands: tables of the database, files, unpacked."""
    tables = [f"{model._meta.label} {rows}" for model, rows in tables_with(phrases)]
    words = [" ".join(phrase.split()[:3]).encode() for phrase in phrases]
    files = [path.name for path, content in all_bytes(folder) if any(word in content for word in words)]
    return tables + files


def test_words_are_planted_everywhere(site, settings):
    assert len(site.phrases) >= 50
    places = found(site.phrases, settings.DATA_DIR)
    kept = ("toolkit.Quote", "toolkit.IdeaCredit", "toolkit.Proposal", "toolkit.ThingStanding", "webhooks.Delivery")
    kept += ("wagtailcore.Revision", "wagtailcore.PageLogEntry", "wagtailcore.Comment", "wagtailcore.TaskState")
    kept += ("wagtail_localize.StringTranslation", "wagtail_localize.String", "cms.Failure")
    assert {name for name in kept if not any(place.startswith(f"{name} ") for place in places)} == set()
    assert {"1.sqlite3", "2.sqlite3"} & set(places)
    assert sum(len(name) == 64 for name in places) > 20


def test_readers_notes_lose_the_words_and_count(site):
    quote = site.pages["it-happened"]
    said = {"page": site.pages["hearing"].key, "locale": "en", "release": 1, "is_clear": False}
    for words in (f"I do not get “{site.phrases[0]}”.", "Something else"):
        Answer.objects.create(**said, words=words, day=timezone.localdate())
    assert ["feedback", 1] in withdraw(quote.key, Withdrawal.Kind.QUOTE).report
    assert sorted(Answer.objects.values_list("words", flat=True)) == ["", "Something else"]


def test_nothing_is_left(site, settings):
    (settings.DATA_DIR / "worker.log").write_text(f"WARNING: {site.phrases[0]}\nWARNING: all is well\n")
    take_all_back(site)
    assert found(site.phrases, settings.DATA_DIR) == []
    assert not list(files_with(site.phrases))
    assert (settings.DATA_DIR / "worker.log").read_text() == "WARNING: ***\nWARNING: all is well\n"
    assert find_draft(token=site.token, now=fresh(site.pages["hearing"]).last_published_at) is None


def test_report_says_where_it_was(site):
    quote = site.pages["it-happened"]
    report = dict(withdraw(quote.key, Withdrawal.Kind.QUOTE).report)
    assert report["versions"] > 4
    assert report["pages"] == 3
    assert report["releases"] > 3
    assert {"translations", "comments", "reviews", "history", "sessions", "files"} <= report.keys()
    assert "still" not in report


def test_what_cites_the_words_is_named(site):
    quote, mark = fresh(site.pages["it-happened"]), fresh(site.pages["speaking"])
    mark.body = [("text", quote.words)]
    mark.save_revision().publish()
    report = withdraw(quote.key, Withdrawal.Kind.QUOTE).report
    assert ["still", "Speaking"] in [list(one) for one in report]


def test_copy_goes_as_well(site):
    quote = fresh(site.pages["it-happened"])
    copied = quote.copy(update_attrs={"slug": "copied"}, keep_live=True)
    withdraw(quote.key, Withdrawal.Kind.QUOTE)
    assert fresh(copied).words == ""
    assert fresh(copied).consent == Consent.WITHDRAWN


def test_other_words_and_all_releases_stay(site, settings):
    folder = settings.RELEASES_DIR
    before = release_ids(folder)
    take_all_back(site)
    ids = release_ids(folder)
    assert set(before) < set(ids)
    assert release_faults(folder, ids) == []
    assert current_release(folder).id == ids[-1]
    assert fresh(site.pages["hearing"]).live
    publish()
    assert current_id(folder) == ids[-1]


def test_rollback_brings_nothing_back(site, settings):
    folder = settings.RELEASES_DIR
    take_all_back(site)
    for release_id in release_ids(folder)[:-1]:
        roll_back(folder, release_id)
        assert found(site.phrases, settings.DATA_DIR) == []
    publish(everything=True)
    assert found(site.phrases, settings.DATA_DIR) == []


def test_rollback_waits_until_all_is_taken_back(site, settings, monkeypatch):
    """Of the words, older releases are rid only after the publish."""
    folder = settings.RELEASES_DIR
    older = release_ids(folder)[0]

    def fails(*arguments, **options):
        raise OSError("the storage is away")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="the storage is away"):
        patch.setattr(purging, "push_without", fails)
        take_all_back(site)
    with pytest.raises(UnableToRollBack, match="Somebody is just taking words back.*manage.py withdrawals"):
        roll_back(folder, older)
    finish_what_is_left(now=timezone.now() + PATIENCE + timedelta(minutes=1))
    take_all_back(site)
    roll_back(folder, older)
    assert found(site.phrases, settings.DATA_DIR) == []


def test_older_backup_of_the_database_brings_nothing_back(site, settings):
    with transaction.atomic():
        take_all_back(site)
        transaction.set_rollback(True)
    assert tables_with(site.phrases)
    assert Withdrawal.objects.count() == 0
    publish()
    assert Withdrawal.objects.count() == 2
    assert found(site.phrases, settings.DATA_DIR) == []


def put_back(older: Path, folder: Path):
    """Put an older copy of a folder back, as from a backup: what is not in it stays."""
    shutil.copytree(older, folder, dirs_exist_ok=True)


def test_older_copy_of_the_releases_brings_nothing_back(site, settings, tmp_path):
    shutil.copytree(settings.RELEASES_DIR, tmp_path / "older")
    take_all_back(site)
    put_back(tmp_path / "older", settings.RELEASES_DIR)
    keep_out()
    assert found(site.phrases, settings.DATA_DIR) == []


def test_rollback_in_an_older_copy_is_refused_and_brings_nothing_back(site, settings, tmp_path):
    shutil.copytree(settings.RELEASES_DIR, tmp_path / "older")
    take_all_back(site)
    put_back(tmp_path / "older", settings.RELEASES_DIR)
    older = release_ids(settings.RELEASES_DIR)[1]
    with pytest.raises(UnableToRollBack, match="manage.py withdrawals"):
        roll_back(settings.RELEASES_DIR, older)
    call_command("withdrawals")
    roll_back(settings.RELEASES_DIR, older)
    assert found(site.phrases, settings.DATA_DIR) == []


def test_bundle_brings_nothing_back(site, settings, tmp_path):
    export_folder(tmp_path / "bundle", now=timezone.now())
    take_all_back(site)
    merge_folder(tmp_path / "bundle")
    assert found(site.phrases, settings.DATA_DIR) == []


def test_export_holds_nothing(site, tmp_path):
    take_all_back(site)
    export_folder(tmp_path / "bundle", now=timezone.now())
    assert found(site.phrases, tmp_path / "bundle") == []


def test_document_brings_nothing_back(site, settings, tmp_path):
    quote = fresh(site.pages["it-happened"])
    said = [part.split("</p>")[0] for part in quote.words.split("<p>")[1:]]
    take_all_back(site)
    document = tmp_path / "old.txt"
    document.write_text(
        f"First stage\nMarks of co-production\nHearing\n“{said[0]}”\n{said[1]} And more.\nWe listen.\n"
    )
    report = import_drafts(classify(read_lines(document)), locale="en", stage="first-stage")
    assert [one for one in report.there if "taken back" in one]
    document.unlink()
    assert found(site.phrases, tmp_path) == []


def test_open_editor_brings_nothing_back(site):
    quote = fresh(site.pages["it-happened"])
    take_all_back(site)
    with pytest.raises(ValidationError, match="taken back"):
        quote.save_revision()
    assert Quote.objects.get(pk=quote.pk).words == ""


def test_record_holds_no_words(site, settings):
    take_all_back(site)
    record = json.loads((settings.RELEASES_DIR / WITHDRAWN).read_text())
    assert [one["kind"] for one in record["withdrawn"]] in (["quote", "credit"], ["credit", "quote"])
    assert "Zebra" not in (settings.RELEASES_DIR / WITHDRAWN).read_text()
