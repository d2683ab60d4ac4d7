"""People of each kind, their browsers, and the phones that they have."""

from time import time

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import GroupPagePermission, Page

from cms.accounts.second_factor import renew_codes

PASSWORD = "three apples fell up"


@pytest.fixture(autouse=True)
def released(db, starter_release, settings):
    """What readers see; no test here changes it."""
    settings.RELEASES_DIR = starter_release


def group(name: str, *permissions: str, on: Page | None = None, page: tuple[str, ...] = ()) -> Group:
    """Make a group with permissions, and with rights on a page and all below it."""
    made, _is_new = Group.objects.get_or_create(name=name)
    made.permissions.set(Permission.objects.filter(codename__in=["access_admin", *permissions]))
    for codename in page:
        right = Permission.objects.get(codename=codename, content_type__model="page")
        GroupPagePermission.objects.create(group=made, page=on or Page.get_first_root_node(), permission=right)
    return made


def person(name: str, *groups: Group, **fields):
    """Make somebody in groups, with the password of all here."""
    fields = {"email": f"{name}@example.org", "first_name": name.title(), "last_name": "Person", **fields}
    made = get_user_model().objects.create_user(name, password=PASSWORD, **fields)
    made.groups.set(groups)
    return made


@pytest.fixture
def admin():
    return person("boss", is_superuser=True)


@pytest.fixture
def writers() -> Group:
    """They may write, but not publish."""
    return group("Writers", page=("add_page", "change_page"))


@pytest.fixture
def publishers() -> Group:
    return group("Publishers", page=("change_page", "publish_page"))


@pytest.fixture
def hosts() -> Group:
    """They may write, and bring others in."""
    return group("Hosts", "add_user", "change_user", "delete_user", page=("add_page", "change_page"))


def browser_of(someone) -> Client:
    browser = Client()
    browser.force_login(someone)
    return browser


def log_in(browser: Client, name: str, password: str = PASSWORD, **extra):
    """Log in by the form, as people do."""
    return browser.post("/admin/login/", {"username": name, "password": password, "next": "/admin/"}, **extra)


class Phone:
    """An authenticator app: shows the codes of one key, a fresh one each time."""

    def __init__(self, device: TOTPDevice):
        self.key, self.ahead = device.bin_key, -1

    def code(self) -> str:
        self.ahead += 1
        totp = TOTP(self.key)
        totp.time = time() + 30 * min(self.ahead, 1)
        return f"{totp.token():06}"

    def wrong(self) -> str:
        return f"{(int(self.code()) + 1) % 1_000_000:06}"


def phone_of(someone) -> Phone:
    """Give somebody a phone that is set up."""
    return Phone(TOTPDevice.objects.create(user=someone, name="app", confirmed=True))


def codes_of(someone) -> list[str]:
    return renew_codes(someone)
