"""What an editor types is never asked for: this server opens no connection for the address of a film."""

import socket

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.embeds.models import Embed

from tests.cms.test_gate import rich
from tests.small_site import fresh, small_site

pytestmark = pytest.mark.django_db

FILM, UNLISTED = "https://youtu.be/aB3_-fGhiJ0", "https://example.org/film"
# Wagtail would ask each of these, as it comes.
ASKED_BY_OTHERS = [FILM, "https://vimeo.com/76979871", "https://www.flickr.com/photos/1/2/", UNLISTED]


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


@pytest.fixture
def asked(monkeypatch):
    """The hosts that this process has looked up, or tried to reach. None of it goes out."""
    found = []

    def refuse(host, *_args, **_options):
        found.append(host)
        raise OSError("nothing goes out")

    def connect(_socket, address):
        refuse(address)

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", connect)
    return found


@pytest.fixture
def guide(releases, settings, tmp_path):
    settings.RELEASES_DIR = tmp_path / "releases"
    return small_site()["a-guide"]


def publish_with_film(editor, page, address: str):
    """Press "Publish" in the editor of a page that has one film."""
    film = {"type": "media", "id": "", "order": 0, "deleted": "", "value-kind": "video", "value-title": "Tea"}
    film |= {"value-url": address, "value-transcript": rich("Tea is made.")}
    form = {"title": page.title, "slug": page.slug, "summary": page.summary, "action-publish": 1}
    form |= {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0, "body-count": 1}
    form |= {f"body-0-{name}": value for name, value in film.items()}
    return editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)


@pytest.mark.parametrize("address", [FILM, UNLISTED])
def test_film_is_published_and_nobody_is_asked(editor, guide, asked, address):
    assert publish_with_film(editor, guide, address).status_code == 302
    assert fresh(guide).body[0].value["url"] == address
    assert asked == []


@pytest.mark.parametrize("address", ASKED_BY_OTHERS)
def test_chooser_of_wagtail_asks_nobody_and_keeps_nothing(editor, asked, address):
    answer = editor.post(reverse("wagtailembeds:chooser_upload"), {"embed-chooser-url": address})
    assert answer.status_code == 200
    assert answer.json()["step"] == "chooser"
    assert not Embed.objects.exists()
    assert asked == []
