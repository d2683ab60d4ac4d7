"""The list of releases in the admin, and what changed with one."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from wagtail.models import Locale
from wagtail.users.models import UserProfile

from api.releases.manifest import blob_path, current_release, entry_at, manifest_path, read_piece, read_release
from cms.releases_admin import views
from tests.gates.nu import check_html
from tests.releases import go_to, publish_everything
from toolkit.assets import all_assets
from toolkit.models import Mark

pytestmark = pytest.mark.django_db

HEARING = "/api/v1/en/marks/hearing/"


@pytest.fixture
def opened(editor):
    """Opens a screen of the releases: the list, or one release."""

    def open_screen(release_id: int | None = None, **query) -> BeautifulSoup:
        name, arguments = ("release", [release_id]) if release_id else ("index", [])
        response = editor.get(reverse(f"releases:{name}", args=arguments), query)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "lxml").main

    return open_screen


def words(element) -> str:
    return " ".join(element.get_text().split())


def rows(screen) -> list[str]:
    return [words(row) for row in screen.select("tbody tr")]


def page_of(screen, title: str):
    """Give the part of a release's screen that is about a page."""
    return next(part for part in screen.select("details") if part.summary.bdi.get_text() == title)


def groups(screen) -> dict[str, list[str]]:
    """Give the titles that stand under each heading."""
    found = {}
    for part in screen.select("details"):
        found.setdefault(words(part.find_previous("h2")), []).append(part.summary.bdi.get_text())
    return found


def test_list_says_when_who_and_what(site, edits, opened, settings):
    edits(site["hearing"], summary="Hearing what was not said.")
    newest, first = rows(opened())
    assert "Ed Itor" in newest
    assert "Changed: Hearing (English)" in newest
    assert "Changed because they mention these: Small home (English), It happened (English)" in newest
    assert "The server itself" in first
    assert "Added: Small home (English), A guide (English), All voices (English) and 10 more" in first


def test_list_marks_the_current_release(site, edits, opened, releases):
    edits(site["hearing"], summary="Hearing what was not said.")
    assert ["Live now" in row for row in rows(opened())] == [True, False]
    go_to(releases, 1)
    assert ["Live now" in row for row in rows(opened())] == [False, True]


def test_time_is_the_editors_own(site, opened, editor, releases):
    user = get_user_model().objects.get(username="editor")
    UserProfile.objects.create(user=user, current_time_zone="Asia/Kathmandu")
    assert opened().select_one("time")["datetime"].endswith("+05:45")


def test_release_without_a_page_says_so(site, opened, monkeypatch):
    monkeypatch.setattr("cms.publishing.targets.all_assets", lambda: all_assets()[:-1])
    publish_everything()
    assert "No page changed, only 1 other address, such as" in rows(opened())[0]
    assert "No page changed, only 1 other address, such as" in words(opened(2))


def test_list_comes_in_pages(site, edits, opened, releases, monkeypatch):
    monkeypatch.setattr(views.ReleasesView, "paginate_by", 2)
    read = []

    def note(folder, release_id):
        read.append(release_id)
        return read_release(folder, release_id)

    for word in ("once", "twice"):
        edits(site["hearing"], summary=word)
    assert len(rows(opened())) == 2
    monkeypatch.setattr("cms.releases_admin.history.read_release", note)
    assert len(rows(opened(p=2))) == 1
    assert read == [1]


def test_damaged_manifest_is_shown_in_words(site, edits, opened, releases):
    edits(site["hearing"], summary="Hearing what was not said.")
    manifest_path(releases, 1).write_text("{")
    assert "Release 1 The server itself This release is damaged" in rows(opened())[1]
    assert "This release is damaged" in words(opened(1))
    assert "The release before it (1) is not kept any more, or damaged" in words(opened(2))


def test_damaged_list_of_changes_is_shown_in_words(site, opened, releases):
    blob_path(releases, read_release(releases, 1).changes).unlink()
    read_piece.cache_clear()
    assert "This release is damaged" in rows(opened())[0]
    assert "This release is damaged" in words(opened(1))


def test_release_says_word_by_word_what_changed(site, edits, opened):
    edits(site["hearing"], summary="Being truly heard.")
    page = page_of(opened(2), "Hearing")
    assert words(page.select_one("ins")) == "added: truly"
    assert "removed: See the word (/en/words/jargon-word/)." in [words(old) for old in page.select("del")]
    assert "mark" in words(page.summary)
    assert page.select_one("a")["href"] == "/en/first-stage/hearing/"
    assert page.has_attr("open")


