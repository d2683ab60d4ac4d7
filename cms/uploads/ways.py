"""The ways in for which Wagtail has no setting: the pictures of people, and what a form has not taken yet."""

from django.db.models.signals import pre_save
from wagtail.admin.views.account import AvatarSettingsPanel
from wagtail.images import get_image_model
from wagtail.models import UploadedFile

from cms.uploads.fields import redrawn
from cms.uploads.forms import AvatarForm


def connect():
    """Take those ways. Called once, when Django is ready."""
    AvatarSettingsPanel.form_class = AvatarForm
    AvatarSettingsPanel.template_name = "admin/uploads/avatar.html"
    pre_save.connect(draw_anew_while_it_waits, sender=UploadedFile, dispatch_uid="uploads")


def draw_anew_while_it_waits(instance, **kwargs):
    """Draw a picture anew that is kept because another field of its form is wrong: its file was found right."""
    kind = instance.for_content_type
    if instance._state.adding and kind and kind.model_class() is get_image_model():
        instance.file = redrawn(instance.file.file)
