"""What publishing remembers: what waits, who is at work, what could not be built. And how two people agree."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState


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
    # Since the beginning: how many releases were made, in how many seconds, and how many publishes failed.
    publishes = models.PositiveBigIntegerField(default=0, db_default=0)
    publish_seconds = models.FloatField(default=0, db_default=0)
    last_seconds = models.FloatField(null=True)
    failed_publishes = models.PositiveBigIntegerField(default=0, db_default=0)
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


class AgreementTask(AbstractGroupApprovalTask):
    """Somebody of a group agrees to what another has written: nobody to their own words."""

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        return [one for one in actions if one[0] != "approve"] if is_own(obj, user) else actions

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name == "approve" and is_own(task_state.revision.content_object, user):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        mine = [state.pk for state in states if is_own(state.revision.content_object, user)]
        return TaskState.objects.filter(pk__in=states.values("pk")).exclude(pk__in=mine)

    @classmethod
    def get_description(cls):
        return _("Members of these groups agree to what somebody else has written.")

    class Meta:
        verbose_name = _("Agreement of two people")
        verbose_name_plural = _("Agreements of two people")


def is_own(page, user) -> bool:
    """Tell whether somebody wrote the newest version of a page, or asked for it to be looked at."""
    state = page.current_workflow_state
    asked = state.requested_by_id if state else None
    return user.pk in (getattr(page.latest_revision, "user_id", None), asked)
