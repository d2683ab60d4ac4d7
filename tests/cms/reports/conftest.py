"""A small site that is published, and people who look at its reports."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from cms.reports import contents, drafts
from tests.releases import publish_everything
from tests.small_site import fresh, small_site

MAY = {"view": ("wagtailadmin", "access_admin"), "report": ("reports", "view_reports")}


@pytest.fixture(autouse=True)
def nothing_read():
    """What was read in an earlier test is forgotten: its pages are taken back, and others get their ids."""
    contents._kept.clear()
    drafts._kept.clear()


@pytest.fixture
def releases(db, tmp_path, settings):
    """A release folder of the test's own, with nothing in it."""
    settings.RELEASES_DIR = tmp_path / "releases"
    return settings.RELEASES_DIR


@pytest.fixture
def site(releases):
    """A small site that is published; its pages by code."""
    pages = small_site()
    publish_everything()
    return pages


def somebody(name: str, *, page=None, rights=(), reports=True):
    """Give somebody who has rights on a page and all below it, and may see reports, or may not."""
    user = get_user_model().objects.create_user(name, password="a long password")
    group = Group.objects.create(name=name)
    user.groups.add(group)
    for what, (app, codename) in MAY.items():
        if reports or what == "view":
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    for right in rights:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{right}_page")
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    return user


@pytest.fixture
def chief(db, client):
    """A browser of somebody who may do everything."""
    client.force_login(get_user_model().objects.create_superuser("chief", first_name="Chi", last_name="Ef"))
    return client


def seen(client, name: str, **asked) -> list[list[str]]:
    """Give the rows of a report as somebody reads them, without the names of the columns."""
    response = client.get(reverse(f"reports:{name}"), asked)
    assert response.status_code == 200
    soup = BeautifulSoup(response.content, "html.parser")
    for label in soup.select(".report-label"):
        label.decompose()
    rows = soup.select(".report-table tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("td")] for row in rows]


def words_of(client, name: str, **asked) -> str:
    """Give all words of a report's screen."""
    soup = BeautifulSoup(client.get(reverse(f"reports:{name}"), asked).content, "html.parser")
    return " ".join(soup.select_one("main").get_text(" ").split())


def from_csv(client, name: str, **asked) -> list[list[str]]:
    content = b"".join(client.get(reverse(f"reports:{name}"), {"export": "csv", **asked}).streaming_content)
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def from_xlsx(client, name: str, **asked) -> list[list]:
    """Give the cells of a report's file, with openpyxl's own word for what each is ("f" is a formula)."""
    content = b"".join(client.get(reverse(f"reports:{name}"), {"export": "xlsx", **asked}).streaming_content)
    return [list(row) for row in openpyxl.load_workbook(BytesIO(content)).active.rows]


def queries(client, name: str) -> int:
    """Count the queries of a report, once all that it lists has been read."""
    seen(client, name)
    with CaptureQueriesContext(connection) as captured:
        seen(client, name)
    return len(captured)


def change(page, **fields):
    """Change a page as an editor does, publish that, and let readers have it."""
    page = fresh(page)
    for name, value in fields.items():
        setattr(page, name, value)
    # What was public before pages were held back for what they lack is what these reports are there for.
    Page.publish(page, page.save_revision())
    publish_everything()
