"""A copy for whoever asks, and erasing: no name is left, what was written stays whole, nothing comes back."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from wagtail.models import Comment, ModelLogEntry, PageLogEntry, Revision, TaskState
from wagtail.users.models import UserProfile

from api.releases.verify import ERASED
from cms.accounts.models import Invitation
from cms.data_protection.again import erase_again
from cms.data_protection.models import ErasedAccount
from cms.data_protection.nobody import NAME
from cms.data_protection.nobody import USERNAME as NOBODY
from cms.data_protection.ties import TIES
from cms.imports.models import Import
from tests.cms.data_protection.planted import EMAIL, FIRST, LAST, USERNAME, planted_site
from tests.cms.roles.people import somebody
from tests.needles import all_bytes, needles_in
from tests.releases import copy_releases
from tests.small_site import fresh

pytestmark = pytest.mark.django_db

LOG = f"INFO: {USERNAME} did it, {EMAIL.upper()}\nINFO: {FIRST} {LAST}\nINFO: all is well\n"


@pytest.fixture(scope="module")
def planted(made_once):
    return made_once(planted_site)


@pytest.fixture
def site(db, planted, tmp_path, settings):
    """The site, with a data folder of this test's own."""
    site, folder = planted
    settings.DATA_DIR = tmp_path / "data"
    settings.RELEASES_DIR = settings.DATA_DIR / "releases"
    copy_releases(folder, settings.RELEASES_DIR)
    (settings.DATA_DIR / "worker.log").write_text(LOG)
    return site


@pytest.fixture
def person(site):
    return get_user_model().objects.get(pk=site["person"].pk)


def rows_of_everybody(person) -> dict[str, int]:
    return {tie.name: tie.rows(person).count() for tie in TIES}


def everything() -> bytes:
    """Give all that the database holds, as bytes in which a name can be found."""
    rows = [
        [model._meta.label, [str(bytes(one) if isinstance(one, memoryview) else one) for one in row]]
        for model in apps.get_models(include_auto_created=True)
        for row in model._base_manager.values_list()
    ]
    sessions = [session.get_decoded() for session in Session.objects.all()]
    return json.dumps([rows, sessions], ensure_ascii=False).encode()


def found(folder: Path) -> list[str]:
    """Give the needles that stand in the database or in a file."""
    files = [name for _path, content in all_bytes(folder) for name in needles_in(content)]
    return sorted({*needles_in(everything()), *files})


def erase(name: str = USERNAME) -> str:
    said = StringIO()
    call_command("erase_person", name, "--yes", stdout=said)
    return said.getvalue()


