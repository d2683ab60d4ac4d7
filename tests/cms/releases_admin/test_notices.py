"""What an editor is told after pressing Publish, Unpublish, Delete or Move."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import get_language
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from cms.models import Failure
from cms.publishing.targets import name_of_page
from tests.cms.releases_admin.conftest import said
from tests.releases import publish_everything
from toolkit.models import Mark, Stage

pytestmark = pytest.mark.django_db


def broken(*arguments, **named):
    raise RuntimeError("a template is broken")


def no_space(*arguments, **named):
    raise OSError(28, "No space left on device")


def add_draft(parent, title: str) -> Mark:
    mark = Mark(title=title, summary="Jokes help.", locale=Locale.objects.get(language_code="en"), live=False)
    return parent.add_child(instance=mark)


def test_published_page_is_live_now(site, edits):
    told = edits(site["hearing"], title="Hearing well")
    assert 'Live now: <bdi lang="en" dir="ltr">Hearing well</bdi>.' in told
    assert (
        '<a href="/en/first-stage/hearing/" class="button button-small button-secondary">See “Hearing well”' in told
    )
    assert reverse("releases:release", args=[2]) in told


def test_nothing_is_said_twice(site, edits):
    assert "has been published" not in edits(site["hearing"], title="Hearing & <b>more</b>")


def test_title_of_a_page_is_only_text(site, edits):
    assert "Hearing &amp; &lt;b&gt;more&lt;/b&gt;" in edits(site["hearing"], title="Hearing & <b>more</b>")


def test_editor_is_told_in_their_own_language(site, edits, monkeypatch):
    UserProfile.objects.create(user=get_user_model().objects.get(username="editor"), preferred_language="cy")
    monkeypatch.setattr("cms.publishing.notices._", lambda text: f"{get_language()}: {text}")
    assert "cy: Live now: " in edits(site["hearing"])


def test_unpublished_page_is_gone(site, does):
    told = does("unpublish", site["hearing"])
    assert 'Gone from the site: <bdi lang="en" dir="ltr">Hearing</bdi>.' in told
    assert "unpublished" not in told
    assert reverse("wagtailadmin_pages:edit", args=[site["hearing"].pk]) in told


def test_deleted_page_is_gone(site, does):
    told = does("delete", site["hearing"])
    assert "Gone from the site: " in told
    assert ">Hearing<" in told
    assert f"/pages/{site['hearing'].pk}/" not in told


def test_deleted_stage_names_few_pages(site, does):
    for title in ("Laughing", "Singing", "Dancing"):
        add_draft(site["first-stage"], title).save_revision().publish()
    publish_everything()
    told = does("delete", site["first-stage"])
    assert told.count("<bdi") == 3
    assert "and 4 more" in told


def test_moved_page_says_where_it_is(site, does):
    told = does("move_confirm", site["hearing"], site["later-stage"].pk)
    assert "Live now at a new address: " in told
    assert "/en/later-stage/hearing/" in told


def test_deleted_draft_leaves_wagtails_message(site, does):
    draft = add_draft(site["first-stage"], "Laughing")
    told = does("delete", draft)
    assert "Page &#x27;Laughing&#x27; deleted." in told
    assert "Gone" not in told
    assert "Live" not in told


def test_page_below_a_draft_is_not_on_the_site(site, edits):
    stage = Stage(title="Hidden", summary="Not yet.", locale=Locale.objects.get(language_code="en"), live=False)
    mark = add_draft(site["small-home"].add_child(instance=stage), "Laughing")
    told = edits(mark)
    assert 'Published, but not on the site: <bdi lang="en" dir="ltr">Laughing</bdi>.' in told
    assert "Live now" not in told


def test_page_that_breaks_is_named_with_the_reason(site, edits, monkeypatch):
    monkeypatch.setattr("cms.publishing.pages.page_html", broken)
    told = edits(site["hearing"], title="Hearing well")
    assert 'Not live yet: <bdi lang="en" dir="ltr">Hearing well</bdi>. Something in it could not be shown.' in told
    assert "Readers still see the last good version." in told
    assert "Not live yet: All voices, First stage, Hearing easy read and 5 more. Something in it" in told
    assert "published" not in told
    assert "Live now" not in told


def test_new_page_that_breaks_has_no_good_version(site, edits, monkeypatch):
    monkeypatch.setattr("cms.publishing.pages.page_html", broken)
    assert "Readers do not see it so far." in edits(add_draft(site["first-stage"], "Laughing"))


def test_full_disk_is_said_in_words(site, does, monkeypatch):
    monkeypatch.setattr("cms.publishing.publish.write_manifest", no_space)
    told = does("unpublish", site["hearing"])
    assert "Saved, but not live yet. The disk of the server is full." in told
    assert "unpublished" not in told


def test_waiting_change_points_to_the_releases(site, edits, monkeypatch):
    monkeypatch.setattr("cms.publishing.signals.publish_waiting", SimpleNamespace(enqueue=lambda: None))
    monkeypatch.setattr("cms.publishing.notices.PATIENCE", 0)
    told = edits(site["hearing"])
    assert "It goes live by itself in a moment" in told
    assert reverse("releases:index") in told
    assert "published" not in told


@pytest.mark.parametrize("failed", [True, False])
def test_editor_of_a_broken_page_warns(site, editor, failed):
    page = site["hearing"]
    target = name_of_page(page.key, "en") if failed else name_of_page(page.key, "cy")
    Failure.objects.create(target=target, title="Hearing", reason="Too many words.")
    told = said(editor, reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert ("Too many words. Readers see the last good version." in told) is failed
