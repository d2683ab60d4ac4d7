"""The glossary: hard words in plain ones."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.fields import RichTextField

from toolkit.blocks import WORDS
from toolkit.documents.richtext import plain_text, public_html
from toolkit.models.base import TextPage, ToolkitPage


class Glossary(TextPage):
    """All terms in one place, by the alphabet."""

    document_type = "glossary"
    parent_page_types = ["toolkit.Home"]
    max_count_per_parent = 1
    subpage_types = ["toolkit.Term", "toolkit.EasyRead"]

    class Meta:
        verbose_name = _("glossary")
        verbose_name_plural = _("glossaries")

    def document(self, read):
        terms = sorted(read.children(self, "term"), key=lambda term: term.title.casefold())
        return {**super().document(read), "terms": read.mentions(terms)}


class Term(ToolkitPage):
    """A word and what it means."""

    document_type = "term"
    parent_page_types = ["toolkit.Glossary"]
    subpage_types = []

    meaning = RichTextField(
        _("meaning"), features=WORDS, help_text=_("In everyday words, in one to three sentences.")
    )

    content_panels = [
        TitleFieldPanel("title", heading=_("Term"), help_text=_("The word or words to explain.")),
        FieldPanel("meaning"),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    @property
    def plain_summary(self):
        return plain_text(self.meaning)

    def mention(self, read):
        return {**super().mention(read), "html": public_html(self.meaning, read)}
