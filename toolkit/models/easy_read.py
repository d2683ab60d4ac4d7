"""Easy Read versions: what a page says, in pictures and short sentences, as a page of its own below it."""

from itertools import chain, count

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.fields import StreamField

from toolkit.blocks import Pairs
from toolkit.models.base import BodyPage, ToolkitPageForm, stem_of

SLUG = "easy-read"


class EasyReadForm(ToolkitPageForm):
    """Begins a new Easy Read version with a title that says what it is of, and gives it its address."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and self.parent_page:
            self.initial["title"] = self.instance.title or title_for(self.parent_page)
            self.instance.slug = self.instance.slug or free_slug(self.parent_page)


class EasyRead(BodyPage):
    """A page once more, for people who find reading hard: the same meaning in fewer words."""

    document_type = "easy-read"
    help_name = "easy-read"
    base_form_class = EasyReadForm
    parent_page_types = [
        "toolkit.Home",
        "toolkit.Stage",
        "toolkit.Mark",
        "toolkit.Lake",
        "toolkit.Idea",
        "toolkit.Voices",
        "toolkit.Glossary",
        "toolkit.Guide",
    ]
    max_count_per_parent = 1
    subpage_types = []

    body = StreamField(
        Pairs(), blank=True, verbose_name=_("pictures and sentences"), help_text=_("Add them one below the other.")
    )

    content_panels = [
        TitleFieldPanel("title", help_text=_("As lists and searches show it, for example “Listening (Easy Read)”.")),
        FieldPanel("summary"),
        FieldPanel("body"),
    ]
    # Readers who know one of these addresses know them all.
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug", read_only=True), FieldPanel("code", read_only=True)], heading=_("Address")
        )
    ]

    class Meta:
        verbose_name = _("Easy Read version")
        verbose_name_plural = _("Easy Read versions")

    def full_clean(self, *args, **kwargs):
        self._take_slug()
        super().full_clean(*args, **kwargs)

    def minimal_clean(self):
        self._take_slug()
        super().minimal_clean()

    def _take_slug(self):
        """Take the address that all of these have, before Wagtail makes one out of the title."""
        self.slug = self.slug or free_slug(self.get_parent())

    def clean(self):
        super().clean()
        if self._state.adding and self.path and not self._is_translation() and self._others().exists():
            raise ValidationError(_("This page has an Easy Read version already. Change that one."))

    def _is_translation(self) -> bool:
        return EasyRead.objects.filter(translation_key=self.translation_key).exists()

    def _others(self):
        return self.get_parent().get_children().type(EasyRead).exclude(pk=self.pk)

    def code_stem(self) -> str:
        """Give what the code begins with: all of these have the same last part of their addresses."""
        return stem_of(f"{self.get_parent().specific.code[:58]}-{SLUG}")

    def document(self, read):
        full_page = next(reversed(read.ancestors(self)), None)
        return {**super().document(read), "full_page": read.mention(full_page)}


def free_slug(parent) -> str:
    """Give the last part of the address of an Easy Read version: there may be a mark of the same name beside it."""
    taken = set(parent.get_children().values_list("slug", flat=True)) if parent else ()
    return next(slug for slug in chain([SLUG], map(f"{SLUG}-{{}}".format, count(2))) if slug not in taken)


def title_for(page) -> str:
    """Give the title that an Easy Read version of a page begins with, in the language of the page."""
    with override(page.locale.language_code):
        return str(_("%(title)s (Easy Read)") % {"title": page.title})
