"""A change in the admin becomes what the public sees, and nothing else does."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django_tasks.signals import task_enqueued
from wagtail.models import Locale, PageViewRestriction

from api.releases.manifest import current_id
from cms.models import Change, Failure
from cms.publishing.check import differences
from cms.publishing.targets import name_of_page
from tests.releases import publish_everything, released_by
from tests.small_site import small_site
from toolkit.models import Mark
from toolkit.rendering import page_html

pytestmark = pytest.mark.django_db

HEARING = "/api/v1/en/marks/hearing/"
STAGE = "/api/v1/en/stages/first-stage/"
QUOTE = "/api/v1/en/quotes/it-happened/"


@pytest.fixture
def releases(db, tmp_path, settings):
    """A release folder of the test's own, with nothing in it."""
    settings.RELEASES_DIR = tmp_path / "releases"
    return settings.RELEASES_DIR


@pytest.fixture
def site(releases):
    """A small site that is published; its pages by code."""
    pages = small_site()
    publish_everything()
    return pages


@pytest.fixture
def saved(django_capture_on_commit_callbacks):
    """What is changed below it is saved together, and what follows from that has happened after it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def editor(client):
    """A browser of somebody who may do everything."""
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


def marks_in(reader) -> list[str]:
    """Give the codes of the marks that the stage lists, in its order."""
    return [mark["code"] for mark in reader.document(STAGE)["marks"]]


def test_published_change_reaches_the_api(site, publish, reader):
    mark = site["hearing"]
    mark.summary = "Hearing what was not said."
    publish(mark)
    assert reader.document(HEARING)["summary"] == "Hearing what was not said."


def test_published_change_reaches_lists_that_mention_it(site, publish, reader):
    mark = site["hearing"]
    mark.title = "Really hearing"
    publish(mark)
    titles = [found["title"] for found in reader.document("/api/v1/en/marks/")["results"]]
    assert "Really hearing" in titles
    assert b"Really hearing" in reader.content("/en/first-stage/")


def test_draft_change_stays_inside(site, saved, reader):
    mark = site["hearing"]
    mark.summary = "A draft needle."
    with saved():
        mark.save_revision()
    publish_everything()
    assert "needle" not in str(reader.document(HEARING))


def test_unpublished_page_vanishes_everywhere(site, saved, reader):
    with saved():
        site["it-happened"].unpublish()
    assert reader.document(QUOTE) is None
    assert "it-happened" not in str(reader.document(HEARING))


def test_deleted_page_vanishes_everywhere(site, saved, reader):
    with saved():
        site["it-happened"].delete()
    assert reader.document(QUOTE) is None
    assert "it-happened" not in str(reader.document(HEARING))


def test_moved_page_answers_at_its_new_place(site, saved, reader):
    with saved():
        site["hearing"].move(site["later-stage"], pos="last-child")
    assert reader.content("/en/first-stage/hearing/") is None
    assert reader.document(HEARING)["path"] == "/en/later-stage/hearing/"
    assert reader.document(HEARING)["stage"]["code"] == "later-stage"
    assert marks_in(reader) == ["speaking"]


def test_moved_stage_takes_its_marks_along(site, saved, reader):
    site["first-stage"].slug = "begin"
    with saved():
        site["first-stage"].save_revision().publish()
    assert reader.document(HEARING)["path"] == "/en/begin/hearing/"
    assert reader.content("/en/begin/hearing/")
    assert reader.content("/en/first-stage/hearing/") is None


def test_new_slug_keeps_the_code(site, publish, reader):
    mark = site["hearing"]
    mark.slug = "being-heard"
    publish(mark)
    assert reader.document(HEARING)["path"] == "/en/first-stage/being-heard/"
    assert reader.content("/en/first-stage/hearing/") is None


def test_new_order_reaches_the_stage(site, saved, reader):
    assert marks_in(reader) == ["hearing", "speaking"]
    with saved():
        site["speaking"].move(site["hearing"], pos="left")
    assert marks_in(reader) == ["speaking", "hearing"]
    assert reader.document("/api/v1/en/marks/speaking/")["previous"] is None


def test_restriction_takes_a_page_off_and_back(site, saved, reader):
    with saved():
        restriction = PageViewRestriction.objects.create(page=site["hearing"], restriction_type="login")
    assert reader.document(HEARING) is None
    with saved():
        restriction.delete()
    assert reader.document(HEARING)


def test_new_page_gets_an_address(site, saved, reader):
    with saved():
        mark = Mark(title="Laughing together", summary="Jokes help.", locale=Locale.objects.get(language_code="en"))
        site["first-stage"].add_child(instance=mark)
        mark.save_revision().publish()
    assert reader.document("/api/v1/en/marks/laughing-together/")["path"] == "/en/first-stage/laughing-together/"


def test_nothing_changed_gives_no_release(site, releases):
    before = current_id(releases)
    assert not publish_everything().is_new
    assert current_id(releases) == before


def test_many_changes_together_are_published_once(site, saved, releases):
    before, asked = current_id(releases), []

    def note(sender, task_result, **kwargs):
        asked.append(task_result.task.name)

    task_enqueued.connect(note)
    with saved():
        for code in ("hearing", "speaking", "a-guide"):
            site[code].title += " together"
            site[code].save_revision().publish()
        site["jargon-word"].unpublish()
    assert asked.count("publish_waiting") == 1
    assert current_id(releases) == before + 1


def test_change_after_a_change_gives_another(site, publish, releases):
    before = current_id(releases)
    for word in ("once", "twice"):
        site["hearing"].title = word
        publish(site["hearing"])
    assert current_id(releases) == before + 2


def broken(*arguments, **named):
    raise RuntimeError("a template is broken")


def broken_for(code: str):
    """Give a way to render pages that breaks on one."""
    return lambda document, *around: broken() if document["code"] == code else page_html(document, *around)


def no_space(*arguments, **named):
    raise OSError(28, "No space left on device")


def test_broken_page_keeps_its_last_version(site, saved, reader, monkeypatch):
    monkeypatch.setattr("cms.publishing.pages.page_html", broken)
    before = reader.content("/en/first-stage/")
    with saved():
        site["hearing"].unpublish()
    assert reader.document(HEARING) is None
    assert reader.content("/en/first-stage/") == before
    failed = Failure.objects.get(title="First stage")
    assert failed.page_id == site["first-stage"].pk
    assert "Something in it could not be shown" in failed.reason


def test_mended_page_is_built_with_the_next_publish(site, saved, publish, reader, monkeypatch):
    with monkeypatch.context() as patch, saved():
        patch.setattr("cms.publishing.pages.page_html", broken)
        site["hearing"].unpublish()
    publish(site["a-guide"])
    assert b"hearing" not in reader.content("/en/first-stage/")
    assert not Failure.objects.exists()


def test_new_page_that_breaks_is_mentioned_nowhere(site, saved, reader, monkeypatch):
    monkeypatch.setattr("cms.publishing.pages.page_html", broken_for("laughing-together"))
    with saved():
        mark = Mark(title="Laughing together", summary="Jokes help.", locale=Locale.objects.get(language_code="en"))
        site["first-stage"].add_child(instance=mark)
        site["hearing"].title = "Really hearing"
        site["hearing"].save_revision().publish()
    assert marks_in(reader) == ["hearing", "speaking"]
    assert reader.document(HEARING)["title"] == "Really hearing"
    assert Failure.objects.get().title == "Laughing together"
    assert differences() == [(name_of_page(mark.key, "en"), "cannot be built: a template is broken")]


def test_moved_page_that_breaks_stays_where_it_was(site, saved, reader, monkeypatch):
    """Others link to its new address at once; when it is mended, it stands there."""
    before = reader.content("/en/first-stage/hearing/")
    with monkeypatch.context() as patch:
        patch.setattr("cms.publishing.pages.page_html", broken_for("hearing"))
        with saved():
            site["hearing"].slug = "listening-hard"
            site["hearing"].save_revision().publish()
    assert b"/en/first-stage/listening-hard/" in reader.content("/en/first-stage/")
    assert reader.find("/en/first-stage/listening-hard/").location == "/en/first-stage/hearing/"
    assert reader.content("/en/first-stage/hearing/") == before
    with saved():
        site["a-guide"].save_revision().publish()
    assert reader.find("/en/first-stage/hearing/").location == "/en/first-stage/listening-hard/"
    assert b"Hearing" in reader.content("/en/first-stage/listening-hard/")
    assert differences() == []


def test_page_that_breaks_and_has_no_place_is_mentioned_nowhere(site, saved, reader, monkeypatch):
    """Its old address is another page's, and at its new one it cannot be shown; whoever was there is still found."""
    hearing, speaking = site["hearing"], site["speaking"]
    with monkeypatch.context() as patch:
        patch.setattr("cms.publishing.pages.page_html", broken_for("hearing"))
        with saved():
            for page, slug in ((hearing, "for-a-moment"), (speaking, "hearing"), (hearing, "speaking")):
                page.slug = slug
                page.save_revision().publish()
        assert marks_in(reader) == ["speaking"]
        assert reader.find("/en/first-stage/speaking/").location == "/en/first-stage/hearing/"
        assert b"/en/first-stage/speaking/" not in reader.content("/en/first-stage/")
    with saved():
        site["a-guide"].save_revision().publish()
    assert marks_in(reader) == ["hearing", "speaking"]
    assert b"Hearing" in reader.content("/en/first-stage/speaking/")
    assert differences() == []


