"""Who comes to which address, asked of every one that there is: one that is not listed fails."""

import os
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.cms.roles import bulk
from tests.cms.roles.addresses import address_of, every_route, routes, subjects
from tests.cms.roles.doors import GUESSED, KEEPER, METHODS, PARTICIPANT, Behind, Door, behind
from tests.cms.roles.people import furnished_site, somebody
from tests.releases import publish_everything

pytestmark = pytest.mark.django_db

LIST = Path(__file__).parent / "who-comes-where.txt"
ANONYMOUS = "anonymous"
# A view of the admin that forgets to ask for rights with a method does so for everybody: these have the fewest.
FEWEST_RIGHTS = {"a", "n", "l"}
# By the letter that stands for each in the list.
PEOPLE = {
    "a": ANONYMOUS,
    "s": PARTICIPANT,
    "b": KEEPER,
    "n": "nobody",
    "t": "translator",
    "r": "translation reviewer",
    "e": "editor",
    "l": "reviewer",
    "p": "publisher",
    "k": "keeper",
    "A": "administrator",
}
NAMES = {
    **PEOPLE,
    "s": "somebody who takes part in a board",
    "b": "the keeper of that board",
    "n": "an account without a role",
    "l": "lived-experience reviewer",
    "k": "keeper of consent",
}
# Of Wagtail's own addresses: one that is there to break, and one that no screen leads to, for every document has all
# that its form asks for.
BROKEN = (
    "admin/failwhale/",
    "admin/documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/",
)
# What Wagtail's forms always send: without it, its views break.
FORM = {
    "body-count": "0",
    "serves-count": "0",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "external-link-chooser-url": "/en/",
}
HEAD = (
    "# Who may read (GET) and send (POST, PUT, PATCH, DELETE): " + ", ".join(f"{k} {v}" for k, v in NAMES.items()),
    "# *: everybody. Below admin/, PUT, PATCH and DELETE are asked by a, n and l alone, where POST refuses them.",
)


@pytest.fixture(scope="module")
def made(made_once):
    """The small site with one of everything, and all that addresses outside the admin are about."""

    def make() -> tuple[dict, Behind]:
        pages = furnished_site()
        about = subjects(pages)
        publish_everything()
        return about, behind(pages)

    return made_once(make)


@pytest.fixture
def site(db, made, settings) -> tuple[dict, Behind]:
    (about, there), settings.RELEASES_DIR = made
    # What a request changes is taken back, so there is nothing to publish.
    settings.TASKS = {**settings.TASKS, "publishing": settings.IN_WORKER}
    settings.STYLEGUIDE = True
    return about, there


def browsers(there: Behind) -> dict[str, Client]:
    """Give a browser for each: without a cookie, with the token of a board, or logged in."""
    found = {}
    for letter, who in PEOPLE.items():
        token = there.tokens.get(who)
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        found[letter] = Client(raise_request_exception=False, headers=headers)
        if who != ANONYMOUS and not token:
            found[letter].force_login(somebody(who))
    return found


