"""Two co-producers agree before words of lived experience are public."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState, Workflow

from cms.roles.rooms import AGREEMENT, furnish_roles
from tests.cms.roles.people import furnished_site, somebody
from tests.small_site import add, fresh
from toolkit.consent import Consent, Naming
from toolkit.models import Quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(releases, settings, tmp_path):
    settings.RELEASES_DIR = tmp_path / "releases"
    return furnished_site()


def browser(role: str) -> Client:
    client = Client()
    client.force_login(somebody(role))
    return client


@pytest.fixture
def quote(site):
    """A draft of an editor's, with consent."""
    said = {"words": "<p>It was mine.</p>", "naming": Naming.ROLE, "consent": Consent.GIVEN}
    quote = add(Quote, site["all-voices"], "mine", kind="snake", live=False, **said)
    quote.save_revision(user=somebody("editor"))
    return fresh(quote)


def submit(quote, role="editor"):
    """Ask somebody to look at it, as a person of a role, and give what waits for an answer."""
    quote.get_workflow().start(quote, somebody(role))
    return TaskState.objects.get(status="in_progress")


def act(client, quote, state, action="approve"):
    address = reverse("wagtailadmin_pages:workflow_action", args=[quote.pk, action, state.pk])
    return client.post(address, {"comment": "Good."})


def test_reviewer_agrees_and_it_is_public(quote):
    state = submit(quote)
    assert quote.get_workflow().name == AGREEMENT
    reviewer = browser("reviewer")
    assert quote.title in reviewer.get("/admin/").content.decode()
    assert reviewer.get(reverse("wagtailadmin_pages:edit", args=[quote.pk])).status_code == 200
    act(reviewer, quote, state)
    assert fresh(quote).live


@pytest.mark.parametrize("role", ["editor", "publisher", "keeper", "translator", "nobody"])
def test_others_cannot_agree(quote, role):
    state = submit(quote)
    act(browser(role), quote, state)
    assert not fresh(quote).live


def test_nobody_agrees_to_their_own_words(site, quote):
    """Somebody who writes and reviews is one person."""
    quote.save_revision(user=somebody("reviewer"))
    state = submit(quote)
    act(browser("reviewer"), quote, state)
    assert not fresh(quote).live


def test_nobody_agrees_to_what_they_submitted(quote):
    state = submit(quote, "reviewer")
    act(browser("reviewer"), quote, state)
    assert not fresh(quote).live
    assert not TaskState.objects.reviewable_by(somebody("reviewer")).exists()


def test_reviewer_asks_for_changes(quote):
    state = submit(quote)
    act(browser("reviewer"), quote, state, "reject")
    state.refresh_from_db()
    assert (state.status, state.comment) == ("rejected", "Good.")


def test_publisher_alone_publishes_no_quote(site, quote):
    publisher = somebody("publisher")
    assert not quote.permissions_for_user(publisher).can_publish()
    assert not fresh(site["all-voices"]).permissions_for_user(publisher).can_publish_subpage()
    assert fresh(site["hearing"]).permissions_for_user(publisher).can_publish()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    browser("publisher").post(f"{bulk}?id={quote.pk}&next=/admin/", {"id": quote.pk})
    assert not fresh(quote).live


def test_administrator_may_do_without(quote):
    assert quote.permissions_for_user(somebody("administrator")).can_publish()


def test_other_pages_are_looked_at_by_publishers(site):
    workflow = fresh(site["hearing"]).get_workflow()
    assert workflow.name == "A publisher agrees"
    assert [group.name for group in workflow.tasks.get().specific.groups.all()] == ["Publishers"]


def test_furnishing_again_changes_nothing(site):
    before = Workflow.objects.count()
    furnish_roles()
    assert Workflow.objects.count() == before
