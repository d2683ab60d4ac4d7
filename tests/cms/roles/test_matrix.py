"""Who comes to which address of the admin, asked of every one: one that is not listed fails."""

import os
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from tests.cms.roles.addresses import address_of, routes, subjects
from tests.cms.roles.people import furnished_site, somebody
from tests.releases import publish_everything

pytestmark = pytest.mark.django_db

LIST = Path(__file__).parent / "who-comes-where.txt"
# By the letter that stands for each in the list. Administrators come everywhere.
PEOPLE = {
    "e": "editor",
    "l": "reviewer",
    "p": "publisher",
    "k": "keeper",
    "t": "translator",
    "r": "translation reviewer",
    "n": "nobody",
}
# Of Wagtail's own addresses: one that is there to break, and one that breaks unless its own script asks.
BROKEN = ("admin/failwhale/", "admin/choose-external-link/")
# What Wagtail's forms always send: without it, its views break.
FORM = {"body-count": "0", "serves-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


@pytest.fixture
def about(settings, tmp_path):
    settings.RELEASES_DIR = tmp_path / "releases"
    pages = furnished_site()
    found = subjects(pages)
    publish_everything()
    return found


def comes_in(client: Client, method: str, route: str, about: dict) -> bool:
    """Ask as somebody, and take it all back; tell whether they were let in, whatever came of it."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        form = {**FORM, "new_parent_page": about["destination_id"]} if method == "post" else {}
        answer = getattr(client, method)(address_of(route, about), form)
        transaction.set_rollback(True)
    # Whoever logged out is back.
    client.cookies = cookies
    assert answer.status_code != 500 or route in BROKEN, route
    if answer.status_code in (301, 302):
        return not answer.url.startswith("/admin/login/") and answer.url != "/admin/"
    return answer.status_code not in (401, 403, 404, 405, 500)


def test_everybody_comes_where_they_should_and_nowhere_else(about):
    browsers = {}
    for letter, role in PEOPLE.items():
        browsers[letter] = Client(raise_request_exception=False)
        browsers[letter].force_login(somebody(role))
    lines = []
    for route in routes():
        let_in = {
            method: "".join(letter for letter, client in browsers.items() if comes_in(client, method, route, about))
            for method in ("get", "post")
        }
        lines.append(f"{let_in['get'] or '-':8} {let_in['post'] or '-':8} {route}")
    if os.environ.get("REWRITE_EXAMPLES"):
        head = "# Who may read (GET) and send (POST): " + ", ".join(f"{k} {v}" for k, v in PEOPLE.items())
        LIST.write_text("\n".join([head, *lines, ""]))
    assert LIST.read_text().splitlines()[1:] == lines


def test_strangers_come_to_the_login_alone(about):
    stranger = Client(raise_request_exception=False)
    found = [route for route in routes() if comes_in(stranger, "get", route, about)]
    assert found == [
        "admin/jsi18n/",
        "admin/login/",
        "admin/password_reset/",
        "admin/password_reset/complete/",
        "admin/password_reset/confirm/<uidb64>/<token>/",
        "admin/password_reset/done/",
        "admin/sprite/",
        "admin/still-here/",
    ]


def test_administrators_come_everywhere_that_there_is(about):
    """What not even they can open is closed, asks for a form to be sent, or has nothing there."""
    client = Client(raise_request_exception=False)
    client.force_login(somebody("administrator"))
    for route in routes():
        with transaction.atomic():
            status = client.get(address_of(route, about)).status_code
            transaction.set_rollback(True)
        assert status != 500 or route in BROKEN, route
