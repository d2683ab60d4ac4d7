"""Guide pages: plain pages of text, such as “Using this tool”."""

from django.utils.translation import gettext_lazy as _

from toolkit.models.base import TextPage


class Guide(TextPage):
    """A page of text."""

    document_type = "page"
    parent_page_types = ["toolkit.Home"]
    subpage_types = ["toolkit.EasyRead"]

    class Meta:
        verbose_name = _("guide page")
        verbose_name_plural = _("guide pages")
