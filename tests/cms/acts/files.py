"""Acts that change pictures and files."""

from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image as Drawing
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.cms.acts.desk import Desk, act

COLOURS = ["red", "green", "blue"]


def png(colour: str) -> ContentFile:
    """Give a tiny picture."""
    drawn = BytesIO()
    Drawing.new("RGB", (2, 3), colour).save(drawn, "PNG")
    return ContentFile(drawn.getvalue(), "picture.png")


def sound(colour: str) -> ContentFile:
    """Give something to hear, as far as anybody looks."""
    return ContentFile(colour.encode(), "sound.mp3")


def add_picture(colour: str = "red"):
    """Add a picture."""
    return kept(get_image_model()(title=colour), png(colour))


def add_file(colour: str = "red"):
    """Add a file."""
    return kept(get_document_model()(title=colour), sound(colour))


def kept(chosen, content: ContentFile):
    """Save a picture or a file with its content, as the admin does."""
    chosen.file = content
    described = {"Image": "_set_image_file_metadata", "Document": "_set_document_file_metadata"}
    getattr(chosen, described[type(chosen).__name__])()
    chosen.save()
    if isinstance(chosen, get_image_model()):
        chosen.renditions.all().delete()
    return chosen


@act
def upload(desk: Desk):
    desk.pick([add_picture, add_file])(desk.pick(COLOURS))


@act
def replace_file(desk: Desk):
    chosen = desk.pick(all_files())
    old = chosen.file
    kept(chosen, (png if isinstance(chosen, get_image_model()) else sound)(desk.pick(COLOURS)))
    old.storage.delete(old.name)


@act
def delete_file(desk: Desk):
    desk.pick(all_files()).delete()


def all_files() -> list:
    """Give all pictures and files."""
    return [one for model in (get_image_model(), get_document_model()) for one in model.objects.order_by("pk")]
