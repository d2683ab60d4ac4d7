"""The admin looks like the site; each part of Wagtail that is replaced is still there to be replaced."""

import re
from pathlib import Path

import pytest
import wagtail.admin
from django.contrib.auth import get_user_model
from django.template import engines
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode
from django.urls import reverse
from wagtail.admin.menu import help_menu

from tests.cms.start.conftest import shown

pytestmark = pytest.mark.django_db
WAGTAIL = Path(wagtail.admin.__file__).parent / "templates"
NAME = "The mark of co-production"
# Of each template of ours that stands in the place of Wagtail's: the blocks that it fills.
FILLED = {
    "wagtailadmin/admin_base.html": {"branding_title", "branding_favicon", "css"},
    "wagtailadmin/base.html": {"branding_logo"},
    "wagtailadmin/login.html": {"branding_login", "above_login", "fields", "below_login", "branding_logo"},
    "wagtailadmin/home.html": {"branding_welcome"},
    "admin/help/explorable.html": {"listing"},
    "admin/uploads/avatar.html": {"content"},
}
# See tests/cms/reports/test_menu.py.
OF_OTHERS = {"wagtailadmin/reports/base_report.html"}


def blocks(text: str) -> set[str]:
    return set(re.findall(r"{%\s*block (\w+)", text))


def wagtails(name: str) -> set[str]:
    """Give the blocks of a template of Wagtail, and of those that it extends."""
    text = (WAGTAIL / name).read_text()
    above = re.search(r"""{%\s*extends ['"]([^'"]+)""", text)
    return blocks(text) | (wagtails(above[1]) if above else set())


@pytest.mark.parametrize("name", FILLED)
def test_every_block_is_still_in_wagtail(name):
    ours = get_template(name).template
    extended = ours.nodelist.get_nodes_by_type(ExtendsNode)[0].parent_name.resolve({})
    assert blocks(Path(ours.origin.name).read_text()) == FILLED[name]
    assert wagtails(extended) >= FILLED[name]


def test_no_other_template_of_wagtail_is_replaced():
    folder = Path(engines["django"].dirs[0]) / "wagtailadmin"
    names = {f"wagtailadmin/{path.relative_to(folder)}" for path in folder.rglob("*.html")}
    assert names - OF_OTHERS == {name for name in FILLED if name.startswith("wagtailadmin/")}


def test_login_says_what_it_is_for(client, db):
    html = shown(client, reverse("wagtailadmin_login"))
    assert f"<h1>{NAME}</h1>" in html
    assert "Sign in here to change words" in html
    assert f'href="{reverse("wagtailadmin_password_reset")}"' in html
    assert "I forgot my password" in html
    assert "start/mark.svg" in html
    assert 'name="username"' in html
    # Said once, in our words.
    assert "Forgotten password" not in html
    assert 'aria-label="Wagtail"' not in html


def test_login_still_lets_in(client):
    get_user_model().objects.create_superuser("boss", password="a long password")
    answer = client.post(reverse("wagtailadmin_login"), {"username": "boss", "password": "a long password"})
    assert answer.url == "/admin/"


def test_lost_password_is_asked_for_only_where_it_can_be(client, settings):
    settings.WAGTAIL_PASSWORD_RESET_ENABLED = False
    assert "I forgot my password" not in shown(client, reverse("wagtailadmin_login"))


def test_every_screen_has_our_name_and_look(admin_client, site):
    for address in ("/admin/", reverse("wagtailadmin_explore_root"), "/admin/start/waiting/"):
        html = shown(admin_client, address)
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]
        assert NAME in title
        assert "Wagtail" not in title
        assert "start/admin.css" in html
        assert html.count("start/mark.svg") == 2


def test_welcome_is_our_name(admin_client, site):
    assert re.search(rf"<h1[^>]*>\s*{NAME}\s*</h1>", shown(admin_client))


def test_help_menu_leads_nowhere_else(rf, admin_user):
    request = rf.get("/admin/")
    request.user = admin_user
    names = {item.name for item in help_menu.registered_menu_items}
    # What is hidden is still there to be hidden.
    assert any(name.startswith("whats-new-in-wagtail-") for name in names)
    assert "editor-guide" in names
    assert [item.name for item in help_menu.menu_items_for_request(request)] == [
        "handbook",
        "keyboard-shortcuts-trigger",
    ]


def test_colours_are_wagtails_own_properties():
    css = (Path(__file__).parents[3] / "cms/static/start/admin.css").read_text()
    core = (WAGTAIL.parent / "static/wagtailadmin/css/core.css").read_text()
    assert "!important" not in css
    for name in set(re.findall(r"--w-[\w-]+", css)):
        assert f"{name}:" in core, name
