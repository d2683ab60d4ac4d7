"""What is remembered of accounts that were erased: enough to know them again in an old backup, and no name."""

from django.db import models


class ErasedAccount(models.Model):
    """An account that was erased. Both digests are keyed: nobody can tell from them who that was.

    `account` is that of its number and of when it was made, `email` that of its e-mail address, "" without one.
    """

    account = models.CharField(max_length=64, unique=True)
    email = models.CharField(max_length=64, blank=True)
    erased_at = models.DateTimeField()

    class Meta:
        ordering = ["erased_at", "account"]
        default_permissions = []
