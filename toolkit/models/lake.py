"""The Lake of ideas: activities and examples with credits, for any stage."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, TranslatableMixin

from toolkit.blocks import Served, referenced_ids
from toolkit.models.attribution import Attribution
from toolkit.models.base import TextPage


class IdeaKind(models.TextChoices):
    ICEBREAKER = "icebreaker", _("Icebreaker")
    ACTIVITY = "activity", _("Activity")
    CREATIVE_METHOD = "creative-method", _("Creative method")
    TEMPLATE = "template", _("Template")
    EXAMPLE = "example", _("Example")
    REPORT = "report", _("Report")


KIND_ORDER = IdeaKind.values
# Of minutes (a week has 10,080), and of people.
MOST = 9999


class Where(models.TextChoices):
    IN_PERSON = "in-person", _("In person")
    ONLINE = "online", _("Online")
    EITHER = "either", _("In person or online")


def _count(name, help_text):
    """Give a field for a number that readers choose ideas by; empty where it is not said."""
    return models.PositiveSmallIntegerField(
        name, null=True, blank=True, help_text=help_text, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )


class Lake(TextPage):
    """All ideas in one place, kind by kind."""

    document_type = "lake"
    parent_page_types = ["toolkit.Home"]
    max_count_per_parent = 1
    subpage_types = ["toolkit.Idea", "toolkit.EasyRead"]

    class Meta:
        verbose_name = _("Lake of ideas")
        verbose_name_plural = _("Lakes of ideas")

    def document(self, read):
        ideas = sorted(read.children(self, "idea"), key=lambda idea: KIND_ORDER.index(idea.kind))
        return {**super().document(read), "ideas": read.mentions(ideas), "stages": self._stages(read, ideas)}

    def _stages(self, read, ideas) -> list[dict]:
        """Give the stages, and how many of these ideas serve each one or any of its marks."""
        here = {idea.key for idea in ideas}
        found = []
        for stage in read.children(read.home, "stage") if read.home else []:
            served = [stage, *read.children(stage, "mark")]
            serving = {idea.key for page in served for idea in read.ideas_for(page)}
            found.append({**read.mention(stage), "idea_count": len(here & serving)})
        return found


class Idea(TextPage):
    """Something a group can do, read or use."""

    document_type = "idea"
    help_name = "idea"
    document_prefetch = ("credits",)
    parent_page_types = ["toolkit.Lake"]
    subpage_types = ["toolkit.EasyRead"]

    kind = models.CharField(_("what it is"), max_length=20, choices=IdeaKind.choices)
    serves = StreamField(
        Served(),
        blank=True,
        verbose_name=_("good for"),
        help_text=_("The stages and marks that this idea helps with. It will be listed there."),
    )
    time = models.CharField(
        _("time"), max_length=100, blank=True, help_text=_("How long it takes, for example “20 minutes”.")
    )
    group_size = models.CharField(
        _("group size"), max_length=100, blank=True, help_text=_("For example “4 to 12 people”.")
    )
    minutes = _count(
        _("minutes at least"),
        _("So many minutes are enough. Readers who have less time do not find it. Empty: no number fits."),
    )
    people_from = _count(_("people at least"), _("The smallest group it works with: 1 if one person is enough."))
    people_to = _count(_("people at most"), _("The largest group it works with. Empty: there is no limit."))
    setting = models.CharField(_("where"), max_length=20, choices=Where.choices, blank=True)
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("Where the idea comes from, if it is known.")
    )
    source_url = models.URLField(_("address of the source"), blank=True)

    content_panels = [
        *TextPage.content_panels[:1],
        FieldPanel("kind"),
        *TextPage.content_panels[1:],
        FieldPanel("serves"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("time"), FieldPanel("minutes")]),
                FieldPanel("group_size"),
                FieldRowPanel([FieldPanel("people_from"), FieldPanel("people_to")]),
                FieldPanel("setting"),
            ],
            heading=_("Practical"),
        ),
        InlinePanel(
            "credits",
            label=_("credit"),
            heading=_("Credits"),
            help_text=_("Who shared or wrote this, in the order to show. A credit is shown once it has consent."),
        ),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("source_url")], heading=_("Source")),
    ]

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")

    def clean(self):
        super().clean()
        if self.people_from and self.people_to and self.people_to < self.people_from:
            raise ValidationError({"people_to": _("The largest group cannot be smaller than the smallest one.")})

    @property
    def attributions(self):
        return list(self.credits.all())

    def served_ids(self):
        return referenced_ids(self.serves, "stage", "mark")

    def mention(self, read):
        facts = ("time", "minutes", "group_size", "people_from", "people_to", "setting")
        return {**super().mention(read), "kind": self.kind, **{name: getattr(self, name) for name in facts}}

    def document(self, read):
        served = [page for page in map(read.page_with_id, self.served_ids()) if page]
        credits = [credit for credit in self.credits.all() if credit.may_be_public]
        return {
            **super().document(read),
            "stages": read.mentions(page for page in served if page.document_type == "stage"),
            "marks": read.mentions(page for page in served if page.document_type == "mark"),
            "credits": [credit.credit_document() for credit in credits],
            "source": self.source,
            "source_url": self.source_url,
        }


class IdeaCredit(TranslatableMixin, Orderable, Attribution):
    """One person or group to whom an idea is owed."""

    idea = ParentalKey(Idea, on_delete=models.CASCADE, related_name="credits")

    panels = Attribution.attribution_panels
    override_translatable_fields = Attribution.untranslated_fields

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
