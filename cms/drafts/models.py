"""The links by which drafts are shown to people without an account."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftLink(models.Model):
    """A link that shows one version of a page, in its one locale, until it ends or somebody revokes it.

    Its token is shown once, to whoever made it, and kept nowhere: `digest` is the SHA-256 of it.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    # A copy of the draft, for this link alone.
    version = models.OneToOneField("wagtailcore.Revision", on_delete=models.CASCADE, related_name="draft_link")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    revoked_at = models.DateTimeField(null=True)
    uses = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)

    # A page is not in use anywhere because a draft of it was shared.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        default_permissions = []
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def works(self, *, now: datetime) -> bool:
        """Tell whether the link has not ended and was not revoked."""
        return self.revoked_at is None and self.until > now
