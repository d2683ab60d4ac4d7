"""The handbook is there for everybody who may come to the admin, in their language, public or not."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from tests.cms.start.conftest import shown
from tests.small_site import add
from toolkit.models import Guide

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/start/handbook/"
MENU = "Handbook (in a new tab)"


@pytest.fixture
def handbook(site):
    """A handbook that is a draft, in the place of that of the starter content."""
    Guide.objects.filter(code="handbook").delete()
    page = add(Guide, site["small-home"], "handbook", summary="How to do it.", live=False)
    page.summary = "How to do it better."
    page.save_revision()
    return page


@pytest.mark.parametrize("rights", [["change"], ["publish"], []])
def test_everybody_reads_the_newest_draft(visit, handbook, rights):
    html = shown(visit(*rights), ADDRESS)
    assert "How to do it better." in html
    assert 'rel="stylesheet"' in html


def test_menu_and_help_lead_to_it(visit, handbook):
    html = shown(visit("change"))
    assert MENU in html
    assert f'href="{ADDRESS}" target="_blank"' in html


def test_public_handbook_is_read_on_the_site(visit, handbook):
    handbook.live = True
    handbook.save()
    assert visit("change").get(ADDRESS).url.endswith("/en/handbook/")


def test_handbook_speaks_the_readers_language(visit, handbook):
    client = visit("change")
    welsh = handbook.copy_for_translation(Locale.objects.get(language_code="cy"), copy_parents=True)
    welsh.summary = "Sut mae gwneud."
    welsh.save_revision()
    UserProfile.objects.update_or_create(user=client.user, defaults={"preferred_language": "cy"})
    assert "Sut mae gwneud." in shown(client, ADDRESS)
    UserProfile.objects.update_or_create(user=client.user, defaults={"preferred_language": "ar"})
    assert "How to do it better." in shown(client, ADDRESS)


def test_site_without_handbook_says_how_to_add_it(visit, handbook):
    client = visit("change")
    handbook.delete()
    answer = client.get(ADDRESS, follow=True)
    assert answer.redirect_chain == [(reverse("wagtailadmin_home"), 302)]
    assert "manage.py load_starter --page handbook" in answer.content.decode()
    call_command("load_starter", "--page", "handbook")
    assert "How to change this site" in shown(client, ADDRESS)
