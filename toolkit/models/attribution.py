"""Who said or made something, how they want to be named, and whether they agreed."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField

from toolkit.consent import Consent, Naming, may_be_public, public_name

CONSENT_FIELDS = ("consent", "consent_date", "consent_until", "consent_scope", "consent_note")
# What nobody chooses by hand: words are taken back with all that belongs to it, and a date passes by itself.
BY_ITSELF = (Consent.WITHDRAWN, Consent.ENDED)


class AnswerSelect(forms.Select):
    """Offers the answers that somebody can write down, and the one that stands there."""

    def optgroups(self, name, value, attrs=None):
        shown = [choice for choice in self.choices if choice[0] not in BY_ITSELF or choice[0] in value]
        self.choices = shown
        return super().optgroups(name, value, attrs)


class Attribution(models.Model):
    """The fields of a credit and of the consent to it."""

    naming = models.CharField(
        _("how to name them"),
        max_length=20,
        choices=Naming.choices,
        default=Naming.NOT_NAMED,
        help_text=_("As the person wishes, not as we would like."),
    )
    name = models.CharField(
        _("name or role"),
        max_length=200,
        blank=True,
        help_text=_("Exactly as it will be shown, for example “Carer, a housing project”."),
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1900), MaxValueValidator(2100)],
        help_text=_("The year it was said or made, for example 2026."),
    )
    thanks = models.CharField(
        _("thanks"),
        max_length=300,
        blank=True,
        help_text=_("A line of thanks, shown with the credit. May stay empty."),
    )
    consent = models.CharField(
        _("consent"),
        max_length=20,
        choices=Consent.choices,
        default=Consent.ASKED,
        help_text=_("A person’s words are published only when they have said yes."),
    )
    consent_date = models.DateField(
        _("date of the answer"), null=True, blank=True, help_text=_("When they said yes, or took it back.")
    )
    consent_until = models.DateField(
        _("until when"),
        null=True,
        blank=True,
        help_text=_("The last day on which it may be shown. Empty: until they take it back."),
    )
    consent_scope = models.CharField(
        _("what they agreed to"), max_length=300, blank=True, help_text=_("For example: website and print.")
    )
    consent_note = models.TextField(
        _("private note"), blank=True, help_text=_("Only editors see this. It never leaves the admin.")
    )

    # Who agreed to what is the same in every language, and nothing that a translator should read.
    untranslated_fields = [SynchronizedField(name, overridable=False) for name in ("naming", "year", *CONSENT_FIELDS)]

    credit_panels = [
        FieldPanel("naming"),
        FieldRowPanel([FieldPanel("name"), FieldPanel("year")]),
        FieldPanel("thanks"),
    ]
    consent_panels = [
        FieldPanel("consent", widget=AnswerSelect),
        FieldRowPanel([FieldPanel("consent_date"), FieldPanel("consent_until")]),
        FieldPanel("consent_scope"),
        FieldPanel("consent_note"),
    ]
    attribution_panels = [
        MultiFieldPanel(credit_panels, heading=_("How to name them")),
        MultiFieldPanel(consent_panels, heading=_("Their consent")),
    ]

    class Meta:
        abstract = True

    @property
    def may_be_public(self) -> bool:
        """Whether consent lets this be shown."""
        return may_be_public(naming=self.naming, consent=self.consent)

    def credit_document(self) -> dict:
        """Give the public credit: the consent to it stays inside."""
        return {
            "naming": self.naming,
            "name": public_name(naming=self.naming, name=self.name),
            "year": self.year,
            "thanks": self.thanks,
        }
