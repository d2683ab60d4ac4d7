"""Before a page is deleted, a screen says in plain words what is lost, and offers to take it off the site instead."""

import re

import pytest
from django.urls import reverse

from tests.cms.start.conftest import shown
from toolkit.models import Mark

pytestmark = pytest.mark.django_db


def address(page) -> str:
    return reverse("wagtailadmin_pages:delete", args=[page.pk])


def test_deleting_says_that_it_is_for_ever(admin_client, site):
    html = shown(admin_client, address(site["hearing"]))
    assert "Nobody can undo it." in html
    assert reverse("wagtailadmin_pages:unpublish", args=[site["hearing"].pk]) in html
    assert "Take it off the site instead" in html
    # Wagtail's own question is not asked as well.
    assert "Are you sure you want to delete this page?" not in html


def test_pages_below_are_counted(admin_client, site):
    assert "3 more pages stand below it" in shown(admin_client, address(site["first-stage"]))
    assert "stand below it" not in shown(admin_client, address(site["speaking"]))


def test_places_where_it_is_used_are_counted(admin_client, site):
    site["hearing"].save()
    assert "It is used in 1 other place." in shown(admin_client, address(site["it-happened"]))


def test_what_is_off_the_site_need_not_be_taken_off(admin_client, site):
    Mark.objects.filter(pk=site["hearing"].pk).update(live=False)
    html = shown(admin_client, address(site["hearing"]))
    assert "Take it off the site instead" not in html
    assert "it is not on the site" in html


def test_confirmed_page_is_deleted(admin_client, site):
    html = shown(admin_client, address(site["hearing"]))
    assert re.search(r'<form method="post">.*csrfmiddlewaretoken', html, re.DOTALL)
    answer = admin_client.post(address(site["hearing"]))
    assert answer.url == reverse("wagtailadmin_explore", args=[site["first-stage"].pk])
    assert not Mark.objects.filter(pk=site["hearing"].pk).exists()


def test_many_pages_ask_for_the_name_of_the_site(admin_client, site, settings):
    settings.WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 3
    html = shown(admin_client, address(site["first-stage"]))
    assert 'name="confirm_site_name"' in html
    assert "<b>4</b> pages in total" in html
    admin_client.post(address(site["first-stage"]), {"confirm_site_name": "something else"})
    assert Mark.objects.filter(pk=site["hearing"].pk).exists()
    # Wagtail still reads the field that our form has.
    admin_client.post(address(site["first-stage"]), {"confirm_site_name": settings.WAGTAIL_SITE_NAME})
    assert not Mark.objects.filter(pk=site["hearing"].pk).exists()


def test_wrong_name_is_asked_for_again(admin_client, site, settings):
    settings.WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
    answer = admin_client.post(address(site["hearing"]), {"confirm_site_name": "something else"})
    assert answer.status_code == 200
    assert 'name="confirm_site_name"' in answer.content.decode()
    assert settings.WAGTAIL_SITE_NAME in answer.content.decode()


def test_way_back_is_kept(admin_client, site):
    html = shown(admin_client, f"{address(site['hearing'])}?next=/admin/releases/")
    assert '<input type="hidden" name="next" value="/admin/releases/">' in html
    html = shown(admin_client, f"{address(site['hearing'])}?next=https://evil.example/")
    assert "evil.example" not in html


def test_deleting_is_for_those_who_may(visit, site):
    assert visit("add").get(address(site["hearing"])).status_code == 302
    assert Mark.objects.filter(pk=site["hearing"].pk).exists()
