"""What is kept of what a reader says about a page: no account, no address, no time of day."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.Model):
    """Whether a page was clear to somebody. `page` is its key, `release` the id of the release that they read.

    `words` say what was hard. Answers about the same page that have no words are alike: nobody can tell them apart.
    """

    page = models.UUIDField()
    locale = models.CharField(max_length=20)
    release = models.PositiveIntegerField()
    is_clear = models.BooleanField()
    words = models.TextField(blank=True)
    day = models.DateField(db_index=True)

    class Meta:
        ordering = ["-day", "-pk"]
        default_permissions = []
        indexes = [models.Index(fields=["page", "locale"], name="feedback_by_page")]
        verbose_name = _("answer of a reader")
        verbose_name_plural = _("answers of readers")