def test_failed_publish_spares_the_editor(site, saved, editor, releases, reader, monkeypatch):
    monkeypatch.setattr("cms.publishing.publish.write_manifest", no_space)
    before = current_id(releases)
    with saved():
        response = editor.post(reverse("wagtailadmin_pages:unpublish", args=[site["hearing"].pk]))
    assert response.status_code == 302
    assert not Mark.objects.get(code="hearing").live
    assert current_id(releases) == before
    assert reader.document(HEARING)
    assert "The disk of the server is full." in said(editor, response)


def said(editor, response) -> str:
    """Give what the admin says on the page after a change."""
    return " ".join(str(message) for message in editor.get(response.url).context["messages"])


def test_next_publish_brings_what_was_missed(site, saved, publish, reader, monkeypatch):
    with monkeypatch.context() as patch, saved():
        patch.setattr("cms.publishing.publish.write_manifest", no_space)
        site["hearing"].unpublish()
    assert reader.document(HEARING)
    publish(site["a-guide"])
    assert reader.document(HEARING) is None
    assert not Change.objects.exists()


@pytest.mark.parametrize("code", ["hearing", "first-stage", "tea-first"])
def test_copies_get_codes_of_their_own(site, saved, reader, code):
    before = addresses(reader)
    with saved():
        again = site[code].copy(recursive=True, update_attrs={"slug": "again", "title": "Again"}, keep_live=True)
        again.get_latest_revision().publish()
    assert before < addresses(reader)
    for collection in ("stages", "marks", "ideas"):
        listed = reader.document(f"/api/v1/en/{collection}/")["results"]
        assert len({found["code"] for found in listed}) == len(listed)
    assert reader.document(HEARING)["path"] == "/en/first-stage/hearing/"


def addresses(reader) -> set[str]:
    """Give every address of the release."""
    return set(released_by(reader))
