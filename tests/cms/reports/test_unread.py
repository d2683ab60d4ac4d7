"""What nobody has looked at: publishing and reading count, and reading can be taken back."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from cms.reports.reviews import latest_review, say_still_right
from tests.cms.reports.conftest import from_csv, seen, somebody, words_of
from tests.small_site import small_site

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def pages():
    """The small site, published today."""
    made = small_site()
    Page.objects.update(last_published_at=NOW)
    return made


def published(page, *, days: int):
    """Have a page published so many days ago."""
    Page.objects.filter(pk=page.pk).update(last_published_at=NOW - timedelta(days=days))


def titles(client, **asked) -> list[str]:
    return [row[0] for row in seen(client, "unread", **asked)]


def press(client, page, name="still_right", **form):
    return client.post(reverse(f"reports:{name}", args=[page.pk]), form)


def test_old_page_is_listed(chief, pages):
    published(pages["hearing"], days=400)
    [row] = seen(chief, "unread")
    assert row[:3] == ["Hearing", "Mark of co-production", "English"]


def test_all_well_says_so(chief, pages):
    assert "All is well" in words_of(chief, "unread")


@pytest.mark.parametrize(("period", "found"), [("half", 3), ("year", 2), ("two", 1), ("nonsense", 2)])
def test_period_can_be_chosen(chief, pages, period, found):
    for code, days in (("hearing", 800), ("speaking", 400), ("tea-first", 200)):
        published(pages[code], days=days)
    assert len(titles(chief, period=period)) == found


def test_never_looked_at_is_first(chief, pages):
    published(pages["hearing"], days=400)
    Page.objects.filter(pk=pages["speaking"].pk).update(last_published_at=None)
    rows = seen(chief, "unread")
    assert [row[0] for row in rows] == ["Speaking", "Hearing"]
    assert rows[0][3:6] == ["Never", "", "Never"]


def test_drafts_are_not_listed(chief, pages):
    published(pages["hearing"], days=400)
    Page.objects.filter(pk=pages["hearing"].pk).update(live=False)
    assert titles(chief) == []


def test_type_and_language_can_be_chosen(chief, pages):
    for code in ("hearing", "tea-first"):
        published(pages[code], days=400)
    assert titles(chief, type="idea") == ["Tea first"]
    assert titles(chief, locale="cy") == []


def test_one_press_takes_it_off_the_list(chief, pages):
    published(pages["hearing"], days=400)
    here = reverse("reports:unread")
    response = press(chief, pages["hearing"], next=here)
    assert response.url == here
    assert titles(chief) == []
    assert PageLogEntry.objects.get(action="toolkit.reviewed").user.username == "chief"


def test_who_last_read_it_is_said(chief, pages):
    published(pages["hearing"], days=900)
    user = get_user_model().objects.get()
    say_still_right(page=pages["hearing"], user=user, now=NOW - timedelta(days=500))
    assert seen(chief, "unread")[0][4] == "Chi Ef"
    assert titles(chief, period="two") == []


def test_press_can_be_taken_back(chief, pages):
    published(pages["hearing"], days=400)
    press(chief, pages["hearing"])
    press(chief, pages["hearing"], "take_back")
    assert titles(chief) == ["Hearing"]
    history = chief.get(reverse("wagtailadmin_pages:history", args=[pages["hearing"].pk]))
    assert "that was taken back" in history.content.decode()


def test_earlier_reading_stands_when_later_is_taken_back(chief, pages):
    published(pages["hearing"], days=900)
    user = get_user_model().objects.get()
    say_still_right(page=pages["hearing"], user=user, now=NOW - timedelta(days=200))
    press(chief, pages["hearing"])
    press(chief, pages["hearing"], "take_back")
    assert titles(chief) == []
    assert titles(chief, period="half") == ["Hearing"]


def test_nothing_to_take_back_is_said(chief, pages):
    response = press(chief, pages["hearing"], "take_back")
    assert "nothing to take back" in chief.get(response.url).content.decode()


def test_second_press_counts_once(chief, pages):
    press(chief, pages["hearing"])
    press(chief, pages["hearing"])
    press(chief, pages["hearing"], "take_back")
    assert latest_review(pages["hearing"]) is None


def test_looking_changes_nothing(chief, pages):
    response = chief.get(reverse("reports:still_right", args=[pages["hearing"].pk]))
    assert response.status_code == 200
    assert "Yes, it is still right" in response.content.decode()
    assert latest_review(pages["hearing"]) is None


def test_other_sites_are_not_led_to(chief, pages):
    response = press(chief, pages["hearing"], next="https://elsewhere.example/")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[pages["hearing"].pk])


def test_editor_has_the_button(chief, pages):
    response = chief.get(reverse("wagtailadmin_pages:edit", args=[pages["hearing"].pk]))
    # Wagtail's own script posts to this address.
    assert 'data-action="click-&gt;w-action#post"' in response.content.decode()
    assert f'data-w-action-url-value="{reverse("reports:still_right", args=[pages["hearing"].pk])}"' in (
        response.content.decode()
    )


@pytest.mark.parametrize("change", [{"live": False}, {"pk": 0}])
def test_only_public_pages_can_be_reviewed(chief, pages, change):
    Page.objects.filter(pk=pages["hearing"].pk).update(live=False)
    assert press(chief, pages["hearing"]).status_code == 404


def test_page_outside_ones_rights_is_refused(client, pages):
    client.force_login(somebody("editor", page=pages["small-lake"], rights=["change"]))
    assert press(client, pages["tea-first"]).status_code == 302
    assert latest_review(pages["tea-first"])
    press(client, pages["hearing"])
    assert latest_review(pages["hearing"]) is None


def test_rows_are_those_of_ones_own_pages(client, pages):
    Page.objects.update(last_published_at=NOW - timedelta(days=400))
    client.force_login(somebody("editor", page=pages["small-lake"], rights=["change"]))
    # The page above is there to get to it.
    assert set(titles(client)) == {"Small home", "Small lake", "Tea first"}
    rows = {row[0]: row[-1] for row in seen(client, "unread")}
    assert rows["Tea first"].startswith("Still right")
    assert rows["Small home"] == ""


def test_file_says_the_same(chief, pages):
    published(pages["hearing"], days=400)
    heads, row = from_csv(chief, "unread")
    assert heads == ["Page", "Type", "Language", "Last looked at", "By", "Last published"]
    assert row[0] == "Hearing"
    assert row[3].startswith(str(timezone.localtime(NOW - timedelta(days=400)).date()))
