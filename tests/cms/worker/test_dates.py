"""Dates are kept: once, each by itself, and all together in one release."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from api.releases.manifest import current_id
from cms.publishing.publish import publish
from cms.worker.dates import go_live, keep_dates, to_go_live, to_take_down
from toolkit.consent import Consent, Naming
from toolkit.models import Mark
from toolkit.publishable import NotReady

pytestmark = pytest.mark.django_db

HEARING = "/api/v1/en/marks/hearing/"
SPEAKING = "/api/v1/en/marks/speaking/"


def expire(page, *, seconds: float):
    """Say that a page comes down so many seconds from now."""
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(seconds=seconds))


def test_due_version_goes_live(scheduled, reader):
    scheduled("hearing", seconds=-1, summary="New words.")
    publish()
    assert reader.document(HEARING)["summary"] == "Being heard."
    keep_dates()
    assert reader.document(HEARING)["summary"] == "New words."
    assert not to_go_live().exists()


def test_date_to_come_is_left_alone(scheduled, reader):
    scheduled("hearing", seconds=60, summary="New words.")
    publish()
    keep_dates()
    assert reader.document(HEARING)["summary"] == "Being heard."
    assert to_go_live(late=timedelta(seconds=-60)).exists()


def test_due_page_comes_down(site, reader):
    expire(site["hearing"], seconds=-1)
    expire(site["speaking"], seconds=60)
    keep_dates()
    assert reader.document(HEARING) is None
    assert reader.document(SPEAKING)
    assert Mark.objects.get(code="hearing").expired
    assert not to_take_down().exists()


def test_many_dates_make_one_release(site, scheduled, releases):
    before = current_id(releases)
    scheduled("hearing", seconds=-1, summary="New words.")
    scheduled("a-guide", seconds=-1, summary="New help.")
    expire(site["speaking"], seconds=-1)
    keep_dates()
    assert current_id(releases) == before + 1


def test_one_that_fails_holds_up_no_other(site, scheduled, reader, caplog):
    """Words lost their consent between planning and publishing: Wagtail's own command would stop there."""
    scheduled("it-happened", seconds=-20, naming=Naming.FULL_NAME, consent=Consent.GIVEN)
    revision = to_go_live().get()
    revision.content["consent"] = Consent.ASKED
    revision.save()
    scheduled("hearing", seconds=-10, summary="New words.")
    with pytest.raises(NotReady):
        go_live(revision)
    keep_dates()
    assert reader.document(HEARING)["summary"] == "New words."
    assert "A date could not be kept" in caplog.text
    # It is still there to be shown as overdue.
    assert to_go_live(late=timedelta(seconds=15)).get() == revision


def test_date_is_kept_once(scheduled, releases):
    page = scheduled("hearing", seconds=-1, summary="New words.")
    keep_dates()
    keep_dates()
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled").count() == 1


def test_editor_offers_dates(site, admin_client):
    shown = admin_client.get(f"/admin/pages/{site['hearing'].pk}/edit/").content.decode()
    assert 'name="go_live_at"' in shown
    assert 'name="expire_at"' in shown
    assert "up to a minute after the time given here" in shown


def test_editor_is_told_of_the_date(site, admin_client, reader):
    """A page that was never public and goes live tomorrow is not called live today."""
    Mark.objects.filter(code="hearing").update(live=False, live_revision=None)
    day = timezone.localtime() + timedelta(days=1)
    form = {"title": "Hearing", "slug": "hearing", "summary": "Being heard.", "body-count": "0"}
    form |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "action-publish": "1"}
    form["go_live_at"] = day.strftime("%Y-%m-%d %H:%M")
    answer = admin_client.post(f"/admin/pages/{site['hearing'].pk}/edit/", form)
    said = " ".join(str(message) for message in admin_client.get(answer.url).context["messages"])
    assert "Goes live by itself at the time that you set" in said
    assert "Live now" not in said
    assert to_go_live(late=timedelta(days=-2)).count() == 1
