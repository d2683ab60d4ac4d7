"""The home page: the toolkit as a whole, and the one place of the four prompts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from toolkit import locales
from toolkit.models.base import TextPage

PROMPTS = ["meaning", "ladders", "snakes", "score"]


class Home(TextPage):
    """What the toolkit is and whom it is for. Its document is the outline of everything."""

    document_type = "toolkit"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "toolkit.Stage",
        "toolkit.Lake",
        "toolkit.Voices",
        "toolkit.Glossary",
        "toolkit.Guide",
        "toolkit.EasyRead",
    ]

    prompt_meaning = models.CharField(
        _("what it means"), max_length=300, help_text=_("Asks what a mark means for the group’s project.")
    )
    prompt_ladders = models.CharField(_("ladders"), max_length=300, help_text=_("Asks what moves the group forward."))
    prompt_snakes = models.CharField(_("snakes"), max_length=300, help_text=_("Asks what might set the group back."))
    prompt_score = models.CharField(
        _("score"),
        max_length=300,
        help_text=_("Asks how far the group is now, with a score from 1 to 10 that it agrees."),
    )

    content_panels = [
        *TextPage.content_panels,
        MultiFieldPanel(
            [FieldPanel(f"prompt_{name}") for name in PROMPTS],
            heading=_("The four questions that groups ask for each mark"),
            help_text=_("Every mark shows these. Change them here, and they change everywhere."),
        ),
    ]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def clean(self):
        super().clean()
        if Home.objects.filter(locale_id=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError(_("There is a home page in this language already. Change that one."))

    @property
    def public_path(self):
        return f"/{self.locale.language_code}/"

    @property
    def prompts(self) -> list[dict]:
        """The four prompts in their order."""
        lang = self.locale.language_code
        language = {"lang": lang, "dir": locales.direction(lang)}
        return [{"code": name, "text": getattr(self, f"prompt_{name}"), **language} for name in PROMPTS]

    def document(self, read):
        stages = [
            {**read.mention(stage), "marks": read.mentions(read.children(stage, "mark"))}
            for stage in read.children(self, "stage")
        ]
        return {**super().document(read), **self.outline(read), "prompts": self.prompts, "stages": stages}

    def outline(self, read) -> dict:
        """Give what stands around every page: the name of the toolkit, its stages, rooms and guides."""
        return {
            **read.mention(self),
            "stages": read.mentions(read.children(self, "stage")),
            "lake": self._room(read, "lake"),
            "voices": self._room(read, "voices"),
            "glossary": self._room(read, "glossary"),
            "guides": read.mentions(read.children(self, "page")),
        }

    def _room(self, read, document_type):
        return read.mention(next(iter(read.children(self, document_type)), None))
