"""Voices: lived-experience quotes, and the page that gathers them all."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import PagePermissionTester
from wagtail_localize.fields import SynchronizedField

from toolkit import locales
from toolkit.consent import Consent
from toolkit.documents.richtext import plain_text, public_html
from toolkit.models.attribution import Attribution
from toolkit.models.base import TextPage, ToolkitPage, ToolkitPageForm
from toolkit.withdrawal.tombstones import is_withdrawn

CONSENT_MISSING = _(
    "These words cannot be published before the person has said yes. "
    "Ask them, set the consent to “Given”, or save a draft until then."
)

# None that is easily taken for another.
PLAIN_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
TAKEN_BACK = _("These words were taken back by the person who said them. They cannot come back to this page.")


def is_enough(user, page) -> bool:
    """Tell whether one person may make words public.

    In the source's language another has to agree; translations have reviewers of their own. Administrators may do
    without: a charity may have but one person.
    """
    return user.is_superuser or page.locale.language_code != locales.source()


class QuoteRights(PagePermissionTester):
    """Rights on a quote."""

    def can_publish(self):
        return super().can_publish() and is_enough(self.user, self.page)


class VoicesRights(PagePermissionTester):
    """Rights on the page of all quotes."""

    def can_publish_subpage(self):
        return super().can_publish_subpage() and is_enough(self.user, self.page)


class Voices(TextPage):
    """All quotes in one place."""

    document_type = "voices"
    parent_page_types = ["toolkit.Home"]
    max_count_per_parent = 1
    subpage_types = ["toolkit.Quote", "toolkit.EasyRead"]

    class Meta:
        verbose_name = _("voices page")
        verbose_name_plural = _("voices pages")

    def permissions_for_user(self, user):
        return VoicesRights(user, self)

    def document(self, read):
        quotes = sorted(read.children(self, "quote"), key=lambda quote: KIND_ORDER.index(quote.kind))
        return {**super().document(read), "quotes": read.mentions(quotes)}


class Kind(models.TextChoices):
    LADDER = "ladder", _("Ladder: what moves a project forward")
    SNAKE = "snake", _("Snake: what sets a project back")
    OBSERVATION = "observation", _("Observation: a thought")


KIND_ORDER = [Kind.LADDER, Kind.SNAKE, Kind.OBSERVATION]


def silent_slug(kind: str) -> str:
    """Give an address that holds none of the words: addresses are known for longer than these may be."""
    return f"{kind or Kind.OBSERVATION}-{get_random_string(8, PLAIN_LETTERS)}"


class QuoteForm(ToolkitPageForm):
    """Leaves the address to the page itself, unless somebody writes another."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or self.instance.slug or silent_slug(self.instance.kind)


class Quote(Attribution, ToolkitPage):
    """Words of lived experience: a snake, a ladder or an observation."""

    document_type = "quote"
    parent_page_types = ["toolkit.Voices"]
    subpage_types = []
    consent_missing = CONSENT_MISSING
    base_form_class = QuoteForm
    help_name = "quote"
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
        TitleFieldPanel("title", targets=[], help_text=_("A few words to find the quote by in lists.")),
        FieldPanel("words"),
        FieldPanel("kind"),
        *Attribution.attribution_panels,
        FieldPanel("original_language"),
    ]

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def permissions_for_user(self, user):
        return QuoteRights(user, self)

    @property
    def plain_summary(self):
        return plain_text(self.words)

    @property
    def attributions(self):
        return [self]

    def full_clean(self, *args, **kwargs):
        """See to it that the page has an address, not made from its title as those of other pages are."""
        self.slug = self.slug or silent_slug(self.kind)
        super().full_clean(*args, **kwargs)

    def clean(self):
        """Refuse words for what was taken back: somebody may still have them in an open editor."""
        super().clean()
        if self.words and is_withdrawn(self.translation_key):
            raise ValidationError({"words": TAKEN_BACK})

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
