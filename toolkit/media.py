"""Pictures and files on their way into a document: public addresses of what the release will hold."""

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

PICTURE = "max-1200x1200|format-webp|preserve-svg"


def picture(image_id, read) -> dict | None:
    """Give address, width and height (in pixels) of a picture at the size that pages show, or None.

    The rendition is made when it is asked for the first time. `read` notes the file for the release.
    """
    image = get_image_model().objects.filter(pk=image_id).first() if image_id else None
    if image is None:
        return None
    rendition = image.get_rendition(PICTURE)
    read.file(rendition.url, rendition.file)
    return {"src": rendition.url, "width": rendition.width, "height": rendition.height}


def document_address(document_id, read) -> str:
    """Give the address of an uploaded file, or "" when there is none."""
    document = get_document_model().objects.filter(pk=document_id).first() if document_id else None
    if document is None:
        return ""
    read.file(document.file.url, document.file)
    return document.file.url
