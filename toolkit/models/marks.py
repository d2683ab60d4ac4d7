"""Marks of co-production: what a group looks at, talks about and scores."""

from django.utils.translation import gettext_lazy as _

from toolkit.models.base import TextPage


class Mark(TextPage):
    """An explanation with tips and lived-experience quotes."""

    document_type = "mark"
    parent_page_types = ["toolkit.Stage"]
    subpage_types = ["toolkit.EasyRead"]

    class Meta:
        verbose_name = _("mark of co-production")
        verbose_name_plural = _("marks of co-production")

    def document(self, read):
        stage = next((page for page in read.ancestors(self) if page.document_type == "stage"), None)
        previous, following = read.neighbours(self)
        document = super().document(read)
        in_body = {block["idea"]["key"] for block in document["body"] if block["type"] == "idea"}
        others = [idea for idea in read.ideas_for(self) if idea.key not in in_body]
        return {
            **document,
            "stage": read.mention(stage),
            "prompts": read.prompts,
            "ideas": read.mentions(others),
            "previous": read.mention(previous),
            "next": read.mention(following),
        }
