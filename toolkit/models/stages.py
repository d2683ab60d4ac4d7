"""Stages: the four parts of a co-production project, each with its marks."""

from django.utils.translation import gettext_lazy as _

from toolkit.models.base import TextPage


class Stage(TextPage):
    """An introduction and a list of marks."""

    document_type = "stage"
    parent_page_types = ["toolkit.Home"]
    subpage_types = ["toolkit.Mark"]

    class Meta:
        verbose_name = _("stage")
        verbose_name_plural = _("stages")

    def mention(self, read):
        keys = [stage.key for stage in self._all_stages(read)]
        number = keys.index(self.key) + 1 if self.key in keys else len(keys) + 1
        return {**super().mention(read), "number": number}

    def document(self, read):
        previous, following = neighbours(self, self._all_stages(read))
        return {
            **super().document(read),
            "marks": read.mentions(read.children(self, "mark")),
            "ideas": read.mentions(read.ideas_for(self)),
            "previous": read.mention(previous),
            "next": read.mention(following),
        }

    def _all_stages(self, read):
        return read.children(read.home, "stage") if read.home else []


def neighbours(page, pages) -> tuple:
    """Give the pages before and after this one in a list, None where there is none."""
    keys = [other.key for other in pages]
    if page.key not in keys:
        return None, None
    place = keys.index(page.key)
    return (pages[place - 1] if place else None), (pages[place + 1] if place + 1 < len(pages) else None)
