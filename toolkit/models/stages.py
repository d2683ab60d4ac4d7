"""Stages: the four parts of a co-production project, each with its marks."""

from django.utils.translation import gettext_lazy as _

from toolkit.models.base import TextPage


class Stage(TextPage):
    """An introduction and a list of marks."""

    document_type = "stage"
    parent_page_types = ["toolkit.Home"]
    subpage_types = ["toolkit.Mark", "toolkit.EasyRead"]

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")

    def mention(self, read):
        return {**super().mention(read), "number": read.number(self)}

    def document(self, read):
        previous, following = read.neighbours(self)
        return {
            **super().document(read),
            "marks": read.mentions(read.children(self, "mark")),
            "ideas": read.mentions(read.ideas_for(self)),
            "previous": read.mention(previous),
            "next": read.mention(following),
        }
