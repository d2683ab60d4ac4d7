"""Whoever has published, unpublished or moved presses Undo once, and readers see again what they saw before."""

import pytest
from django.core import signing
from wagtail.models import Comment, PageLogEntry

from tests.cms.releases_admin.conftest import said
from tests.cms.undo.conftest import somebody, steps_in
from tests.small_site import fresh
from tests.translations import show, translated_site
from toolkit.consent import Consent, Naming
from toolkit.models import Mark

pytestmark = pytest.mark.django_db


def publish_as_editor(page, **fields):
    """Publish a page, as somebody does in another tab."""
    page = fresh(page)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_published_change_is_undone(site, edits, editor, press, words):
    edits(site["hearing"], summary="The first words.")
    told = edits(site["hearing"], summary="A slip.")
    assert words(site["hearing"]) == "A slip."
    told = press(editor, told)
    assert words(site["hearing"]) == "The first words."
    assert "Undone: readers see again what they saw before." in told
    assert "Live now: " in told


def test_page_that_was_never_published_from_the_admin_is_undone(site, edits, editor, press, words):
    told = edits(site["hearing"], summary="A slip.")
    press(editor, told)
    assert words(site["hearing"]) == "Being heard."


def test_undone_words_are_in_the_editor_too(site, edits, editor, press):
    edits(site["hearing"], summary="The first words.")
    press(editor, edits(site["hearing"], summary="A slip."))
    page = fresh(site["hearing"])
    assert page.get_latest_revision_as_object().summary == "The first words."
    assert not page.has_unpublished_changes


def test_undo_is_undone(site, edits, editor, press, words):
    edits(site["hearing"], summary="The first words.")
    told = press(editor, edits(site["hearing"], summary="Better words."))
    press(editor, told)
    assert words(site["hearing"]) == "Better words."


def test_removed_block_comes_back(site, edits, editor, press):
    publish_as_editor(site["hearing"], body=[("text", "<p>Stay.</p>")])
    told = edits(site["hearing"])
    assert len(fresh(site["hearing"]).body) == 0
    press(editor, told)
    assert str(fresh(site["hearing"]).body[0].value) == "<p>Stay.</p>"


def test_new_page_is_taken_off_again(site, does, editor, press, words):
    draft = site["first-stage"].add_child(instance=Mark(title="Laughing", summary="Ha.", live=False))
    form = {"title": "Laughing", "slug": draft.slug, "summary": "Ha.", "body-count": "0", "action-publish": "1"}
    form |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    told = does("edit", draft, **form)
    assert words(draft) == "Ha."
    told = press(editor, told)
    assert words(draft) is None
    assert "Gone from the site: " in told


def test_page_taken_off_the_site_is_back(site, does, editor, press, words):
    told = does("unpublish", site["hearing"])
    assert words(site["hearing"]) is None
    press(editor, told)
    assert words(site["hearing"]) == "Being heard."


def test_stage_comes_back_with_its_marks(site, does, editor, press, words):
    told = does("unpublish", site["first-stage"], include_descendants="on")
    assert words(site["hearing"]) is None
    press(editor, told)
    assert words(site["first-stage"])
    assert words(site["hearing"])


def test_moved_page_is_back_in_its_place(site, does, editor, press):
    told = does("move_confirm", site["hearing"], site["later-stage"].pk)
    told = press(editor, told)
    assert "Live now at a new address: " in told
    there = fresh(site["first-stage"]).get_children()
    assert [page.slug for page in there] == ["hearing", "speaking"]


def test_later_draft_is_kept(site, edits, editor, press, words):
    edits(site["hearing"], summary="The first words.")
    told = edits(site["hearing"], summary="A slip.")
    draft = fresh(site["hearing"])
    draft.summary = "Half a thought."
    draft.save_revision()
    press(editor, told)
    assert words(site["hearing"]) == "The first words."
    assert fresh(site["hearing"]).get_latest_revision_as_object().summary == "Half a thought."


def test_what_somebody_else_has_published_stays(site, edits, editor, press, words):
    told = edits(site["hearing"], summary="A slip.")
    publish_as_editor(site["hearing"], summary="By somebody else.")
    told = press(editor, told)
    assert "has been changed since, so it stays as it is" in told
    assert words(site["hearing"]) == "By somebody else."


def test_second_press_changes_nothing(site, edits, editor, press, words):
    told = edits(site["hearing"], summary="A slip.")
    press(editor, told)
    assert "has been changed since" in press(editor, told)
    assert words(site["hearing"]) == "Being heard."


def test_who_may_not_publish_may_not_undo(site, edits, client, press, words):
    told = edits(site["hearing"], summary="A slip.")
    writer = somebody("writer", site["small-home"], "add", "change")
    client.force_login(writer)
    steps = signing.loads(steps_in(told), salt=f"undo-{edits_user().pk}")
    mine = signing.dumps(steps, salt=f"undo-{writer.pk}", compress=True)
    assert "You may not do this with this page." in press(client, f'name="steps" value="{mine}"')
    assert words(site["hearing"]) == "A slip."


def edits_user():
    return PageLogEntry.objects.exclude(user=None).first().user


