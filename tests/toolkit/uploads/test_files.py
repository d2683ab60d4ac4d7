"""Sounds, films and PDFs on their way in: their bytes have to be what their name says."""

import pytest
from django.core.exceptions import ValidationError

from tests.pictures import HTML, MP4, OGG, PDF, SOUND, SVG, WEBM, picture
from toolkit.uploads.files import check_file, kind_of

LET_IN = {"mp3": SOUND, "mp4": MP4, "ogg": OGG, "pdf": PDF, "webm": WEBM}
QUICKTIME, MATROSKA = MP4.replace(b"isom", b"qt  "), WEBM.replace(b"webm", b"mkv ")
REFUSED = [HTML, SVG, QUICKTIME, MATROSKA, b"", b"MZ\x90", b"PK\x03\x04", picture(), picture("JPEG"), picture("AVIF")]


def refusal(content: bytes, name: str) -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        check_file(content, name, len(content))
    return refused.value


@pytest.mark.parametrize("suffix", LET_IN)
def test_file_that_is_what_it_says_is_let_in(suffix):
    check_file(LET_IN[suffix], f"song.{suffix}", 100)
    check_file(LET_IN[suffix], f"SONG.{suffix.upper()}", 100)


@pytest.mark.parametrize("start", [b"\xff\xfb\x90", b"\xff\xf3\x40", b"ID3"])
def test_every_mp3_is_known(start):
    assert kind_of(start + bytes(100)) == "mp3"


@pytest.mark.parametrize("content", REFUSED)
@pytest.mark.parametrize("name", ["song.mp3", "film.mp4", "paper.pdf", "page.html", "song"])
def test_other_files_are_refused_whatever_their_name(content, name):
    error = refusal(content, name)
    assert error.messages == [
        "This is not a sound, a film or a PDF that browsers can show. Save it as one of: MP3, MP4, Ogg, PDF, WebM."
    ]


@pytest.mark.parametrize("name", ["paper.mp3", "paper", "paper.pdf.exe", "pdf", ".pdf", "paper.html"])
def test_file_under_another_name_is_refused(name):
    error = refusal(PDF, name)
    assert error.messages == ["This is a PDF file, but its name does not say so. Let its name end with .pdf."]


def test_large_file_is_refused(settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1024
    check_file(PDF, "paper.pdf", 1024)
    with pytest.raises(ValidationError, match="too large"):
        check_file(PDF, "paper.pdf", 1025)
