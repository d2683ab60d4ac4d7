"""What changed in a month: who did what, with the way to the release, and nobody's words."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from api.releases.manifest import current_release
from cms.publishing.writer import write_manifest
from cms.reports.changes import month_begins, months_until
from tests.cms.reports.conftest import from_csv, seen, somebody, words_of
from tests.releases import publish_everything
from tests.small_site import fresh


def done(page, action: str, *, user=None, at=None):
    """Have something in the log of a page."""
    return PageLogEntry.objects.log_action(page, action, user=user, timestamp=at or timezone.now())


def made_long_ago(release):
    """Give a release another time: they know theirs to the second, and a test makes two in one."""
    write_manifest(settings.RELEASES_DIR, replace(release, made_at="2026-01-01T00:00:00Z"))


@pytest.fixture
def quiet(site):
    """The small site, with nothing in its log."""
    PageLogEntry.objects.all().delete()
    return site


def test_publishing_is_listed_with_its_release(chief, quiet):
    made_long_ago(current_release(settings.RELEASES_DIR))
    user = get_user_model().objects.get()
    fresh(quiet["hearing"]).save_revision(user=user).publish(user=user)
    release = publish_everything().release
    assert seen(chief, "changes")[0][:5] == ["Hearing", "Mark of co-production", "English", "Published", "Chi Ef"]
    html = chief.get(reverse("reports:changes")).content.decode()
    assert reverse("releases:release", args=[release.id]) in html


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("wagtail.create", "Created"),
        ("wagtail.publish", "Published"),
        ("wagtail.publish.scheduled", "Published"),
        ("wagtail.unpublish", "Taken off the site"),
        ("wagtail.unpublish.scheduled", "Taken off the site"),
    ],
)
def test_actions_have_plain_names(chief, quiet, action, words):
    done(quiet["hearing"], action)
    assert [row[3:5] for row in seen(chief, "changes")] == [[words, "The server itself"]]


@pytest.mark.parametrize("action", ["wagtail.edit", "wagtail.rename", "wagtail.comments.create", "wagtail.move"])
def test_the_rest_is_left_out(chief, quiet, action):
    done(quiet["hearing"], action)
    assert seen(chief, "changes") == []
    assert "Nothing was published" in words_of(chief, "changes")


def test_deleted_page_keeps_its_name(chief, quiet):
    fresh(quiet["speaking"]).delete(user=get_user_model().objects.get())
    [row] = seen(chief, "changes")
    assert (row[0], row[3], row[4]) == ("Speaking", "Deleted", "Chi Ef")


def test_words_of_people_are_never_shown(chief, quiet):
    quote = fresh(quiet["it-happened"])
    quote.title = "Their very own words"
    quote.save_revision().publish()
    assert seen(chief, "changes")[0][0] == "Their very own words"
    quote.unpublish()
    assert "Their very own words" not in words_of(chief, "changes")
    assert {row[0] for row in seen(chief, "changes")} == {"A quote"}
    quote.delete()
    assert "Their very own words" not in words_of(chief, "changes")
    assert not any("Their very own words" in cell for row in from_csv(chief, "changes") for cell in row)


def test_another_month_can_be_chosen(chief, quiet):
    today = timezone.localtime()
    last = today.replace(day=1) - timedelta(days=1)
    done(quiet["hearing"], "wagtail.publish", at=last)
    assert seen(chief, "changes") == []
    assert len(seen(chief, "changes", month=f"{last:%Y-%m}")) == 1


def test_month_begins_at_the_editors_midnight(chief, quiet, settings):
    settings.TIME_ZONE = "Europe/London"
    summer = months_until(timezone.localdate(), count=24)
    first = next(day for day in summer if day.month == 7)
    midnight = datetime(first.year, 7, 1, tzinfo=ZoneInfo("Europe/London"))
    done(quiet["hearing"], "wagtail.publish", at=midnight)
    done(quiet["speaking"], "wagtail.publish", at=midnight - timedelta(seconds=1))
    assert [row[0] for row in seen(chief, "changes", month=f"{first:%Y-%m}")] == ["Hearing"]


@pytest.mark.parametrize("month", ["nonsense", "1999-01", "2026-13"])
def test_strange_month_is_no_error(chief, quiet, month):
    done(quiet["hearing"], "wagtail.publish")
    assert len(seen(chief, "changes", month=month)) == 1


def test_kind_and_language_can_be_chosen(chief, quiet):
    done(quiet["hearing"], "wagtail.publish")
    done(quiet["speaking"], "wagtail.unpublish")
    assert [row[0] for row in seen(chief, "changes", what="unpublished")] == ["Speaking"]
    assert seen(chief, "changes", locale="cy") == []


def test_only_ones_own_pages_are_listed(client, quiet):
    done(quiet["tea-first"], "wagtail.publish")
    done(quiet["hearing"], "wagtail.publish")
    fresh(quiet["speaking"]).delete()
    client.force_login(somebody("lake", page=quiet["small-lake"], rights=["change"]))
    assert [row[0] for row in seen(client, "changes")] == ["Tea first"]


def test_months_are_counted_back():
    assert months_until(date(2026, 2, 28), count=3) == [date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1)]
    assert month_begins("2026-02") == date(2026, 2, 1)
    assert month_begins("2026-2-2") is None
