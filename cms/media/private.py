"""Who may see an upload that is in no release: people of the admin, and of a private collection those it names."""

from collections.abc import Iterator

from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection


def may_see(request, name: str) -> bool:
    """Tell whether somebody may see the upload with this name: their role lets them in, and its collection, too."""
    # No file has a NUL in its name, and PostgreSQL refuses to look for one.
    if not request.user.has_perm("wagtailadmin.access_admin") or "\0" in name:
        return False
    return all(one.accept_request(request) for place in _collections(name) for one in place.get_view_restrictions())


def _collections(name: str) -> Iterator[Collection]:
    """Give the collections of what has this file: of a picture that was made smaller, those of the picture."""
    images, documents = get_image_model(), get_document_model()
    renditions = images.get_rendition_model().objects.filter(file=name).select_related("image__collection")
    yield from (one.image.collection for one in renditions)
    for model in (images, documents):
        yield from (one.collection for one in model.objects.filter(file=name).select_related("collection"))
