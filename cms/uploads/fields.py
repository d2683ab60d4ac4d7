"""The fields in which pictures and files are chosen: what comes out of them may be stored."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileField
from wagtail.documents.fields import WagtailDocumentField
from wagtail.images.fields import WagtailImageField

from toolkit.uploads.files import HEAD, check_file
from toolkit.uploads.pictures import drawn_anew


class PictureField(WagtailImageField):
    """A picture, drawn anew. Its kind is told from its bytes, so its name may end with anything."""

    def to_python(self, data):
        # Not Wagtail's own checks, which believe the name, and decode before they measure.
        file = FileField.to_python(self, data)
        return file and redrawn(file)


class MediaFileField(WagtailDocumentField):
    """A sound, film or PDF, as it is, where its bytes are what its name says."""

    def to_python(self, data):
        # Not Wagtail's own check, which looks at the size alone.
        file = FileField.to_python(self, data)
        if file:
            file.seek(0)
            check_file(file.read(HEAD), file.name, file.size)
            file.seek(0)
        return file


def redrawn(file) -> SimpleUploadedFile:
    """Give the upload of a picture without anything but its pixels. Raises ValidationError, which says why not."""
    file.seek(0)
    name, content = drawn_anew(file.read(), file.name)
    return SimpleUploadedFile(name, content)
