"""What somebody without an account gets at the addresses of a draft."""

import json
import re
from datetime import timedelta
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import OperationalError
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, PageViewRestriction

from api.headers import PAGE_POLICY
from cms.drafts import views
from cms.drafts.models import DraftLink
from cms.drafts.sharing import find_draft, revoke
from tests.cms.drafts.conftest import draft, fresh, only_link
from tests.contract import contract_errors
from tests.small_site import PUBLISHED
from toolkit.documents.library import page_types
from toolkit.documents.shapes import DOCUMENTS
from toolkit.models import Idea, Mark
from toolkit.preview import preview_html

NOBODY = "a" * 43


def page_at(token: str) -> str:
    return f"/draft/{token}/"


def document_at(token: str) -> str:
    return f"/api/v1/drafts/{token}/"


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def image(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    # Wagtail remembers the sizes of a picture by its id, which pictures of other tests had, too.
    cache.clear()
    return get_image_model().objects.create(title="A picture", file=get_test_image_file(size=(64, 48)))


@pytest.fixture
def song(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return get_document_model().objects.create(title="A song", file=ContentFile(b"la la la", name="a song.mp3"))


def with_picture(image) -> list:
    return [("image", {"image": image, "alt": "A square", "decorative": False, "caption": ""})]


def with_song(song) -> list:
    return [("media", {"kind": "audio", "title": "Song", "file": song, "url": "", "transcript": "<p>La.</p>"})]


def addresses_in(response) -> list[str]:
    """Give the addresses of pictures and sounds in a page."""
    return [found["src"] for found in BeautifulSoup(response.content, "lxml").select("main [src]")]


# --- The page --------------------------------------------------------------------------------------------------


def test_guest_reads_the_draft(mark, share, guest):
    response = guest.get(page_at(share(draft(mark, title="Hearing"))))
    assert response.status_code == 200
    assert "<h1>Hearing</h1>" in response.content.decode()
    assert not response.cookies


def test_page_says_what_it_is_and_until_when(mark, share, guest):
    token = share(mark, days=3)
    note = BeautifulSoup(guest.get(page_at(token)).content, "lxml").select_one("main .translation-note")
    until = timezone.localtime(only_link().until)
    assert "This is a draft." in note.get_text()
    assert f"{until:%H:%M %Z}." in note.get_text()
    assert note.time["datetime"] == until.isoformat(timespec="minutes")


def test_page_is_what_readers_will_see_but_for_the_note(mark, share, guest):
    token = share(draft(mark, title="Hearing"))
    page = guest.get(page_at(token)).content.decode()
    shown = preview_html(find_draft(token=token, now=timezone.now()).page)
    assert NOTE.sub("", page, count=1).split() == PUBLIC.sub("", shown).split()


NOTE = re.compile(r'\n<p class="translation-note">\s*<strong>.*?</p>\n', re.DOTALL)
# What search engines are told, links to pass on, and the question to readers: all are about a page that all can see.
PUBLIC = re.compile(
    r'<link rel="canonical".*?</script>|<details class="share">.*?</details>|<form class="clear-question".*?</form>',
    re.DOTALL,
)


def test_page_speaks_the_language_of_the_draft(mark, share, guest):
    welsh = mark.copy_for_translation(Locale.objects.get_or_create(language_code="cy")[0], copy_parents=True)
    page = guest.get(page_at(share(draft(welsh, title="Gwrando"))), headers={"accept-language": "es"})
    assert '<html lang="cy"' in page.content.decode()
    assert "Drafft yw hwn." in page.content.decode()


def test_draft_of_a_page_below_a_private_one_is_shown(mark, share, guest):
    PageViewRestriction.objects.create(page=mark.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert "<h1>Listening</h1>" in guest.get(page_at(share(mark))).content.decode()


def test_draft_without_its_required_fields_is_shown(share, guest):
    stage = Mark.objects.get(code="listening").get_parent().specific
    empty = Mark(title="New", slug="new", locale=stage.locale, live=False, summary="")
    stage.add_child(instance=empty)
    assert guest.get(page_at(share(empty))).status_code == 200


# --- The document ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page_type", page_types(), ids=lambda page_type: page_type.__name__)
def test_document_keeps_to_the_contract(page_type, share, guest):
    page = page_type.objects.filter(live=True, locale__language_code="en").first()
    token = share(draft(page, title="Other words"))
    response = guest.get(document_at(token))
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert contract_errors(document_at(token), response.json()) == []
    assert set(response.json()) == set(DOCUMENTS[page_type.document_type]().fields)
    assert response.json()["title"] == "Other words"
    assert guest.get(page_at(token)).status_code == 200


def test_document_of_what_is_published_is_the_published_one(mark, share, guest):
    published = json.loads(body(guest.get("/api/v1/en/marks/listening/")))
    assert guest.get(document_at(share(mark))).json() == published


def test_document_says_when_its_page_was_published_last(mark, share, guest):
    """Also when an older version was published while newer words waited."""
    draft(mark, title="Hearing")
    Mark.objects.filter(pk=mark.pk).update(last_published_at=PUBLISHED)
    assert guest.get(document_at(share(mark))).json()["updated_at"] == "2026-11-22T10:00:00Z"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("token", [NOBODY, ""])
def test_drafts_can_only_be_read(mark, share, guest, method, token):
    token = token or share(mark)
    assert {getattr(guest, method)(at(token)).status_code for at in (page_at, document_at)} == {405}
    assert not DraftLink.objects.exclude(uses=0).exists()


# --- What keeps a draft private --------------------------------------------------------------------------------

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


def headers_of(response) -> dict:
    return {name: response.get(name) for name in HEADERS}


@pytest.mark.parametrize("at", [page_at, document_at])
@pytest.mark.parametrize("method", ["get", "head", "options", "post"])
def test_every_answer_is_private(mark, share, guest, at, method):
    for token in (share(mark), NOBODY):
        assert headers_of(getattr(guest, method)(at(token))) == HEADERS


def test_page_has_the_policy_of_pages(mark, share, guest):
    for token in (share(mark), NOBODY):
        assert guest.get(page_at(token))["Content-Security-Policy"] == PAGE_POLICY


def test_every_site_may_read_the_document(mark, share, guest):
    for token in (share(mark), NOBODY):
        response = guest.get(document_at(token), headers={"origin": "https://elsewhere.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
        assert not response.cookies


# --- What is not there -----------------------------------------------------------------------------------------


@pytest.fixture
def ended(mark, share) -> list[str]:
    """Tokens that never were, that have ended, that were revoked, and that nobody could have been given."""
    revoked = share(mark)
    revoke(link=only_link(), now=timezone.now())
    return [NOBODY, share(mark, ago=timedelta(days=2)), revoked, "x", "ü", "%00", "%ff", "a" * 5000]


def test_page_that_is_not_there_is_like_any_other(ended, guest):
    unknown, named = guest.get("/nowhere/"), {"headers": {"X-Request-ID": "0" * 32}}
    for token in ended:
        response = guest.get(page_at(token), **named)
        assert (response.status_code, response.content) == (404, unknown.content)
        assert response.headers == guest.get(page_at(NOBODY), **named).headers


def test_document_that_is_not_there_is_like_any_other(ended, guest):
    unknown = guest.get("/api/v1/en/marks/nothing/")
    for token in ended:
        response = guest.get(document_at(token))
        assert (response.status_code, response.content) == (404, unknown.content)
        assert response["Content-Type"] == "application/problem+json"


def test_database_away_is_said(guest, monkeypatch):
    def away(**named):
        raise OperationalError("the database is away")

    monkeypatch.setattr(views, "find_draft", away)
    guest.raise_request_exception = False
    page, document = guest.get(page_at(NOBODY)), guest.get(document_at(NOBODY))
    assert (page.status_code, document.status_code) == (503, 503)
    assert (page["Retry-After"], document["Retry-After"]) == ("30", "30")
    assert document["Content-Type"] == "application/problem+json"
    assert contract_errors(document_at(NOBODY), document.json(), 503) == []


# --- Pictures and files ----------------------------------------------------------------------------------------


def test_picture_of_a_draft_is_shown(mark, share, guest, image):
    token = share(draft(mark, body=with_picture(image)))
    [address] = addresses_in(guest.get(page_at(token)))
    assert address.startswith(f"/draft/{token}/media/")
    response = guest.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert body(response).startswith(b"RIFF")
    assert headers_of(response) == HEADERS
    assert guest.get(document_at(token)).json()["body"][0]["image"]["src"] == address
    assert guest.get(address.removeprefix(f"/draft/{token}")).status_code == 404


def test_sound_of_a_draft_is_heard_in_parts(mark, share, guest, song):
    token = share(draft(mark, body=with_song(song)))
    [address] = addresses_in(guest.get(page_at(token)))
    part = guest.get(address, headers={"range": "bytes=3-4"})
    assert (part.status_code, part["Content-Type"], body(part)) == (206, "audio/mpeg", b"la")
    assert headers_of(part) == HEADERS


def test_media_of_another_page_are_not_shown(mark, share, guest, image, song):
    idea = Idea.objects.get(code="world-cafe")
    token, other = share(draft(mark, body=with_song(song))), share(draft(idea, body=with_picture(image)))
    [own], [others] = addresses_in(guest.get(page_at(token))), addresses_in(guest.get(page_at(other)))
    assert guest.get(own).status_code == 200
    unknown = guest.get("/nowhere/").content
    stored = f"/draft/{token}/media/{image.file.name}"
    for path in (others.replace(other, token), own.replace(token, other), own.replace(token, NOBODY), stored):
        assert (guest.get(path).status_code, guest.get(path).content) == (404, unknown)


ELSEWHERE = ["../secret-key", "..%2f..%2fsecret-key", "%2fetc/passwd", "documents/", "%00"]
ELSEWHERE += ["documents/../documents/a_song.mp3"]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_no_other_file_is_shown(mark, share, guest, song, path):
    token = share(draft(mark, body=with_song(song)))
    assert guest.get(f"/draft/{token}/media/{path}").status_code == 404


def test_media_end_with_the_link(mark, share, guest, image):
    token = share(draft(mark, body=with_picture(image)))
    [address] = addresses_in(guest.get(page_at(token)))
    revoke(link=only_link(), now=timezone.now())
    assert guest.get(address).status_code == 404


def test_missing_picture_is_left_out(mark, share, guest, image):
    token = share(draft(mark, body=with_picture(image)))
    image.file.storage.delete(image.file.name)
    assert addresses_in(guest.get(page_at(token))) == []


def test_file_that_has_gone_meanwhile_is_not_there(mark, share, guest, song):
    token = share(draft(mark, body=with_song(song)))
    [address] = addresses_in(guest.get(page_at(token)))
    song.file.storage.delete(song.file.name)
    assert guest.get(unquote(address)).status_code == 404


# --- What editors learn ----------------------------------------------------------------------------------------


def test_uses_are_counted(mark, share, guest):
    token = share(mark)
    assert (only_link().uses, only_link().last_used_at) == (0, None)
    for address in (page_at(token), document_at(token)):
        guest.get(address)
        guest.head(address)
    assert only_link().uses == 2
    assert timezone.now() - only_link().last_used_at < timedelta(minutes=1)


def test_reading_a_draft_changes_nothing_else(mark, share, guest):
    token = share(draft(mark, title="Hearing"))
    before = (fresh(mark).title, fresh(mark).latest_revision_id, fresh(mark).has_unpublished_changes)
    guest.get(page_at(token))
    assert (fresh(mark).title, fresh(mark).latest_revision_id, fresh(mark).has_unpublished_changes) == before
    assert "Listening" in body(guest.get("/en/process/listening/")).decode()
