"""The screens on which editors keep the word list."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.plain_language.models import PlainWord


class WordsIndexView(IndexView):
    """The words of all languages, to be searched, and filtered by language."""

    list_display = [
        "word",
        Column("plain", label=_("Say instead")),
        Column("note", label=_("Note")),
        Column("get_locale_display", label=_("Language"), sort_key="locale"),
    ]


class PlainWords(ModelViewSet):
    model = PlainWord
    name = "plain_words"
    url_prefix = "plain-words"
    icon = "clipboard-list"
    menu_label = _("Words to avoid")
    menu_name = "plain-words"
    menu_order = 260
    add_to_admin_menu = True
    index_view_class = WordsIndexView
    list_filter = ["locale"]
    search_fields = ["word", "plain"]
    # Without an index: a list is short, and what is saved is found at once.
    search_backend_name = None
    ordering = ["locale", "word"]
    panels = [FieldPanel("locale"), FieldPanel("word"), FieldPanel("plain"), FieldPanel("note")]
