"""An administrator manages subscribers and sees what they were sent; nobody else does."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from cms.webhooks.announce import announce
from cms.webhooks.models import Delivery, State, Subscriber
from cms.webhooks.problems import Problem

pytestmark = pytest.mark.django_db

RELEASE = {"release": 42, "created_at": "2026-11-24T10:00:00Z"}
LIST, NEW, LOG = "webhook_subscribers:index", "webhook_subscribers:add", "webhook_deliveries:index"


@pytest.fixture
def admin(client):
    """A browser of somebody who may do everything."""
    client.force_login(get_user_model().objects.create_superuser("admin"))
    return client


@pytest.fixture
def somebody(client):
    """Logs in somebody with certain permissions on subscribers, and gives their browser."""

    def log_in(*actions):
        user = get_user_model().objects.create_user("somebody")
        names = ["access_admin", *(f"{action}_subscriber" for action in actions)]
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def subscriber(names) -> Subscriber:
    names["one.example"] = ["8.8.8.8"]
    return Subscriber.objects.create(url="https://one.example/hook")


def edit(subscriber: Subscriber) -> str:
    return reverse("webhook_subscribers:edit", args=[subscriber.pk])


def trial(subscriber) -> str:
    return reverse("webhook_subscribers:test", args=[subscriber.pk])


def again(delivery: Delivery) -> str:
    return reverse("webhook_deliveries:again", args=[delivery.pk])


def test_new_subscriber_gets_a_secret_to_copy(admin, names):
    names["one.example"] = ["8.8.8.8"]
    shown = admin.post(reverse(NEW), {"url": "https://one.example/hook", "active": "on"}, follow=True)
    added = Subscriber.objects.get()
    assert shown.redirect_chain == [(edit(added), 302)]
    assert added.secret in shown.content.decode()
    assert "Copy the secret below" in shown.content.decode()


def test_form_of_a_new_one_shows_no_secret(admin):
    assert "whsec_" not in admin.get(reverse(NEW)).content.decode()


def test_secret_cannot_be_chosen(admin, subscriber):
    before = subscriber.secret
    admin.post(edit(subscriber), {"url": subscriber.url, "active": "on", "secret": "whsec_AAAA"})
    subscriber.refresh_from_db()
    assert subscriber.secret == before


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("http://127.0.0.1:8000/hook", Problem.PRIVATE),
        ("https://169.254.169.254/latest/", Problem.PRIVATE),
        ("https://0177.0.0.1/", Problem.PRIVATE),
        ("https://inside.example/", Problem.PRIVATE),
        ("ftp://one.example/", Problem.MALFORMED),
        ("one.example", Problem.MALFORMED),
        ("https://name:password@one.example/", Problem.MALFORMED),
    ],
)
def test_address_that_will_not_do_gets_a_sentence(admin, names, url, problem):
    names["inside.example"] = ["8.8.8.8", "10.0.0.1"]
    shown = admin.post(reverse(NEW), {"url": url, "active": "on"})
    assert str(problem.label) in shown.content.decode()
    assert not Subscriber.objects.exists()


def test_private_address_may_be_allowed(admin, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = True
    admin.post(reverse(NEW), {"url": "http://127.0.0.1:8000/hook", "active": "on"})
    assert Subscriber.objects.get().url == "http://127.0.0.1:8000/hook"


def test_subscriber_can_be_switched_off(admin, subscriber, names):
    # Even when its address has come to lead nowhere good.
    names["one.example"] = ["10.0.0.1"]
    admin.post(edit(subscriber), {"url": subscriber.url})
    subscriber.refresh_from_db()
    assert not subscriber.active


def test_list_shows_the_last_message(admin, subscriber):
    announce(RELEASE)
    Delivery.objects.update(state=State.FAILED, status=503, problem=Problem.REFUSED, tried_at=timezone.now())
    announce({**RELEASE, "release": 43})
    Delivery.objects.filter(release=43).update(created_at=timezone.now() - timedelta(days=1))
    shown = admin.get(reverse(LIST)).content.decode()
    assert "https://one.example/hook" in shown
    assert "Release 42" in shown
    assert "Release 43" not in shown
    assert "Failed" in shown
    assert f"{Problem.REFUSED.label} (503)" in shown


def test_list_asks_no_more_for_more(admin, subscriber, django_assert_max_num_queries):
    for number in range(15):
        Subscriber.objects.create(url=f"https://one.example/{number}")
    announce(RELEASE)
    announce(RELEASE)
    with django_assert_max_num_queries(18):
        assert "https://one.example/14" in admin.get(reverse(LIST)).content.decode()
    with django_assert_max_num_queries(18):
        assert "https://one.example/14" in admin.get(reverse(LOG)).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ["Waiting", "Not tried yet."]),
        ({"tried_at": timezone.now()}, ["Waiting", "Being sent."]),
        ({"state": State.DELIVERED, "status": 204}, ["Delivered", "The server took the message. (204)"]),
        ({"problem": Problem.UNREACHABLE}, ["Waiting", "The server could not be reached."]),
        ({"state": State.FAILED, "problem": Problem.GONE, "status": 410}, ["Failed", "switched off. (410)"]),
    ],
)
def test_log_says_what_happened(admin, subscriber, fields, words):
    announce(RELEASE)
    Delivery.objects.update(**fields)
    shown = admin.get(reverse(LOG)).content.decode()
    assert [word for word in ["Release 42", subscriber.url, *words] if word not in shown] == []


def test_log_of_one_subscriber_leaves_out_others(admin, subscriber):
    other = Subscriber.objects.create(url="https://other.example/")
    announce(RELEASE)
    Delivery.objects.filter(subscriber=other).update(release=77)
    shown = admin.get(reverse(LOG), {"subscriber": subscriber.pk}).content.decode()
    assert "Release 42" in shown
    assert "Release 77" not in shown


def test_pages_lead_to_each_other(admin, subscriber):
    announce(RELEASE)
    Delivery.objects.update(attempts=1)
    log = f"{reverse(LOG)}?subscriber={subscriber.pk}"
    for address in (reverse(LIST), edit(subscriber)):
        shown = admin.get(address).content.decode()
        assert [link for link in (trial(subscriber), log) if f'href="{link}"' not in shown] == []
    assert f'href="{again(Delivery.objects.get())}"' in admin.get(log).content.decode()


def test_test_is_sent_on_a_yes(admin, subscriber):
    asked = admin.get(trial(subscriber)).content.decode()
    assert "Send a message that says" in asked
    assert f"<strong>{subscriber.url}</strong>" in asked
    assert not Delivery.objects.exists()
    shown = admin.post(trial(subscriber), follow=True).content.decode()
    assert "It is on its way." in shown
    assert json.loads(Delivery.objects.get().body)["type"] == "test"


def test_message_is_sent_again_on_a_yes(admin, subscriber):
    announce(RELEASE)
    Delivery.objects.update(state=State.FAILED, attempts=9)
    delivery = Delivery.objects.get()
    assert "Send this message once more?" in admin.get(again(delivery)).content.decode()
    assert Delivery.objects.get().state == State.FAILED
    assert "It is on its way." in admin.post(again(delivery), follow=True).content.decode()
    assert (Delivery.objects.get().state, Delivery.objects.get().attempts) == (State.WAITING, 0)


def test_message_under_way_is_left_alone(admin, subscriber):
    announce(RELEASE)
    Delivery.objects.update(attempts=1, tried_at=timezone.now())
    shown = admin.post(again(Delivery.objects.get()), follow=True).content.decode()
    assert "being sent at this very moment" in shown
    assert Delivery.objects.get().attempts == 1


def test_nothing_is_sent_to_who_is_off(admin, subscriber):
    announce(RELEASE)
    Subscriber.objects.update(active=False)
    Delivery.objects.update(state=State.FAILED, attempts=9)
    asking = [trial(subscriber), again(Delivery.objects.get())]
    for address in asking:
        assert "is switched off" in admin.post(address, follow=True).content.decode()
    assert Delivery.objects.get().state == State.FAILED
    for address in (reverse(LIST), edit(subscriber), reverse(LOG)):
        shown = admin.get(address).content.decode()
        assert [link for link in asking if link in shown] == []


def all_pages(subscriber) -> list[str]:
    announce(RELEASE)
    pages = [reverse(name) for name in (LIST, NEW, LOG)]
    pages += [reverse(f"webhook_subscribers:{name}", args=[subscriber.pk]) for name in ("edit", "delete", "history")]
    return [*pages, trial(subscriber), again(Delivery.objects.get())]


def test_pages_answer_administrators(admin, subscriber):
    assert {admin.get(page).status_code for page in all_pages(subscriber)} == {200}


def test_pages_are_closed_to_others(somebody, subscriber):
    browser = somebody()
    announced = all_pages(subscriber)
    for page in announced:
        for response in (browser.get(page), browser.post(page)):
            # Wagtail sends those without permission back to its first page.
            assert response.status_code in (302, 405)
            assert response.get("Location", "/admin/") == "/admin/"
    assert Delivery.objects.get().state == State.WAITING
    assert Subscriber.objects.filter(active=True).count() == 1


def test_menu_is_for_those_with_permission(somebody):
    assert "webhooks" not in somebody().get("/admin/").content.decode().lower()


@pytest.mark.parametrize("action", ["add", "change", "delete"])
def test_menu_item_leads_to_subscribers(somebody, action):
    assert reverse(LIST) in somebody(action).get("/admin/").content.decode()


def test_log_needs_permission_to_change(somebody, subscriber):
    announce(RELEASE)
    browser = somebody("add")
    assert reverse(LOG) not in browser.get("/admin/").content.decode()
    assert browser.get(reverse(LOG)).status_code == 302
    assert "whsec_" not in browser.get(edit(subscriber), follow=True).content.decode()


def test_permissions_can_be_given_to_a_group(admin):
    shown = admin.get(reverse("wagtailusers_groups:add")).content.decode()
    wanted = Permission.objects.filter(content_type__app_label="webhooks")
    assert sorted(wanted.values_list("codename", flat=True)) == [
        f"{action}_subscriber" for action in ("add", "change", "delete", "view")
    ]
    assert f'value="{wanted.get(codename="change_subscriber").pk}"' in shown
