"""Pages that say what is wrong: in the language of the address, like the rest of the site, or bare if need be."""

from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import RequestFactory
from django.utils.translation import override

from api.releases import views
from cms.views import server_error
from tests.gates.nu import check_html

pytestmark = pytest.mark.django_db


def apology(path: str, error: Exception):
    """What whoever asks for a path gets when this happens."""
    try:
        raise error
    except type(error):
        return server_error(RequestFactory().get(path))


def shown(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml")


@pytest.mark.parametrize(
    ("error", "status"), [(ValueError("broken"), 500), (OperationalError("away"), 503)], ids=["500", "503"]
)
def test_apology_looks_like_the_site(error, status, starter_release, settings):
    settings.RELEASES_DIR = starter_release
    response = apology("/en/score/", error)
    page = shown(response)
    assert (response.status_code, page.html["lang"]) == (status, "en")
    assert response["Cache-Control"] == "no-store"
    assert ("Retry-After" in response) == (status == 503)
    assert page.find("link", rel="stylesheet")["href"].startswith("/assets/")
    assert page.main.select_one('form[action="/en/search/"]')
    assert {"/en/", "/en/planning/"} <= {link["href"] for link in page.main.select("a[href]")}
    assert check_html({f"{status}": response.content.decode()}) == []


@pytest.mark.parametrize(("address", "locale"), [("/ar/score/", "ar"), ("/xx/score/", "en")])
def test_apology_is_in_the_language_of_the_address(address, locale, monkeypatch):
    reader = SimpleNamespace(content=str.encode)
    monkeypatch.setattr(views, "reader_of", lambda folder: reader)
    assert apology(address, ValueError("broken")).content.decode() == f"broken/{locale}"


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("error", [ValueError("broken"), OperationalError("away")], ids=["500", "503"])
@pytest.mark.parametrize("failure", ["no release", "damaged release"])
def test_apology_needs_no_release(locale, error, failure, tmp_path, settings, monkeypatch):
    settings.RELEASES_DIR = tmp_path
    if failure == "damaged release":

        def damaged(folder):
            raise OSError("the disk cannot be read")

        monkeypatch.setattr(views, "reader_of", damaged)
    with override(locale):
        response = apology(f"/{locale}/score/", error)
    assert response.status_code in (500, 503)
    assert shown(response).html["lang"] == locale
    assert check_html({failure: response.content.decode()}) == []


@pytest.mark.parametrize(("path", "status"), [(views.NOT_FOUND_PATH, 404), (views.GONE_PATH, 410)])
def test_notice_without_a_release_is_a_page(path, status, tmp_path, settings):
    settings.RELEASES_DIR = tmp_path
    response = views.notice(RequestFactory().get("/en/nowhere/"), path, status)
    assert (response.status_code, bool(shown(response).h1)) == (status, True)
    assert check_html({path: response.content.decode()}) == []


def test_admin_says_that_editing_waits(starter_release, settings):
    settings.RELEASES_DIR = starter_release
    assert "Editing has to wait a moment" in apology("/admin/", OperationalError("away")).content.decode()


def test_worker_is_looked_for_anew_each_time(starter_release, settings):
    settings.RELEASES_DIR = starter_release
    headers = views.reader_of(starter_release).find("/sw.js").get_path_and_headers({})[1]
    assert dict(headers)["Cache-Control"] == "no-cache"
    assert dict(headers)["Content-Type"].startswith("text/javascript")
