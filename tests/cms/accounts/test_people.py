"""On Wagtail's own screens of users, too, nobody gives more than they have, nor takes over who has more."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from tests.cms.accounts.conftest import browser_of, person

pytestmark = pytest.mark.django_db

LIST = "/admin/users/"


def filled_in(someone, *groups, **fields) -> dict:
    names = ("username", "email", "first_name", "last_name")
    return {name: getattr(someone, name) for name in names} | {
        "is_active": "on", "groups": [group.pk for group in groups], **fields
    }  # fmt: skip


def edit(someone) -> str:
    return reverse("wagtailusers_users:edit", args=[someone.pk])


@pytest.fixture
def host(hosts):
    return person("host", hosts)


def fresh(someone):
    return get_user_model().objects.get(pk=someone.pk)


def test_list_leads_to_invitations(host):
    text = browser_of(host).get(LIST).text
    assert "/admin/people/invite/" in text
    assert "/admin/people/invitations/" in text


def test_writer_sees_no_invitations(writers):
    desk = browser_of(person("writer", writers))
    assert "people/invite" not in desk.get("/admin/").text


def test_host_makes_nobody_administrator(host, writers):
    other, desk = person("other", writers), browser_of(host)
    desk.post(edit(other), filled_in(other, writers, is_superuser="on"))
    assert not fresh(other).is_superuser
    new = filled_in(other, writers, username="n", email="n@example.org", is_superuser="on")
    desk.post("/admin/users/new/", {**new, "password1": "three pears fell up", "password2": "three pears fell up"})
    assert not get_user_model().objects.get(username="n").is_superuser


def test_host_puts_nobody_above_themselves(host, writers, publishers):
    other = person("other", writers)
    browser_of(host).post(edit(other), filled_in(other, writers, publishers))
    assert list(fresh(other).groups.all()) == [writers]


def test_host_does_not_promote_themselves(host, hosts, publishers):
    browser_of(host).post(edit(host), filled_in(host, hosts, publishers))
    assert list(fresh(host).groups.all()) == [hosts]


@pytest.mark.parametrize("view", ["edit", "delete"])
def test_host_takes_over_nobody_with_more(host, admin, publishers, view):
    desk, words = browser_of(host), {"password1": "mine now for ever", "password2": "mine now for ever"}
    for other in (admin, person("publisher", publishers)):
        address = reverse(f"wagtailusers_users:{view}", args=[other.pk])
        assert desk.get(address)["Location"] == "/admin/"
        assert desk.post(address, filled_in(other, **words))["Location"] == "/admin/"
        assert fresh(other).password == other.password


def test_many_at_once_go_no_further(host, writers, publishers, admin):
    other, desk = person("other", writers), browser_of(host)
    role = "/admin/bulk/auth/user/assign_role/"
    desk.post(f"{role}?id={other.pk}", {"role": publishers.pk})
    assert list(fresh(other).groups.all()) == [writers]
    desk.post(f"/admin/bulk/auth/user/set_active_state/?id={admin.pk}", {"mark_as_active": "False"})
    assert fresh(admin).is_active
    desk.post(f"/admin/bulk/auth/user/set_active_state/?id={other.pk}", {"mark_as_active": "False"})
    assert not fresh(other).is_active


def test_administrator_does_all_this(admin, writers, publishers):
    other, desk = person("other", writers), browser_of(admin)
    desk.post(edit(other), filled_in(other, publishers, is_superuser="on"))
    assert fresh(other).is_superuser
    desk.post(f"/admin/bulk/auth/user/assign_role/?id={other.pk}", {"role": writers.pk})
    assert set(fresh(other).groups.all()) == {writers, publishers}
