"""`manage.py clean_uploads`: pictures from before each was drawn anew."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.pictures import HTML, NEEDLES, SOUND, picture, telling

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def old(store, unpublished):
    """A picture that tells where it was taken, one that does not, a song, and a page that calls itself a paper."""
    get_image_model().objects.all().delete()
    for title, content in (("Telling", telling("JPEG")), ("Plain", picture())):
        get_image_model().objects.create(title=title, file=ContentFile(content, f"{title}.jpg"))
    for title, content in (("Song.mp3", SOUND), ("Paper.pdf", HTML)):
        get_document_model().objects.create(title=title, file=ContentFile(content, title))


def bytes_of(title: str) -> bytes:
    return get_image_model().objects.get(title=title).file.read()


def test_dry_run_only_says(command):
    before = bytes_of("Telling")
    said = command("clean_uploads", dry_run=True)
    assert "Telling (original_images/Telling.jpg): to draw anew" in said
    assert "Plain" not in said and "Song" not in said
    assert bytes_of("Telling") == before


def test_pictures_tell_nothing_afterwards(command, settings):
    plain = bytes_of("Plain")
    said = command("clean_uploads")
    assert not [needle for needle in NEEDLES if needle in bytes_of("Telling")]
    assert bytes_of("Plain") == plain
    assert "Paper.pdf (documents/Paper.pdf): This is not a sound, a film or a PDF" in said
    assert "Pictures drawn anew: 1. To look at: 1." in said
    assert len(list(settings.MEDIA_ROOT.glob("original_images/*"))) == 2
    assert "Pictures drawn anew: 0." in command("clean_uploads")


def test_missing_file_is_said(command, settings):
    next(settings.MEDIA_ROOT.glob("original_images/Plain*")).unlink()
    assert "Plain (original_images/Plain.jpg): The file is missing." in command("clean_uploads")
