"""Pictures and files on their way into a document: public addresses of what the release will hold."""

import logging
from urllib.parse import unquote

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError

from toolkit.private_files import is_private

PICTURE = "max-1200x1200|format-webp|preserve-svg"

logger = logging.getLogger(__name__)


def picture(image_id: int, files: dict, private: tuple[str, ...]) -> dict | None:
    """Give address, width and height (in pixels) of a picture at the size that pages show, or None.

    The rendition is made when it is asked for the first time. A picture whose file is missing is left out and
    logged: it must not keep everything else from being published. One of a `private` collection is left out, too.
    `files` takes the file under its address.
    """
    image = get_image_model().objects.filter(pk=image_id).select_related("collection").first()
    rendition = image and not is_private(image, private) and _rendition(image)
    if not rendition:
        return None
    files[unquote(rendition.url)] = rendition.file
    return {"src": rendition.url, "width": rendition.width, "height": rendition.height}


def _rendition(image):
    try:
        rendition = image.get_rendition(PICTURE)
    except SourceImageIOError:
        rendition = None
    return rendition if rendition and _is_there(rendition.file, f"picture {image.pk}") else None


def document_address(document_id: int, files: dict, private: tuple[str, ...]) -> str:
    """Give the address of an uploaded file, or "" when there is none, or its file is missing.

    One of a `private` collection has none. `files` takes the file under its address.
    """
    document = get_document_model().objects.filter(pk=document_id).select_related("collection").first()
    if document is None or is_private(document, private) or not _is_there(document.file, f"document {document.pk}"):
        return ""
    files[unquote(document.file.url)] = document.file
    return document.file.url


def _is_there(file, name: str) -> bool:
    there = file.storage.exists(file.name)
    if not there:
        logger.error("The file of %s is missing: pages are shown without it", name)
    return there
