"""Uploads in S3 and whatever speaks like it. Nobody but us asks the storage: our own addresses are all there are."""

from django.conf import settings
from django.utils.encoding import filepath_to_uri

from api.releases.s3 import PatientS3


class UploadsInS3(PatientS3):
    """django-storages' S3, in which no upload takes the place of another one."""

    def __init__(self, **options):
        super().__init__(file_overwrite=False, **options)

    def url(self, name, parameters=None, expire=None, http_method=None):
        """Give the address on our site: what is public is part of a release, the rest is only for editors."""
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
