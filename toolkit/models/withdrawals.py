"""What was taken back: a tombstone for each, which holds none of the words."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Withdrawal(models.Model):
    """Somebody took back their words, or their name: what has this key does not come back.

    `code` is the quote's name in bundles; `page_keys` are those of the pages that showed it, `blobs` the SHA-256 of
    what releases showed with it. `finished_at` is set when nothing of it is left; `report` lists what was found
    where, as [place, count], and where the words still stand, as ["still", name of the place].
    """

    class Kind(models.TextChoices):
        QUOTE = "quote", _("Quote")
        CREDIT = "credit", _("Credit")

    key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=80, blank=True)
    page_keys = models.JSONField(default=list)
    blobs = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    finished_at = models.DateTimeField(null=True)
    report = models.JSONField(default=list)

    class Meta:
        ordering = ["-made_at"]
        default_permissions = []
        permissions = [("keep_consent", _("Can see all consent, and take words back"))]
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self):
        return str(self.key)


class WithdrawnPassage(models.Model):
    """The digest of a passage that somebody took back."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="passages")
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        default_permissions = []


class Erasure(models.Model):
    """Somebody deleted something of their own for good: what has this key does not come back with a backup.

    `what` says which kind of thing it was, `key` is its lasting name, which tells nothing of what was in it. After
    `until` it is over in any case, and its tombstone goes, too; None for never.
    """

    class What(models.TextChoices):
        BOARD = "board"
        PERSON = "person"
        SCORES = "scores"
        OFFER = "offer"

    what = models.CharField(max_length=10, choices=What.choices)
    key = models.CharField(max_length=80)
    until = models.DateField(null=True, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["what", "key"], name="toolkit_erased_once")]
