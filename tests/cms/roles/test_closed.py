"""Doors that the list of who comes where has found open, and that are closed since."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from cms.accounts.invitations import invite
from tests.cms.roles.people import furnished_site, somebody
from tests.hidden_site import picture

pytestmark = pytest.mark.django_db

WRITING = ("post", "put", "patch", "delete")


def logged_in(role: str) -> Client:
    client = Client()
    client.force_login(somebody(role))
    return client


@pytest.fixture
def boss():
    return logged_in("administrator")


@pytest.mark.parametrize("method", WRITING)
def test_files_that_are_not_public_are_only_read(boss, method):
    address = picture("closed").file.url
    assert boss.get(address).status_code == 200
    assert getattr(boss, method)(address).status_code == 405


@pytest.mark.parametrize("method", WRITING)
def test_styleguide_is_only_read(releases, settings, client, method):
    settings.STYLEGUIDE = True
    assert client.get("/styleguide/").status_code == 200
    assert getattr(client, method)("/styleguide/").status_code == 405


@pytest.mark.parametrize("method", WRITING[1:])
def test_invitation_is_taken_up_by_its_form_alone(client, method):
    who = {"email": "new@example.org", "first_name": "New", "last_name": "Person", "language": "en", "groups": []}
    _made, token = invite(by=somebody("administrator"), **who, now=timezone.now())
    assert getattr(client, method)(f"/admin/invitation/{token}/").status_code == 405
    assert not get_user_model().objects.filter(email="new@example.org").exists()


def test_titles_are_shown_to_nobody_who_may_not_move_the_page():
    pages = furnished_site()
    page, below = pages["speaking"], pages["later-stage"]
    type(page).objects.filter(pk=page.pk).update(live=False, title="A secret plan", draft_title="A secret plan")
    address = f"/admin/pages/{page.pk}/move/{below.pk}/confirm/"
    assert "A secret plan" in logged_in("publisher").get(address).content.decode()
    for role in ("translator", "translation reviewer", "reviewer", "keeper"):
        answer = logged_in(role).get(address, follow=True)
        assert answer.redirect_chain, role
        assert "A secret plan" not in answer.content.decode(), role
