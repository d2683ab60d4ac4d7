"""Pictures and files that were uploaded before each was looked at: what is wrong with them, and mending it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from toolkit.uploads.containers import holds_only_pixels
from toolkit.uploads.files import HEAD, check_file
from toolkit.uploads.pictures import drawn_anew


@dataclass(frozen=True)
class Finding:
    """A picture or file that would not come in as it is: title, file, and what is wrong unless it is mended."""

    title: str
    file: str
    problem: str = ""


def clean(*, dry_run: bool) -> Iterator[Finding]:
    """Draw each picture anew that holds more than pixels, or only say which; tell what people have to mend."""
    for picture in get_image_model().objects.order_by("pk").iterator():
        try:
            content = _bytes_of(picture)
            if not holds_only_pixels(content):
                _replace(picture, *drawn_anew(content, picture.filename), dry_run=dry_run)
                yield Finding(picture.title, picture.file.name)
        except (ValidationError, OSError) as error:
            yield Finding(picture.title, picture.file.name, _said(error))
    for document in get_document_model().objects.order_by("pk").iterator():
        try:
            check_file(_bytes_of(document, HEAD), document.filename, document.file.size)
        except (ValidationError, OSError) as error:
            yield Finding(document.title, document.file.name, _said(error))


def _bytes_of(item, most: int = -1) -> bytes:
    with item.file.storage.open(item.file.name) as file:
        return file.read(most)


def _replace(picture, name: str, content: bytes, *, dry_run: bool):
    """Put a picture in the place of another, as the admin does."""
    if dry_run:
        return
    storage, before = picture.file.storage, picture.file.name
    picture.file = ContentFile(content, name)
    picture._set_image_file_metadata()
    picture.save()
    storage.delete(before)
    picture.renditions.all().delete()


def _said(error: Exception) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else "The file is missing."
