"""What keepers of consent were told already."""

from django.db import models
from django.db.models.functions import Now


class Reminder(models.Model):
    """A mail that told keepers that somebody's consent runs out on a day: one for each."""

    key = models.UUIDField()
    until = models.DateField()
    sent_at = models.DateTimeField(db_default=Now())

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["key", "until"], name="one_reminder")]
