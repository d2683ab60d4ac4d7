"""What Wagtail's own checks of a preview look at beyond what they do anyway, and what they say, in our words."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

from toolkit.plain_language.rules import rules_for

LINK_TEXT, LINK_TEXT_CHECK = "toolkit-link-text", "toolkit-link-text-says-nothing"


class OurChecker(ContentCheckerItem):
    """Wagtail's checker with rules for links that say nothing and pictures without words."""

    axe_messages = {
        **ContentCheckerItem.axe_messages,
        LINK_TEXT: {
            "error_name": _("A link does not say where it leads"),
            "help_text": _("Name the page that it leads to, as in “how we listen”, instead of “click here”."),
        },
        "image-alt": {
            "error_name": _("A picture has no words"),
            "help_text": _("Say in words what it shows, or tick “Only decoration”."),
        },
        "alt-text-quality": {
            "error_name": _("The words of a picture look like the name of a file"),
            "help_text": _("Say in words what the picture shows, as you would on the telephone."),
        },
        "heading-order": {
            "error_name": _("A heading is too small for its place"),
            "help_text": _("Begin with large headings, and put small ones below them."),
        },
    }
    axe_run_only = [*ContentCheckerItem.axe_run_only, "image-alt", LINK_TEXT]

    class Media:
        # Axe learns there what to ask; it cannot be told as JSON.
        js = ["plain_language/axe-checks.js"]

    def __init__(self, lang: str, in_editor: bool = False):
        super().__init__(in_editor)
        self.lang = lang

    def get_axe_custom_rules(self, request):
        rule = {
            "id": LINK_TEXT,
            "impact": "serious",
            "selector": "main a[href]",
            "tags": ["best-practice"],
            "any": [],
            "all": [],
            "none": [LINK_TEXT_CHECK],
            "enabled": True,
        }
        return [*super().get_axe_custom_rules(request), rule]

    def get_axe_custom_checks(self, request):
        texts = sorted(rules_for(self.lang).empty_links)
        return [*super().get_axe_custom_checks(request), {"id": LINK_TEXT_CHECK, "options": {"texts": texts}}]


def put_ours(items: list, page):
    """Put our checker in the place of Wagtail's."""
    lang = page.locale.language_code if page is not None and page.locale_id else "en"
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = OurChecker(lang, item.in_editor)