def test_pages_are_grouped(site, edits, does, opened):
    edits(site["hearing"], summary="Being truly heard.")
    assert groups(opened(2)) == {
        "Changed": ["Hearing"],
        "Changed because they mention these": ["Small home", "It happened", "First stage", "Speaking", "Tea first"],
    }
    does("unpublish", site["hearing"])
    assert groups(opened(3))["Gone"] == ["Hearing", "Hearing easy read"]


def test_gone_page_shows_its_last_words(site, does, opened):
    does("unpublish", site["hearing"])
    page = page_of(opened(2), "Hearing")
    assert "Its last words:" in words(page)
    assert "Summary: Being heard." in words(page)
    assert page.select("a") == []


def test_added_page_shows_its_first_words(site, edits, opened):
    mark = Mark(title="Laughing", summary="Jokes help.", locale=Locale.objects.get(language_code="en"), live=False)
    edits(site["first-stage"].add_child(instance=mark))
    page = page_of(opened(2), "Laughing")
    assert "Its first words:" in words(page)
    assert "Summary: Jokes help." in words(page)


def test_pruned_parent_is_said(site, edits, opened, releases):
    edits(site["hearing"], summary="Being truly heard.")
    manifest_path(releases, 1).unlink()
    screen = opened(2)
    assert "The release before it (1) is not kept any more" in words(screen)
    assert "What it says with this release:" in words(page_of(screen, "Hearing"))
    assert "Being truly heard." in words(page_of(screen, "Hearing"))


def test_words_that_were_taken_out_are_not_shown(site, edits, opened, releases):
    edits(site["hearing"], summary="Being truly heard.")
    blob_path(releases, entry_at(releases, current_release(releases), HEARING).sha256).unlink()
    page = page_of(opened(2), "Hearing")
    assert "Its words are not kept any more." in words(page)
    assert "heard" not in words(page)


def test_arabic_title_is_marked_as_such(site, edits, opened):
    home = site["small-home"].copy_for_translation(Locale.objects.get_or_create(language_code="ar")[0])
    home.title, home.live = "علامة", True
    home.save_revision().publish()
    publish_everything()
    title = page_of(opened(2), "علامة").summary.bdi
    assert (title["lang"], title["dir"]) == ("ar", "rtl")
    assert "(Arabic)" in words(title.parent)


def test_many_pages_come_folded_and_in_pages(site, opened, monkeypatch):
    monkeypatch.setattr(views.ReleaseView, "paginate_by", 5)
    screen = opened(1)
    assert [part.has_attr("open") for part in screen.select("details")] == [False] * 5
    assert "Page 1 of 3" in words(screen)
    assert len(opened(1, p=3).select("details")) == 3


def test_our_part_of_the_screens_is_valid_html(site, edits, does, editor):
    edits(site["hearing"], summary="Being truly heard.")
    does("unpublish", site["hearing"])
    html = {"list": editor.get(reverse("releases:index")).content.decode()}
    html |= {
        str(number): editor.get(reverse("releases:release", args=[number])).content.decode() for number in (1, 2, 3)
    }
    assert check_html({name: OUR_PART.format(ours(text)) for name, text in html.items()}) == []


OUR_PART = '<!doctype html><html lang="en"><head><title>Ours</title></head><body>{}</body></html>'


def ours(html: str) -> str:
    """Give what our own templates made of a screen: the pages of a release, or the cells that say what changed."""
    pages, cells = re.findall(r"<details.*?</details>", html, re.DOTALL), re.findall(r"<td>.*?</td>", html, re.DOTALL)
    assert pages or cells
    return "".join(pages) or f"<table><tr>{'</tr><tr>'.join(cells)}</tr></table>"


def test_unknown_release_is_not_found(site, editor):
    assert editor.get(reverse("releases:release", args=[99])).status_code == 404


def test_everybody_in_the_admin_may_look(site, client):
    user = get_user_model().objects.create_user("reader")
    client.force_login(user)
    assert client.get(reverse("releases:index")).status_code == 302
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    assert client.get(reverse("releases:index")).status_code == 200
    assert client.get(reverse("releases:release", args=[1])).status_code == 200
    assert reverse("releases:index") in client.get(reverse("wagtailadmin_home")).content.decode()


def test_admin_works_before_the_first_release(releases, editor):
    assert editor.get(reverse("releases:index")).status_code == 200