def test_button_of_somebody_else_does_nothing(site, edits, client, press, words):
    told = edits(site["hearing"], summary="A slip.")
    client.force_login(somebody("publisher", site["small-home"], "change", "publish"))
    assert "This button is not for you" in press(client, told)
    assert words(site["hearing"]) == "A slip."


@pytest.mark.parametrize("text", ["", "nonsense", "a:b:c"])
def test_nonsense_is_refused(site, editor, press, text):
    assert "Nothing has changed." in press(editor, f'name="steps" value="{text}"')


def test_undo_needs_a_press(site, editor):
    assert editor.get("/admin/undo/").status_code == 405


def test_withdrawn_words_never_come_back(site, editor, does, press):
    quote = site["it-happened"]
    publish_as_editor(quote, naming=Naming.ROLE, consent=Consent.GIVEN)
    told = does("unpublish", quote)
    page = fresh(quote)
    page.consent = Consent.WITHDRAWN
    page.save_revision()
    assert "Somebody has taken back their words" in press(editor, told)
    assert not fresh(quote).live


def test_withdrawal_offers_no_undo(site, editor, django_capture_on_commit_callbacks):
    quote = site["it-happened"]
    publish_as_editor(quote, naming=Naming.ROLE, consent=Consent.GIVEN)
    form = {"title": quote.title, "slug": quote.slug, "words": "null", "kind": "ladder", "naming": "role"}
    form |= {"consent": "withdrawn", "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(f"/admin/pages/{quote.pk}/edit/", form)
    told = editor.get("/admin/").content.decode()
    assert "Gone from the site: " in told
    assert steps_in(told) == ""


def test_words_that_lack_consent_by_now_stay_away(site, editor, does, press):
    quote = site["it-happened"]
    told = does("unpublish", quote)
    revision = fresh(quote).revisions.get(pk=signing.loads(steps_in(told), salt=f"undo-{edits_user().pk}")[0][1])
    revision.content |= {"naming": Naming.ROLE, "consent": Consent.ASKED}
    revision.save()
    assert "cannot be published before the person has said yes" in press(editor, told)
    assert not fresh(quote).live


def test_locked_page_stays(site, edits, editor, press, words):
    told = edits(site["hearing"], summary="A slip.")
    somebody_else = somebody("locker", site["small-home"], "change", "lock")
    Mark.objects.filter(pk=site["hearing"].pk).update(locked=True, locked_by=somebody_else)
    assert "is locked" in press(editor, told)
    assert words(site["hearing"]) == "A slip."


def test_deleted_page_is_not_put_back(site, edits, editor, press):
    told = edits(site["hearing"], summary="A slip.")
    fresh(site["hearing"]).delete()
    assert "has been deleted, so there is nothing to put back" in press(editor, told)


def test_undo_leads_back_to_its_screen(site, edits, editor):
    told = edits(site["hearing"], summary="A slip.")
    came_from = "http://testserver/admin/releases/"
    answer = editor.post("/admin/undo/", {"steps": steps_in(told)}, headers={"referer": came_from})
    assert answer.url == came_from
    answer = editor.post("/admin/undo/", {"steps": ""}, headers={"referer": "https://evil.example/"})
    assert answer.url == "/admin/"


def test_draft_offers_no_undo(site, editor, edits):
    form = {"title": "Hearing", "slug": "hearing", "summary": "A thought.", "body-count": "0"}
    form |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    editor.post(f"/admin/pages/{site['hearing'].pk}/edit/", form)
    assert steps_in(editor.get("/admin/").content.decode()) == ""


def test_locking_says_nothing_of_readers(site, editor, edits, django_capture_on_commit_callbacks):
    edits(site["hearing"], summary="The first words.")
    with django_capture_on_commit_callbacks(execute=True):
        answer = editor.post(f"/admin/pages/{site['hearing'].pk}/lock/")
    told = said(editor, answer.url)
    assert fresh(site["hearing"]).locked
    assert "Live now" not in told


def test_comments_outlive_an_undo(site, edits, editor, press):
    edits(site["hearing"], summary="The first words.")
    told = edits(site["hearing"], summary="A slip.")
    user = edits_user()
    comment = Comment.objects.create(page=site["hearing"], user=user, text="Why?", contentpath="summary")
    press(editor, told)
    assert Comment.objects.filter(pk=comment.pk).exists()


def test_editor_leads_to_earlier_versions(site, editor, edits):
    address = f"/admin/pages/{site['hearing'].pk}/history/"
    edits(site["hearing"], summary="The first words.")
    edits(site["hearing"], summary="The second words.")
    shown = editor.get(f"/admin/pages/{site['hearing'].pk}/edit/").content.decode()
    assert f'href="{address}"' in shown
    assert "Go back to an earlier version" in shown


def test_translation_is_undone(releases, editor, press, django_capture_on_commit_callbacks):
    pages = translated_site()
    show(pages["small-home"], "cy")
    show(pages["first-stage"], "cy")
    show(pages["hearing"], "cy")
    welsh = Mark.objects.get(locale__language_code="cy", code="hearing")
    with django_capture_on_commit_callbacks(execute=True):
        address = f"/admin/pages/{welsh.pk}/unpublish/"
        editor.post(address)
    told = editor.get("/admin/").content.decode()
    press(editor, told)
    assert fresh(welsh).live
