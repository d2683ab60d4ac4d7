"""Somebody who decides on offers, with the rights that it takes."""

from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page

from api.offers.models import Offer
from tests.api.offers.people import send
from tests.translations import translated_site
from toolkit.models import Home


def moderator(name: str, *, moderates: bool = True, adds: bool = True):
    """Give somebody who may come to the admin, decide on offers, and add pages anywhere."""
    user, group = get_user_model().objects.create_user(name, password="x"), Group.objects.create(name=name)
    codes = ["access_admin", *(["moderate_offers"] if moderates else [])]
    group.permissions.set(Permission.objects.filter(codename__in=codes))
    if adds:
        for home in Home.objects.all():
            right = Permission.objects.get(codename="add_page", content_type__app_label="wagtailcore")
            GroupPagePermission.objects.create(group=group, page=home, permission=right)
    user.groups.add(group)
    return user


def sign_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def site(releases) -> dict:
    """The pages of a small site, by their code."""
    return translated_site()


@pytest.fixture
def user(site):
    return moderator("moderator")


@pytest.fixture
def desk(user) -> Client:
    """The browser of somebody who may decide and add."""
    return sign_in(user)


@pytest.fixture
def offered(site):
    """Offers something, and gives the offer and its private link."""

    def offer(**fields) -> SimpleNamespace:
        sent = send(**{"about": "", **fields})
        return SimpleNamespace(link=sent.link, pk=sent.offer.pk)

    return offer


def now_of(one) -> Offer:
    """Give an offer as it stands now."""
    return Offer.objects.get(pk=one.pk)


def page_of(one) -> Page:
    """Give the one page of an offer, as its latest draft has it."""
    return Page.objects.get(translation_key=now_of(one).page).specific.get_latest_revision_as_object()


def press(desk: Client, one, what: str, **fields):
    """Press a button of the list."""
    return desk.post(f"/admin/offers/{one.pk}/{what}/", fields)


def today():
    return timezone.localdate()
