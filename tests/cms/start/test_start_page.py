"""The start page asks what somebody wants to do, and shows only what they may do."""

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.cms.start.conftest import shown
from tests.translations import person, translated_site

pytestmark = pytest.mark.django_db
QUESTION = "What do you want to do?"
CHOICES = {
    "marks": "Change a mark",
    "quote": "Add a quote",
    "idea": "Add an idea",
    "waiting": "See what waits for me",
    "imports:index": "Bring in a document",
    "offers:index": "Look at offers",
    "consent:index": "Keep consent",
    "translations:index": "Translate",
    "start:reports": "Look at reports",
}


def choices(client) -> set[str]:
    html = shown(client)
    assert QUESTION in html
    return {name for name in CHOICES if f"start-choice--{name}" in html and CHOICES[name] in html}


@pytest.mark.parametrize(
    ("rights", "offered"),
    [
        ([], {"waiting"}),
        (["change"], {"marks", "waiting", "start:reports"}),
        (["add"], {"quote", "idea", "waiting", "start:reports"}),
        (["add", "change"], {"marks", "quote", "idea", "waiting", "start:reports"}),
        (["change", "publish"], {"marks", "waiting", "translations:index", "start:reports"}),
    ],
)
def test_choices_are_what_somebody_may_do(visit, rights, offered):
    assert choices(visit(*rights)) - {"translations:index"} == offered - {"translations:index"}


def test_add_leads_straight_to_the_form(visit, site):
    client = visit("add", "change")
    html = shown(client)
    for kind, room in (("quote", "all-voices"), ("idea", "small-lake")):
        address = reverse("wagtailadmin_pages:add", args=["toolkit", kind, site[room].pk])
        assert f'href="{address}"' in html
        assert client.get(address).status_code == 200


def test_translator_is_led_to_their_language(client, db):
    translated_site()
    client.force_login(person("translator", "cy"))
    assert "translations:index" in choices(client)
    assert "quote" not in choices(client)


@pytest.mark.parametrize("name", ["imports:index", "offers:index", "consent:index"])
def test_administrator_is_led_to_every_room(admin_client, site, name):
    assert name in choices(admin_client)


def test_what_care_needs_stays_on_top(admin_client, site):
    html = shown(admin_client)
    if "What needs care" in html:
        assert html.index("What needs care") < html.index(QUESTION)


def test_nobody_counts_pages(admin_client, site):
    assert "w-summary__list" not in shown(admin_client)


def test_wagtails_own_panels_stay_below(visit, site):
    client = visit("add", "change", "lock")
    page = site["hearing"]
    Page.objects.filter(pk=page.pk).update(locked=True, locked_by=client.user, locked_at=timezone.now())
    html = shown(client)
    assert html.index(QUESTION) < html.index('id="locked-pages')


def test_reports_lead_to_each_report(visit):
    html = shown(visit("add", "change", "publish"), "/admin/start/reports/")
    assert reverse("wagtailadmin_reports:workflow") in html
    assert reverse("releases:index") in html


def test_reports_are_for_those_who_may_see_one(visit):
    assert visit().get("/admin/start/reports/").status_code == 302


@pytest.mark.parametrize("screen", ["marks", "waiting", "reports"])
def test_screens_ask_for_an_account(client, screen):
    answer = client.get(reverse(f"start:{screen}"))
    assert answer.status_code == 302
    assert "/login/" in answer.url


@pytest.mark.parametrize("screen", ["marks", "waiting", "reports"])
def test_screens_only_show(admin_client, site, screen):
    assert admin_client.post(reverse(f"start:{screen}")).status_code == 405
