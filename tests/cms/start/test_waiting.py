"""What waits for somebody stands on one screen."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Comment, CommentReply, GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from tests.cms.start.conftest import shown
from tests.cms.undo.conftest import somebody
from tests.small_site import fresh

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/start/waiting/"
PARTS = {
    "asked": "There is nothing to look at.",
    "comments": "There are no comments for you.",
    "drafts": "You have no drafts.",
    "locked": "You have locked nothing.",
    "sent": "You have sent nothing to others.",
}


def filled(client) -> set[str]:
    html = shown(client, ADDRESS)
    return {name for name, nothing in PARTS.items() if nothing not in html}


@pytest.fixture
def me(visit):
    return visit("add", "change", "lock")


@pytest.fixture
def other(site):
    return get_user_model().objects.create_user("other", first_name="Ot", last_name="Her")


def review_by(site, user) -> Workflow:
    """Have all pages looked at by a group with one person in it."""
    task = GroupApprovalTask.objects.create(name="A second look")
    task.groups.add(user.groups.get())
    workflow = Workflow.objects.create(name="Look twice")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=site["small-home"])
    return workflow


def send(page, user):
    """Send a draft to be looked at."""
    page = fresh(page)
    page.save_revision(user=user)
    return page.get_workflow().start(page, user)


def test_nothing_waits_at_first(me):
    assert filled(me) == set()
    assert "Nothing is waiting for you." in shown(me)


def test_my_drafts_are_there(me, site, other):
    fresh(site["hearing"]).save_revision(user=me.user)
    fresh(site["speaking"]).save_revision(user=other)
    assert filled(me) == {"drafts"}
    html = shown(me, ADDRESS)
    assert f"/admin/pages/{site['hearing'].pk}/edit/" in html
    assert f"/admin/pages/{site['speaking'].pk}/edit/" not in html
    assert "1 thing is waiting for you." in shown(me)


def test_what_i_was_asked_to_look_at_is_there(me, site, other):
    review_by(site, me.user)
    send(site["hearing"], other)
    assert filled(me) == {"asked"}
    assert "Ot Her asks you to look at it." in shown(me, ADDRESS)


def test_what_i_sent_says_where_it_stands(me, site):
    reviewer = somebody("reviewer", site["small-home"], "change", "publish")
    review_by(site, reviewer)
    state = send(site["hearing"], me.user)
    assert filled(me) == {"sent"}
    assert "It waits for: A second look" in shown(me, ADDRESS)
    # It waits for somebody else.
    assert "Nothing is waiting for you." in shown(me)
    state.current_task_state.reject(user=reviewer, comment="Say who.")
    assert "It came back to you: “Say who.”" in shown(me, ADDRESS)


def test_approved_page_says_so(me, site):
    reviewer = somebody("reviewer", site["small-home"], "change", "publish")
    review_by(site, reviewer)
    send(site["hearing"], me.user).current_task_state.approve(user=reviewer)
    assert "Somebody has looked at it and said yes." in shown(me, ADDRESS)


def test_comment_on_my_page_is_for_me(me, site, other):
    Page.objects.filter(pk=site["hearing"].pk).update(owner=me.user)
    comment = Comment.objects.create(page=site["hearing"], user=other, text="Who is “they”?", contentpath="summary")
    assert filled(me) == {"comments"}
    html = shown(me, ADDRESS)
    assert "Ot Her: “Who is “they”?”" in html
    assert f"?comment={comment.pk}" in html


def test_answer_to_my_comment_is_for_me(me, site, other):
    comment = Comment.objects.create(page=site["hearing"], user=me.user, text="Who?", contentpath="summary")
    assert filled(me) == set()
    CommentReply.objects.create(comment=comment, user=other, text="The group.")
    assert "Ot Her: “The group.”" in shown(me, ADDRESS)


def test_settled_comment_waits_for_nobody(me, site, other):
    Page.objects.filter(pk=site["hearing"].pk).update(owner=me.user)
    said = {"page": site["hearing"], "user": other, "text": "Who?", "contentpath": "summary"}
    Comment.objects.create(**said, resolved_at="2026-11-01T10:00Z")
    assert filled(me) == set()


def test_comment_among_strangers_is_not_for_me(me, site, other):
    Comment.objects.create(page=site["hearing"], user=other, text="Who?", contentpath="summary")
    assert filled(me) == set()


def test_my_locks_are_there(me, site):
    Page.objects.filter(pk=site["hearing"].pk).update(locked=True, locked_by=me.user)
    assert filled(me) == {"locked"}
