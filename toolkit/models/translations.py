"""What is known of translations beside wagtail-localize's texts: how sources changed, and where each thing stands."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import StringTranslation

from toolkit.translation.states import STATES


class SourceChange(models.Model):
    """One publish of a source that changed its texts.

    `steps` has [path, digest before, digest now] of each text; an empty digest where there was or is none. `minor`:
    an editor said that the meaning is the same.
    """

    key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    steps = models.JSONField()
    minor = models.BooleanField(_("the meaning is the same"), default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["key"], name="source_change_key")]


class ThingStanding(models.Model):
    """Where one thing stands in one language, kept in step whenever either changes.

    `texts` and `words` count those of the source; `done_words` those whose translation is of the source as it is now,
    or of one that means the same; `changed` and `missing` count texts; `machine` those that no person has looked at.
    """

    key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    source_locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    type = models.CharField(max_length=20)
    title = models.CharField(max_length=255)
    # Place in the source's tree: things stand in the order that readers know.
    path = models.CharField(max_length=255)
    state = models.CharField(max_length=10, choices=[(state, state) for state in STATES])
    texts = models.PositiveIntegerField(default=0)
    words = models.PositiveIntegerField(default=0)
    done_words = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    minor = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    machine = models.PositiveIntegerField(default=0)
    # Whether what is saved differs from what readers see.
    unpublished = models.BooleanField(default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    translated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "locale"], name="one_standing")]
        indexes = [models.Index(fields=["locale", "state", "path"], name="standing_state")]


class Dismissal(models.Model):
    """Somebody looked at what a check said of a translation, and says why it is right as it is."""

    translation = models.ForeignKey(StringTranslation, on_delete=models.CASCADE, related_name="dismissals")
    check_name = models.CharField(max_length=20)
    # What was looked at: other words are looked at anew.
    words = models.TextField()
    reason = models.CharField(_("reason"), max_length=300)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation", "check_name"], name="one_dismissal")]


class Proposal(models.Model):
    """What somebody wrote for a text in a file, and that could not simply be taken: it stands beside the text.

    `digest` is that of the source's words that it was written for.
    """

    key = models.UUIDField()
    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    path = models.TextField()
    digest = models.UUIDField()
    words = models.TextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["key", "locale"], name="proposal_thing")]


class Wording(models.Model):
    """What somebody wrote for an entry of a language's catalogue, in the place of what the software brings.

    `draft` and `public` are lists of plural forms, null where there is none.
    """

    locale = models.ForeignKey("wagtailcore.Locale", on_delete=models.CASCADE, related_name="+")
    digest = models.UUIDField()
    context = models.TextField(blank=True)
    source = models.TextField()
    draft = models.JSONField(null=True)
    public = models.JSONField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["locale", "digest"], name="one_wording")]


class Language(models.Model):
    """A language that somebody added in the admin, beside those of the settings."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name in English"), max_length=80)
    own_name = models.CharField(_("name in the language itself"), max_length=80)
    rtl = models.BooleanField(_("is written from right to left"), default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(db_default=Now())