def ask(client: Client, method: str, address: str, sent: dict, **kind):
    """Ask as somebody, and take it all back; give the answer."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = getattr(client, method)(address, sent, **kind)
        transaction.set_rollback(True)
    # Whoever logged out is back.
    client.cookies = cookies
    return answer


def comes_in(client: Client, method: str, route: str, about: dict) -> bool:
    """Tell whether somebody is let in at an address of the admin, whatever came of it."""
    form = {**FORM, "new_parent_page": about["destination_id"]} if method == "post" else {}
    answer = ask(client, method, address_of(route, about), form)
    assert answer.status_code != 500 or route in BROKEN, route
    if answer.status_code in (301, 302):
        return not answer.url.startswith("/admin/login/") and answer.url != "/admin/"
    return answer.status_code not in (401, 403, 404, 405, 500)


def goes_through(client: Client, method: str, door: Door, token: str) -> bool:
    """Tell whether somebody gets what they ask for elsewhere, or hears from the rules why it is not the time."""
    sent = door.sent.get(method, {})
    kind = {"content_type": "application/json"} if door.is_json and method != "get" else {}
    if door.is_json and method != "get":
        kind["headers"] = {"Idempotency-Key": "6f1a2c3e-0d4b-4d8e-9a55-3f0c1b2a7e10"}
    answer = ask(client, method, door.address.format(mine=token), sent, **kind)
    assert answer.status_code < 500, (door, method)
    return answer.status_code < 400 or answer.status_code == 409


def line(let_in: dict[str, str], what: str) -> str:
    shown = {method: letters if letters != "".join(PEOPLE) else "*" for method, letters in let_in.items()}
    return " ".join(f"{shown[method] or '-':12}" for method in METHODS) + f" {what}"


def of_the_admin(clients: dict[str, Client], about: dict) -> list[str]:
    lines = []
    for route in routes():
        let_in: dict[str, str] = {}
        for method in METHODS:
            asking = FEWEST_RIGHTS - set(let_in["post"]) if method in METHODS[2:] else set(clients)
            let_in[method] = "".join(
                who for who, client in clients.items() if who in asking and comes_in(client, method, route, about)
            )
        lines.append(line(let_in, route))
    return lines


def of_the_rest(clients: dict[str, Client], there: Behind) -> list[str]:
    tokens = {letter: there.tokens.get(who, GUESSED) for letter, who in PEOPLE.items()}
    lines = []
    for door in there.doors:
        let_in = {
            method: "".join(who for who, client in clients.items() if goes_through(client, method, door, tokens[who]))
            for method in METHODS
        }
        lines.append(line(let_in, str(door)))
    return sorted(lines, key=lambda text: text.split(maxsplit=len(METHODS))[-1])


def of_many_things(clients: dict[str, Client], about: dict) -> list[str]:
    """Tell who changes something with many things at once: of whoever may not, Wagtail leaves their things out."""
    before, sent, lines = bulk.state(), bulk.form(about), []
    for action in bulk.actions():
        where = bulk.address(action, about)
        changing = "".join(who for who, client in clients.items() if changes(client, where, sent, before))
        lines.append(line({**dict.fromkeys(METHODS, ""), "post": changing}, f"admin/bulk/{'/'.join(action)}/"))
    return lines


def changes(client: Client, address: str, sent: dict, before: tuple) -> bool:
    with transaction.atomic():
        assert client.post(address, sent).status_code < 500, address
        has_changed = bulk.state() != before
        transaction.set_rollback(True)
    return has_changed


def test_every_address_outside_the_admin_is_asked(site):
    there = site[1]
    asked = {door.route for door in there.doors}
    routes_there = {route for route in every_route() if not route.startswith("admin/")}
    assert routes_there - asked == set(), "Each needs a door in tests/cms/roles/doors.py."
    # Answered before any address is looked up.
    assert asked - routes_there - {"healthz"} - {route for route in asked if route.startswith("admin/")} == set()


def test_everybody_comes_where_they_should_and_nowhere_else(site):
    about, there = site
    clients = browsers(there)
    lines = [*HEAD, *of_the_rest(clients, there), *of_many_things(clients, about)]
    lines += of_the_admin(clients, about)
    if os.environ.get("REWRITE_EXAMPLES"):
        LIST.write_text("\n".join([*lines, ""]))
    assert LIST.read_text().splitlines() == lines


def test_strangers_come_to_the_login_alone():
    listed = [text.split(maxsplit=len(METHODS)) for text in LIST.read_text().splitlines()[len(HEAD) :]]
    strangers = set("asb*")
    found = {what for *letters, what in listed if what.startswith("admin/") and strangers & set("".join(letters))}
    assert found == {
        "admin/invitation/<str:token>/ (with its link)",
        "admin/jsi18n/",
        "admin/login/",
        "admin/password_reset/",
        "admin/password_reset/complete/",
        "admin/password_reset/confirm/<uidb64>/<token>/",
        "admin/password_reset/done/",
        "admin/sprite/",
        "admin/still-here/",
    }


def test_who_has_given_a_password_alone_comes_to_the_code_alone(site):
    """Also an administrator: what is open to strangers is open to them, and beside it the screen for the code."""
    about, _there = site
    boss = somebody("administrator")
    TOTPDevice.objects.create(user=boss, name="app", confirmed=True)
    client = Client(raise_request_exception=False)
    client.force_login(boss)
    open_to_all = {"jsi18n", "login", "logout", "password_reset", "sprite", "still-here", "invitation"}
    for route in routes():
        answers = [ask(client, method, address_of(route, about), {}) for method in ("get", "post")]
        if route.split("/")[1] in open_to_all or route == "admin/second-step/code/":
            continue
        for answer in answers:
            assert answer.status_code == 302, route
            assert answer.url.startswith("/admin/second-step/code/"), route