def test_ties_are_all_fields_that_name_an_account():
    user = get_user_model()
    declared = {(tie.model, tie.by) for tie in TIES}
    there = {
        (model._meta.label, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.model is user and not model._meta.proxy
    }
    assert declared == there, "Each field that names an account needs a line in cms/data_protection/ties.py."


def test_somebody_has_done_everything(site, person, settings):
    assert [name for name, count in rows_of_everybody(person).items() if not count] == []
    assert len(found(settings.DATA_DIR)) >= 4


def test_copy_has_everything(site, person, command):
    copy = json.loads(command("export_person", EMAIL.upper()))
    assert copy["account"]["email"] == EMAIL
    assert copy["account"]["username"] == USERNAME
    for tie in TIES:
        assert len(copy[tie.name]) == tie.rows(person).count(), tie.name
    assert copy["comments"] == [copy["comments"][0] | {"page title": "Speaking", "text": "Say more."}]
    assert [one["email"] for one in copy["invitations"]] == [EMAIL]
    assert [one["ip_address"] for one in copy["tries with a wrong password"]] == ["203.0.113.7"]
    assert copy["sessions"][0]["ends"] > copy["sessions"][0]["began"]
    assert copy["backup codes left"] == 10
    named = {one["table"] for one in copy["named in"]}
    assert "imports.Import" in named
    assert named.isdisjoint({"auth.User", "accounts.Invitation"})
    assert any("boards" in sentence for sentence in copy["not included"])


def test_copy_has_nothing_to_log_in_with_and_nobody_else(person, command):
    copy = command("export_person", USERNAME)
    assert person.password not in copy
    assert person.totpdevice_set.get().key not in copy
    assert "other@example.org" not in copy
    for session in Session.objects.all():
        assert session.session_key not in copy


def test_dry_run_says_what_would_happen_and_does_nothing(site, person, command, settings):
    before = everything()
    said = command("erase_person", USERNAME)
    assert "comments: 1, stays, as done by somebody who has left" in said
    assert "documents brought in: 1, is deleted" in said
    assert "logs in the data folder that name them: 1, lose the name" in said
    assert "--yes" in said
    assert everything() == before
    assert (settings.DATA_DIR / "worker.log").read_text() == LOG
    assert not (settings.RELEASES_DIR / ERASED).exists()


def test_no_name_is_left(site, settings):
    said = erase()
    assert found(settings.DATA_DIR) == []
    assert "still stands" not in said
    assert (settings.DATA_DIR / "worker.log").read_text() == "INFO: *** did it, ***\nINFO: ***\nINFO: all is well\n"


def test_what_was_written_stays_whole(site, person):
    page = fresh(site["speaking"])
    versions = list(Revision.objects.filter(user=person).values_list("pk", flat=True))
    log = PageLogEntry.objects.filter(user=person).count()
    title, words, latest = page.title, page.body.raw_data, page.latest_revision_id
    erase()
    page = fresh(page)
    assert (page.title, list(page.body.raw_data), page.latest_revision_id) == (title, list(words), latest)
    nobody = get_user_model().objects.get(username=NOBODY)
    assert nobody.get_full_name() == NAME
    assert set(Revision.objects.filter(user=nobody).values_list("pk", flat=True)) == set(versions)
    assert PageLogEntry.objects.filter(user=nobody).count() == log
    assert [one.text for one in Comment.objects.filter(user=nobody)] == ["Say more."]
    assert TaskState.objects.filter(finished_by=nobody).count() == 1
    assert not fresh(site["hearing"]).locked


def test_nobody_can_do_nothing(site, client):
    erase()
    nobody = get_user_model().objects.get(username=NOBODY)
    assert not nobody.is_active
    assert not nobody.has_usable_password()
    assert not nobody.groups.exists()
    with pytest.raises(CommandError, match="has nobody's name"):
        erase(NOBODY)


def test_session_ends_and_documents_go(site, person):
    browser = Client()
    browser.force_login(person)
    assert browser.get("/admin/account/").url.startswith("/admin/second-step/")
    erase()
    assert browser.get("/admin/account/").url.startswith("/admin/login/")
    assert not Import.objects.exists()


def test_picture_of_a_face_is_deleted(site, person, django_capture_on_commit_callbacks):
    avatar = UserProfile.objects.get(user=person).avatar
    assert avatar.storage.exists(avatar.name)
    with django_capture_on_commit_callbacks(execute=True):
        erase()
    assert not avatar.storage.exists(avatar.name)


def test_last_administrator_stays(site, person):
    get_user_model().objects.exclude(pk=person.pk).filter(is_superuser=True).update(is_active=False)
    get_user_model().objects.filter(pk=person.pk).update(is_superuser=True)
    for options in ([], ["--yes"]):
        with pytest.raises(CommandError, match="is the last administrator"):
            call_command("erase_person", USERNAME, *options)
    assert get_user_model().objects.filter(pk=person.pk).exists()


def test_unknown_name_gets_a_sentence(site):
    for command in ("export_person", "erase_person"):
        with pytest.raises(CommandError, match="No account has"):
            call_command(command, "whoever@example.org")


def test_address_of_several_accounts_asks_for_a_name(site):
    get_user_model().objects.create_user("twin", email=EMAIL)
    with pytest.raises(CommandError, match=f"twin, {USERNAME}"):
        erase(EMAIL)


def test_who_is_only_invited_is_found_and_erased(site, command):
    other = "other@example.org"
    assert json.loads(command("export_person", other))["invitations"][0]["first_name"] == "Another"
    erase(other)
    assert not Invitation.objects.filter(email=other).exists()


def test_name_that_stands_in_a_text_is_named(site):
    page = fresh(site["speaking"])
    type(page).objects.filter(pk=page.pk).update(summary=f"As {FIRST} {LAST} says.")
    assert f"still stands in toolkit.Mark {page.pk}" in erase()


def test_word_that_is_part_of_addresses_stays_in_logs(site, settings):
    get_user_model().objects.create_user("admin")
    log = settings.DATA_DIR / "worker.log"
    log.write_text("WARNING django.request: /admin/pages/ wagtail.admin admin\n")
    erase("admin")
    assert log.read_text() == "WARNING django.request: /admin/pages/ wagtail.admin ***\n"


# --- What comes back -------------------------------------------------------------------------------------------


def bring_back():
    """Erase, then put the database back as it was before; the folder of releases stays."""
    with transaction.atomic():
        erase()
        transaction.set_rollback(True)
    assert get_user_model().objects.filter(username=USERNAME).exists()
    assert not ErasedAccount.objects.exists()


def test_old_backup_of_the_database_brings_nobody_back(site, settings):
    bring_back()
    (settings.DATA_DIR / "worker.log").write_text(LOG)
    assert erase_again() == 1
    assert found(settings.DATA_DIR) == []
    assert erase_again() == 0


def test_who_was_given_another_name_is_known_again(site, person, settings):
    bring_back()
    get_user_model().objects.filter(pk=person.pk).update(username="renamed", email="")
    erase_again()
    assert not get_user_model().objects.filter(pk=person.pk).exists()


def test_other_keys_know_them_again(site, settings):
    bring_back()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key", [settings.SECRET_KEY]
    assert erase_again() == 1


def test_invitation_of_then_does_not_come_back(site, person):
    bring_back()
    type(person).objects.filter(pk=person.pk).delete()
    assert erase_again() == 1
    assert not Invitation.objects.filter(email=EMAIL).exists()


def test_who_comes_anew_stays(site):
    erase()
    get_user_model().objects.create_user(USERNAME, email=EMAIL, first_name=FIRST)
    assert erase_again() == 0
    assert get_user_model().objects.filter(username=USERNAME).exists()


def test_last_administrator_who_comes_back_is_left_and_said(site, person, caplog):
    bring_back()
    get_user_model().objects.filter(is_superuser=True).update(is_superuser=False)
    get_user_model().objects.filter(pk=person.pk).update(is_superuser=True)
    erase_again()
    assert get_user_model().objects.filter(pk=person.pk).exists()
    assert "last administrator" in caplog.text
    assert needles_in(caplog.text.encode()) == []


def test_record_names_nobody_and_is_no_extra_file(site, settings):
    erase()
    record = (settings.RELEASES_DIR / ERASED).read_bytes()
    assert needles_in(record) == []
    assert len(json.loads(record)["erased"]) == 1
    call_command("prune_releases", stdout=StringIO())
    assert (settings.RELEASES_DIR / ERASED).exists()


# --- In the admin ----------------------------------------------------------------------------------------------


@pytest.fixture
def boss(site):
    browser = Client()
    browser.force_login(somebody("administrator"))
    return browser


def test_deleting_somebody_in_the_admin_erases_them(boss, site, person, settings):
    boss.post(f"/admin/users/delete/{person.pk}/")
    boss.get("/admin/")
    assert found(settings.DATA_DIR) == []
    assert Comment.objects.get().user.get_full_name() == NAME
    assert not ModelLogEntry.objects.filter(action="wagtail.delete").exists()


def test_deleting_many_in_the_admin_erases_them(boss, site, person, settings):
    boss.post(f"/admin/bulk/auth/user/delete/?next=%2Fadmin%2F&id={person.pk}")
    boss.get("/admin/")
    assert found(settings.DATA_DIR) == []
    assert Comment.objects.get().user.get_full_name() == NAME
