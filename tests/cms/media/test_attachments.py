"""An upload that is opened by itself: pictures, sounds and films are shown, all else is saved, and nothing runs."""

import pytest
from django.conf import settings as real

from api.headers import CSP, disposition_of
from api.releases.front.kinds import KINDS
from api.releases.manifest import Entry
from api.releases.server import headers_for

SHOWN = {"webp", "png", "jpg", "jpeg", "gif", "avif", "mp3", "mp4", "ogg", "webm"}
SAVED = {"pdf": "application/pdf", "svg": "image/svg+xml"}
UNKNOWN = ["application/octet-stream", "text/html", "application/xhtml+xml", "text/plain", "image/svg+xml", ""]


def assert_harmless(headers):
    assert headers["X-Content-Type-Options"] == "nosniff"
    directives = headers[CSP].split("; ")
    assert "default-src 'none'" in directives
    assert "sandbox" in directives


@pytest.mark.parametrize("media_type", UNKNOWN)
def test_what_is_not_known_to_be_harmless_is_saved(media_type):
    assert disposition_of(media_type) == {"Content-Disposition": "attachment"}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.below == "/media/"], ids=lambda kind: kind.type)
def test_upload_of_a_page_is_harmless_whoever_answers(kind):
    """By the headers that this server sends of it, which are those that nginx is told."""
    own = headers_for(kind.example, Entry(type=kind.type, sha256="0" * 64))
    for headers in (own, kind.headers):
        assert_harmless(headers)
        is_saved = kind.example.rsplit(".", 1)[1] in SAVED
        assert headers.get("Content-Disposition") == ("attachment" if is_saved else None)


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", sorted(SHOWN | SAVED.keys()))
def test_upload_of_an_editor_is_harmless(admin_client, suffix):
    name = f"attached.{suffix}"
    (real.MEDIA_ROOT / name).parent.mkdir(parents=True, exist_ok=True)
    (real.MEDIA_ROOT / name).write_bytes(b"<script>alert(1)</script>")
    answer = admin_client.get(f"/media/{name}")
    assert answer.status_code == 200
    assert_harmless(answer.headers)
    assert answer.headers["Content-Type"] != "text/html"
    assert answer.headers.get("Content-Disposition") == ("attachment" if suffix in SAVED else None)
