"""Help stands on the screens where somebody needs it, open the first time, and folded up from then on."""

import re

import pytest
from django.template.loader import get_template
from django.urls import reverse
from wagtail.users.models import UserProfile

from tests.cms.start.conftest import shown
from toolkit.documents.library import page_types

pytestmark = pytest.mark.django_db
HELP = {
    "start": "You cannot break anything.",
    "text": "Write as you would say it to a friend.",
    "quote": "Consent means that they said yes",
    "idea": "a game to begin with",
    "easy-read": "It says what the page says, in fewer words",
    "list": "This is the site as a tree.",
    "publishing": "Asks somebody else to look at it.",
}


def screens(site) -> dict[str, list[str]]:
    """Give the addresses at which each help stands."""

    def edit(code: str) -> str:
        return reverse("wagtailadmin_pages:edit", args=[site[code].pk])

    def add(kind: str, below: str) -> str:
        return reverse("wagtailadmin_pages:add", args=["toolkit", kind, site[below].pk])

    editors = {
        "text": [edit("hearing"), edit("first-stage"), add("mark", "first-stage")],
        "quote": [edit("it-happened"), add("quote", "all-voices")],
        "idea": [edit("tea-first"), add("idea", "small-lake")],
        "easy-read": [edit("hearing-easy-read"), add("easyread", "speaking")],
    }
    return {
        "start": ["/admin/"],
        "list": [reverse("wagtailadmin_explore", args=[site["first-stage"].pk])],
        "publishing": [address for addresses in editors.values() for address in addresses],
        **editors,
    }


def is_open(html: str, words: str) -> bool:
    box = re.search(r'<details class="help-box"([^>]*)>(?:(?!</details>).)*' + re.escape(words), html, re.DOTALL)
    return "open" in box[1]


@pytest.mark.parametrize("name", HELP)
def test_help_is_on_its_screens(admin_client, site, name):
    for address in screens(site)[name]:
        assert HELP[name] in shown(admin_client, address), address


@pytest.mark.parametrize("name", HELP)
def test_help_is_open_only_the_first_time(admin_client, site, name):
    address = screens(site)[name][0]
    assert is_open(shown(admin_client, address), HELP[name])
    assert not is_open(shown(admin_client, address), HELP[name])


def test_help_is_open_for_each_person(admin_client, admin_user, visit):
    shown(admin_client)
    assert is_open(shown(visit("change")), HELP["start"])
    assert "help-start" in UserProfile.get_for_user(admin_user).dismissibles


def test_help_keeps_what_else_was_put_away(admin_client, admin_user, site):
    profile = UserProfile.get_for_user(admin_user)
    profile.dismissibles = {"last_upgrade_check": "9.9"}
    profile.save()
    shown(admin_client)
    profile.refresh_from_db()
    assert profile.dismissibles == {"last_upgrade_check": "9.9", "help-start": True}


@pytest.mark.parametrize("page_type", page_types(), ids=lambda page_type: page_type.__name__)
def test_every_kind_of_page_has_help(page_type):
    assert get_template(f"admin/help/{page_type.help_name}.html")
    handler = page_type.get_edit_handler()
    names = [panel.name for panel in handler.children[0].children if hasattr(panel, "name")]
    assert names == [page_type.help_name, "publishing"]


def test_search_in_the_list_brings_no_help(admin_client, site):
    address = reverse("wagtailadmin_explore_results", args=[site["first-stage"].pk])
    assert "help-box" not in shown(admin_client, address)
