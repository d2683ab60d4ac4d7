"""The forms of Wagtail's admin in which there is a picture or a file."""

from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from cms.uploads.fields import MediaFileField, PictureField


class PictureForm(BaseImageForm):
    """Wherever a picture is added, replaced, or added in a chooser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _replace(self, PictureField)


class MediaFileForm(BaseDocumentForm):
    """Wherever a file is added, replaced, or added in a chooser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _replace(self, MediaFileField)


class AvatarForm(AvatarPreferencesForm):
    """The picture that somebody in the admin has of themselves."""

    avatar = PictureField(required=False)


def _replace(form, kind: type):
    """Let the file of a form be of our kind, where it has one: declared in the class, every form would."""
    if "file" in form.fields:
        theirs = form.fields["file"]
        form.fields["file"] = kind(label=theirs.label, required=theirs.required, widget=theirs.widget)
