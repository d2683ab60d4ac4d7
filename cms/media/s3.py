"""Uploads in S3 and whatever speaks like it. Nobody but us asks the storage: our own addresses are all there are."""

from django.conf import settings
from django.utils.encoding import filepath_to_uri

from api.headers import DISPOSITION, disposition_of
from api.releases.s3 import PatientS3
from cms.publishing.targets import media_type


class UploadsInS3(PatientS3):
    """django-storages' S3, in which no upload takes the place of another one."""

    def __init__(self, **options):
        super().__init__(file_overwrite=False, **options)

    def get_object_parameters(self, name):
        """Say of each upload what our own answers say, should somebody open the bucket to all."""
        disposition = disposition_of(media_type(name)).get(DISPOSITION)
        return super().get_object_parameters(name) | ({"ContentDisposition": disposition} if disposition else {})

    def url(self, name, parameters=None, expire=None, http_method=None):
        """Give the address on our site: what is public is part of a release, the rest is only for editors."""
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
