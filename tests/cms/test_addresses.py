"""What stands at an address over the time: pages that moved or are gone, sitemaps, feeds, what robots may read."""

import xml.etree.ElementTree as ElementTree

import pytest
from wagtail.models import Locale

from api.releases.manifest import current_release, entries_of
from cms.publishing.publish import publish
from tests.releases import publish_everything
from tests.small_site import PUBLISHED, small_site
from toolkit.models import Mark

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture
def releases(db, tmp_path, settings):
    """A release folder of the test's own, with nothing in it."""
    settings.RELEASES_DIR = tmp_path / "releases"
    return settings.RELEASES_DIR


@pytest.fixture
def site(releases):
    pages = small_site()
    publish_everything()
    return pages


def statuses(releases) -> dict[str, tuple]:
    """Give status and new address of every path that holds no page any more."""
    entries = entries_of(releases, current_release(releases))
    return {path: (entry.status, entry.location) for path, entry in entries.items() if entry.status != 200}


def rename(page, slug: str):
    page = type(page).objects.get(pk=page.pk)
    page.slug = slug
    page.save_revision().publish()
    publish()


def test_moved_page_leads_to_its_new_address(site, releases, client):
    rename(site["hearing"], "listening-well")
    answer = client.get("/en/first-stage/hearing/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/first-stage/listening-well/")


def test_moved_stage_takes_old_addresses_of_its_marks_along(site, releases):
    rename(site["hearing"], "listening-well")
    rename(site["first-stage"], "begin")
    assert statuses(releases) == {
        "/en/first-stage/": (301, "/en/begin/"),
        "/en/first-stage/hearing/": (301, "/en/begin/listening-well/"),
        "/en/first-stage/listening-well/": (301, "/en/begin/listening-well/"),
        "/en/first-stage/hearing/easy-read/": (301, "/en/begin/listening-well/easy-read/"),
        "/en/first-stage/listening-well/easy-read/": (301, "/en/begin/listening-well/easy-read/"),
        "/en/first-stage/speaking/": (301, "/en/begin/speaking/"),
    }


def test_page_that_moved_back_is_no_redirect(site, releases):
    rename(site["hearing"], "listening-well")
    rename(site["hearing"], "hearing")
    assert statuses(releases) == {
        "/en/first-stage/listening-well/": (301, "/en/first-stage/hearing/"),
        "/en/first-stage/listening-well/easy-read/": (301, "/en/first-stage/hearing/easy-read/"),
    }


def test_gone_page_says_so_in_words(site, releases, client):
    site["hearing"].unpublish()
    publish()
    page = client.get("/en/first-stage/hearing/")
    assert (page.status_code, page["Content-Type"]) == (410, "text/html; charset=utf-8")
    assert b"This page has been taken away" in page.content
    document = client.get("/api/v1/en/marks/hearing/")
    assert (document.status_code, document["Content-Type"]) == (410, "application/problem+json")
    assert "taken away" in document.json()["detail"]


def test_gone_page_that_returns_answers_again(site, releases):
    site["hearing"].unpublish()
    publish()
    Mark.objects.get(pk=site["hearing"].pk).save_revision().publish()
    publish()
    assert statuses(releases) == {}


def test_new_page_takes_an_old_address(site, releases, reader):
    rename(site["hearing"], "listening-well")
    rename(site["speaking"], "hearing")
    assert b"Speaking" in reader.content("/en/first-stage/hearing/")
    assert statuses(releases) == {
        "/en/first-stage/speaking/": (301, "/en/first-stage/hearing/"),
        "/en/first-stage/hearing/easy-read/": (301, "/en/first-stage/listening-well/easy-read/"),
    }


def test_full_publish_remembers_old_addresses(site, releases):
    rename(site["hearing"], "listening-well")
    before = statuses(releases)
    publish_everything()
    assert statuses(releases) == before != {}


# Pages that nobody wrote.
OF_THE_SITE = {"/en/search/", "/en/offline/", "/en/offline/unreachable/", "/en/how-we-tested/"}


def test_sitemap_lists_every_page(site, releases, reader):
    index = ElementTree.fromstring(reader.content("/sitemap.xml"))
    maps = [place.text.removeprefix("http://localhost:8000") for place in index.iter(f"{SITEMAP}loc")]
    listed = {
        place.text.removeprefix("http://localhost:8000")
        for path in maps
        for place in ElementTree.fromstring(reader.content(path)).iter(f"{SITEMAP}loc")
    }
    pages = {
        path for path, entry in entries_of(releases, current_release(releases)).items() if path.startswith("/en/")
    }
    printed = {path for path in pages if path.startswith("/en/print/")} | {"/en/booklet.pdf"}
    assert listed == pages - printed - {"/en/feed.xml", "/en/offline.json", *OF_THE_SITE}


def test_sitemap_names_all_languages(site, releases, reader):
    site_url = "http://localhost:8000"
    twin = site["a-guide"].copy_for_translation(Locale.objects.get(language_code="cy"), copy_parents=True)
    for page in (twin.get_parent().specific, twin):
        page.save_revision().publish()
    publish_everything()
    for code in ("en", "cy"):
        content = reader.content(f"/sitemaps/{code}-pages.xml")
        rows = [row for row in ElementTree.fromstring(content) if "a-guide" in row[0].text]
        links = {link.get("hreflang"): link.get("href") for row in rows for link in row[1:]}
        assert links["x-default"] == links["en"] == f"{site_url}/en/a-guide/"
        assert links["cy"] == f"{site_url}/cy/a-guide/"


def test_robots_learn_where_the_sitemap_is(site, reader):
    assert b"Sitemap: http://localhost:8000/sitemap.xml" in reader.content("/robots.txt")
    assert b"Disallow: /admin/" in reader.content("/robots.txt")
    # What somebody asked for, not the page to ask on.
    assert b"Disallow: /*/search/?\n" in reader.content("/robots.txt")


def test_feed_names_the_last_change_first(site, reader):
    rename(site["speaking"], "saying")
    feed = ElementTree.fromstring(reader.content("/en/feed.xml"))
    first, *others = feed.iter(f"{ATOM}entry")
    assert first.find(f"{ATOM}title").text == "Speaking"
    assert first.find(f"{ATOM}link").get("href") == "http://localhost:8000/en/first-stage/saying/"
    assert {entry.find(f"{ATOM}updated").text for entry in others} == {PUBLISHED.isoformat()}
    assert len(others) == len(site) - 1


def test_feed_without_changes_stays_as_it_is(site, reader):
    before = reader.content("/en/feed.xml")
    publish_everything()
    assert reader.content("/en/feed.xml") == before
