"""Invitations, and the codes that stand in for a lost phone. Only digests of what people were shown are kept."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin

from cms.accounts.secrets import digest_of_code


class Invitation(models.Model):
    """Somebody is asked to join: by a link that works once, until it ends or is taken back.

    Its token is shown once and kept nowhere: `digest` is the SHA-256 of it.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("last name"), max_length=150)
    # Of the mail, of the page that it leads to, and of the admin afterwards.
    language = models.CharField(_("language"), max_length=10)
    groups = models.ManyToManyField(Group, blank=True, verbose_name=_("groups"))
    is_superuser = models.BooleanField(_("administrator"), default=False)
    # Who answers for the rights that it gives.
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    accepted_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        default_permissions = []
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self):
        return self.email

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def is_open(self) -> bool:
        """Tell whether it can still be sent again, or taken back."""
        return self.accepted_at is None and self.taken_back_at is None

    def works(self, *, now: datetime) -> bool:
        """Tell whether its link has not ended and was not used."""
        return self.is_open() and self.until > now


class BackupCodes(ThrottlingMixin, Device):
    """The codes of one person, each of which stands in for their authenticator app once.

    django-otp's own keep them as they are; of these, only digests are kept.
    """

    wagtail_reference_index_ignore = True

    class Meta(Device.Meta):
        default_permissions = []
        verbose_name = _("backup codes")

    def get_throttle_factor(self) -> int:
        return 1

    def verify_token(self, token: str) -> bool:
        allowed, _why = self.verify_is_allowed()
        if not allowed:
            return False
        # Of two who send the same code at once, one deletes it.
        deleted, _by_model = self.codes.filter(digest=digest_of_code(token)).delete()
        if deleted:
            self.throttle_reset()
        else:
            self.throttle_increment()
        return bool(deleted)


class BackupCode(models.Model):
    """One code that was not used yet."""

    device = models.ForeignKey(BackupCodes, on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["device", "digest"], name="code_is_there_once")]
