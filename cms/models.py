"""What publishing remembers in the database: what waits to be published, who is at work, what could not be built."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Change(models.Model):
    """Something that an editor did and that the public does not see yet.

    It is written in the same transaction as what was done, and deleted when a release holds it: so none is lost.
    """

    class Kind(models.TextChoices):
        PAGE = "page"
        IMAGE = "image"
        DOCUMENT = "document"
        WORDS = "words"
        EVERYTHING = "everything"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    # Of a page its translation key.
    key = models.CharField(max_length=40, blank=True)
    object_id = models.PositiveIntegerField(null=True)
    # Whether the order of pages may have changed, which they cannot tell by themselves.
    in_tree = models.BooleanField(default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(db_default=Now())


class Publisher(models.Model):
    """The one publisher: who holds its lease until when, and how publishing went. There is one row."""

    owner = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField(null=True)
    # The release that this database was last published as: a restored database names an older one.
    release = models.PositiveIntegerField(null=True)
    manifest = models.CharField(max_length=64, blank=True)
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    failures = models.PositiveIntegerField(default=0)
    worker_seen_at = models.DateTimeField(null=True)


class Failure(models.Model):
    """A part of the site that could not be built: its last good version is what readers see."""

    target = models.CharField(max_length=200, unique=True)
    title = models.CharField(max_length=255)
    page_id = models.PositiveIntegerField(null=True)
    reason = models.TextField()
    since = models.DateTimeField(db_default=Now())
    # How often in a row it could not be built, and when that was last tried.
    tries = models.PositiveIntegerField(default=1)
    tried_at = models.DateTimeField(db_default=Now())
