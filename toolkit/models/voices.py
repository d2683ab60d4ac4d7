"""Voices: lived-experience quotes, and the page that gathers them all."""

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail_localize.fields import SynchronizedField

from toolkit.consent import Consent, may_be_public
from toolkit.documents.richtext import plain_text, public_html
from toolkit.models.attribution import Attribution
from toolkit.models.base import TextPage, ToolkitPage, ToolkitPageForm

CONSENT_MISSING = _(
    "These words cannot be published before the person has said yes. "
    "Ask them, set the consent to “Given”, or save a draft until then. "
    "To take back words that are public, choose “Withdrawn” and save a draft: they go at once, in every language."
)


class Voices(TextPage):
    """All quotes in one place."""

    document_type = "voices"
    parent_page_types = ["toolkit.Home"]
    max_count_per_parent = 1
    subpage_types = ["toolkit.Quote"]

    class Meta:
        verbose_name = _("voices page")
        verbose_name_plural = _("voices pages")

    def document(self, read):
        quotes = sorted(read.children(self, "quote"), key=lambda quote: KIND_ORDER.index(quote.kind))
        return {**super().document(read), "quotes": read.mentions(quotes)}


class Kind(models.TextChoices):
    LADDER = "ladder", _("Ladder: what moves a project forward")
    SNAKE = "snake", _("Snake: what sets a project back")
    OBSERVATION = "observation", _("Observation: a thought")


KIND_ORDER = [Kind.LADDER, Kind.SNAKE, Kind.OBSERVATION]


class QuoteForm(ToolkitPageForm):
    """Refuses to publish words without consent; drafts are always kept."""

    def clean(self):
        cleaned = super().clean()
        allowed = may_be_public(naming=cleaned.get("naming"), consent=cleaned.get("consent"))
        if "action-publish" in self.data and not allowed:
            self.add_error("consent", CONSENT_MISSING)
        return cleaned


class Quote(Attribution, ToolkitPage):
    """Words of lived experience: a snake, a ladder or an observation."""

    document_type = "quote"
    parent_page_types = ["toolkit.Voices"]
    subpage_types = []
    base_form_class = QuoteForm
    override_translatable_fields = [*Attribution.untranslated_fields, SynchronizedField("original_language")]

    words = RichTextField(
        _("words"), features=["bold", "italic"], help_text=_("What the person said, as they said it.")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OBSERVATION)
    original_language = models.CharField(
        _("original language"),
        max_length=20,
        blank=True,
        help_text=_("The language they said it in, as a short code: en, cy, ar. Empty: this page’s."),
    )

    content_panels = [
        TitleFieldPanel("title", help_text=_("A few words to find the quote by in lists.")),
        FieldPanel("words"),
        FieldPanel("kind"),
        *Attribution.attribution_panels,
        FieldPanel("original_language"),
    ]

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    @property
    def plain_summary(self):
        return plain_text(self.words)

    @property
    def attributions(self):
        return [self]

    def publish(self, revision, **kwargs):
        """Publish a revision, unless its words lack consent: this door stands behind every other one."""
        if not revision.as_object().may_be_public:
            raise PermissionDenied(CONSENT_MISSING)
        return super().publish(revision, **kwargs)

    def save_revision(self, *args, **kwargs):
        """Keep a draft; one that says “withdrawn” takes the words off the site at once, in every language."""
        revision = super().save_revision(*args, **kwargs)
        if self.consent == Consent.WITHDRAWN:
            for page in type(self).objects.filter(translation_key=self.translation_key):
                page.revisions.update(approved_go_live_at=None)
                page.unpublish()
        return revision

    def mention(self, read):
        return {
            **super().mention(read),
            "kind": self.kind,
            "html": public_html(self.words, read),
            "credit": self.credit_document(),
            "original_language": self.original_language,
        }

    def document(self, read):
        return {"marks": read.mentions(read.quoting(self, "mark"))}
