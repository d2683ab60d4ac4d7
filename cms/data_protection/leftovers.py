"""What the admin leaves behind of people at work, and Wagtail deletes late or never."""

from datetime import datetime, timedelta

from wagtail.admin.models import EditingSession, FormState
from wagtail.models import UploadedFile

# A file that was uploaded and never saved, because a title was missing, say.
UPLOADS_KEPT = timedelta(days=1)


def forget_leftovers(*, now: datetime):
    """Delete who had an editor open, what a preview showed, and uploads that nobody has finished."""
    EditingSession.cleanup()
    FormState.objects.stale().delete()
    for upload in UploadedFile.objects.all():
        if not _is_young(upload.file, now):
            upload.delete()
            upload.file.storage.delete(upload.file.name)


def _is_young(file, now: datetime) -> bool:
    try:
        return now - file.storage.get_modified_time(file.name) < UPLOADS_KEPT
    except FileNotFoundError:
        return False
