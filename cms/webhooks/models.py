"""Who is told about releases, and what came of each message."""

from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.webhooks.addresses import find_receiver
from cms.webhooks.problems import Problem, UnableToSend
from cms.webhooks.signing import new_secret


class Subscriber(models.Model):
    """Somebody else's server that is told about each release."""

    url = models.CharField(
        _("address"),
        max_length=500,
        help_text=_(
            "Where to announce each release, for example https://example.org/news. Whoever runs that server knows it."
        ),
    )
    secret = models.CharField(
        _("secret"),
        max_length=100,
        default=new_secret,
        editable=False,
        help_text=_("Copy it to the receiver, who checks with it that a message is ours. Show it to nobody else."),
    )
    active = models.BooleanField(
        _("active"),
        default=True,
        help_text=_("Switch it off to send nothing more. What has not been sent yet is then dropped."),
    )
    created_at = models.DateTimeField(_("added"), auto_now_add=True)

    class Meta:
        ordering = ["url"]
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")

    def __str__(self):
        return self.url

    @property
    def last_delivery(self):
        """The last message made for this subscriber, where a list has fetched it."""
        return next(iter(getattr(self, "last_deliveries", [])), None)

    def clean(self):
        """Refuse an address that nothing could be sent to now; one that is switched off may stay as it is."""
        if self.url and self.active:
            try:
                find_receiver(url=self.url, allow_private=settings.WEBHOOK_ALLOW_PRIVATE)
            except UnableToSend as error:
                raise ValidationError({"url": error.problem.label}) from error


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")


def new_message_id() -> str:
    """Make the name of a message, by which its receiver knows a repetition."""
    return f"msg_{uuid4().hex}"


class Delivery(models.Model):
    """A message to a subscriber, and what came of the last attempt to deliver it."""

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("subscriber")
    )
    message = models.CharField(max_length=40, default=new_message_id, unique=True, editable=False)
    release = models.PositiveIntegerField(_("release"), null=True, editable=False)
    body = models.TextField(editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    next_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    tried_at = models.DateTimeField(_("last attempt"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=20, blank=True, default="")

    class Meta:
        ordering = ["-created_at", "-pk"]
        default_permissions = []
        indexes = [
            models.Index(fields=["state", "next_at"], name="delivery_due"),
            models.Index(fields=["ended_at"], name="delivery_old"),
        ]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self):
        return str(self.subject)

    @property
    def subject(self):
        """What the message is about, in words."""
        if self.release is None:
            return _("Test")
        return _("Release %(number)s") % {"number": self.release}

    @property
    def due_at(self):
        """When the next attempt is due, if there is to be one."""
        return self.next_at if self.state == State.WAITING else None

    @property
    def answer(self):
        """What came of the last attempt, in words."""
        if self.problem:
            words = Problem(self.problem).label
        elif self.status:
            words = _("The server took the message.")
        else:
            return _("Being sent.") if self.tried_at else _("Not tried yet.")
        return f"{words} ({self.status})" if self.status else words
