"""A link to a draft: what it shows, how long it works, what is left of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Locale, ReferenceIndex, Revision

from cms.drafts.models import DraftLink
from cms.drafts.sharing import find_draft, forget_ended, revoke
from cms.drafts.tokens import token_for
from cms.worker.housekeeping import HOOKS
from tests.cms.drafts.conftest import draft, fresh


def found(token: str, *, later: timedelta = timedelta()):
    """Give the page that a token shows so much later, None when it shows none."""
    shown = find_draft(token=token, now=timezone.now() + later)
    return shown and shown.page


def test_link_shows_the_draft(mark, share):
    assert found(share(draft(mark, title="Hearing"))).title == "Hearing"


def test_link_shows_the_draft_of_its_moment(mark, share):
    token = share(draft(mark, title="Hearing"))
    draft(mark, title="Overhearing")
    assert found(token).title == "Hearing"


def test_autosave_does_not_reach_a_shared_draft(mark, share, editor):
    """While an editor goes on typing, Wagtail writes over the revision that it made last."""
    page = fresh(mark)
    page.title = "Hearing"
    revision = page.save_revision(user=editor)
    token = share(mark)
    page.title = "Overhearing"
    page.save_revision(user=editor, overwrite_revision=revision)
    assert found(token).title == "Hearing"


def test_sharing_leaves_the_draft_the_latest_one(mark, share, editor):
    draft(mark, title="Hearing")
    latest = fresh(mark).latest_revision
    share(mark)
    assert fresh(mark).latest_revision == latest
    assert latest.is_latest_revision()
    latest.publish()
    assert not fresh(mark).has_unpublished_changes


def test_page_that_was_never_changed_can_be_shared(mark, share):
    fresh(mark).revisions.all().delete()
    assert found(share(mark)).title == "Listening"
    assert not fresh(mark).has_unpublished_changes


def test_link_shows_one_locale(mark, share):
    welsh = mark.copy_for_translation(Locale.objects.get_or_create(language_code="cy")[0], copy_parents=True)
    english, token = share(mark), share(draft(welsh, title="Gwrando"))
    assert (found(token).title, found(token).locale.language_code) == ("Gwrando", "cy")
    assert found(english).locale.language_code == "en"


@pytest.mark.parametrize("days", [1, 3, 7])
def test_link_ends_when_it_was_said(mark, share, days):
    token = share(mark, days=days)
    assert found(token, later=timedelta(days=days, minutes=-1))
    assert found(token, later=timedelta(days=days)) is None


def test_revoked_link_shows_nothing(mark, share):
    token, other = share(mark), share(mark)
    link = find_draft(token=token, now=timezone.now()).link
    assert revoke(link=link, now=timezone.now())
    assert (found(token), found(other).title) == (None, "Listening")
    assert not revoke(link=link, now=timezone.now())


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "ü", "\x00", "a" * 10_000])
def test_unknown_token_shows_nothing(mark, share, token):
    share(mark)
    assert found(token) is None


def test_tokens_are_long_and_kept_nowhere(mark, share):
    tokens = {share(mark) for _ in range(5)}
    # 43 letters of 6 bits.
    assert {len(token) for token in tokens} == {43}
    kept = str(list(DraftLink.objects.values()) + list(Revision.objects.values()))
    assert [token for token in tokens if token in kept] == []


def test_nobody_else_gets_a_token_by_its_form():
    once = uuid4()
    tokens = {token_for(page, user, once) for page in (1, 2) for user in (1, 2)}
    assert len(tokens) == 4
    with override_settings(SECRET_KEY="another"):
        assert token_for(1, 1, once) not in tokens


def test_deleted_page_takes_its_links_along(mark, share):
    token = share(mark)
    fresh(mark).delete()
    assert found(token) is None
    assert not DraftLink.objects.exists()


def test_purged_revision_takes_its_link_along(mark, share):
    token = share(mark)
    draft(mark, title="Hearing")
    call_command("purge_revisions", verbosity=0)
    assert found(token) is None


def test_link_outlives_its_maker(mark, share, editor):
    token = share(mark)
    editor.delete()
    assert found(token).title == "Listening"


def test_links_are_forgotten_a_month_after_their_end(mark, share):
    share(mark, ago=timedelta(days=32))
    kept = share(mark, ago=timedelta(days=30, hours=1))
    before = Revision.objects.count()
    assert forget_ended(now=timezone.now()) == 1
    assert Revision.objects.count() == before - 1
    assert found(kept, later=-timedelta(days=30)).title == "Listening"


def test_worker_forgets_links(mark, share):
    share(mark, ago=timedelta(days=32))
    next(hook for _every, hook in HOOKS if hook.__name__ == "forget_old_draft_links")()
    assert not DraftLink.objects.exists()


def test_sharing_is_no_use_of_a_page():
    """Wagtail warns whoever deletes a page that is in use somewhere."""
    assert not ReferenceIndex.model_is_indexable(DraftLink)
