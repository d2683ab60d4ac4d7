"""What all pages of the toolkit share: a code, a public address, a document, a preview."""

import re
from itertools import chain, count

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.coreutils import string_to_ascii
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.utils.decorators import cached_classmethod

from toolkit import locales
from toolkit.blocks import Body, body_document, referenced_ids
from toolkit.documents.addresses import api_path
from toolkit.documents.library import page_types
from toolkit.documents.reading import Reading
from toolkit.help import Help
from toolkit.history import keep_change, public_version
from toolkit.preview import preview_html, with_checker
from toolkit.publishable import check_ready, faults_of

# The search, boards on which groups score marks, the lines that put these on other sites, what people offer and say,
# what they keep on their device, what is to be printed, and how all of it was tested.
OWN_SLUGS = ("search", "score", "embed", "give", "feedback", "offline", "print", "how-we-tested")


def code_field():
    """Give the field of a page's stable name."""
    return models.SlugField(
        _("code"),
        max_length=80,
        blank=True,
        editable=False,
        db_index=True,
        help_text=_("A stable name, made from the first address. Other sites use it; it never changes."),
    )


def stem_of(slug: str) -> str:
    """Give what a code begins with: an address in plain letters."""
    return slugify(string_to_ascii(slug))[:70]


def _is_code_of(code: str, slug: str) -> bool:
    """Tell whether a code was made from an address, perhaps with a number."""
    return bool(re.fullmatch(rf"{re.escape(stem_of(slug))}(-\d+)?", code))


class ToolkitPageForm(WagtailAdminPageForm):
    """Asks anew with each change whether the meaning is the same; says at its place what must not go out.

    Drafts are always kept, whatever is missing in them.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["minor_edit"] = False

    def _post_clean(self):
        super()._post_clean()
        if "action-publish" in self.data:
            for fault in faults_of(self.instance, today=timezone.localdate()):
                if fault.field not in self.errors:
                    self.add_error(fault.field if fault.field in self.fields else None, fault.says)


class MinorPanel(FieldPanel):
    """Asks whether a change has changed the meaning: only where there is something to translate already."""

    class BoundPanel(FieldPanel.BoundPanel):
        def is_shown(self):
            page = self.instance
            is_source = page.locale_id and page.locale.language_code == locales.source()
            return super().is_shown() and page.live and bool(is_source)


class ToolkitPage(Page):
    """A page with a document.

    Subclasses say their `document_type` and `plain_summary`, and widen `mention()` (what summaries hold) and
    `document()` (what only full documents hold).
    """

    code = code_field()
    # Of a translation: the texts of the source that it was made of. See toolkit/translation/render.py.
    translated_from = models.JSONField(default=dict, blank=True, editable=False)
    minor_edit = models.BooleanField(
        _("The meaning has not changed"),
        default=False,
        help_text=_(
            "Tick this when you have only mended spelling or the like. Translators then know that their translation "
            "is still right."
        ),
    )

    document_type: str
    document_prefetch: tuple[str, ...] = ()
    admin_default_ordering = "ord"
    exclude_fields_in_copy = ["code", "translated_from", "minor_edit"]
    may_be_public = True
    consent_missing = ""
    base_form_class = ToolkitPageForm
    # The help at the head of the editor: one of templates/admin/help/.
    help_name = "text"

    content_panels = [TitleFieldPanel("title", help_text=_("As readers see it, in lists, too. Short is good."))]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("slug", help_text=_("The last part of the page’s address.")),
                FieldPanel("code", read_only=True),
            ],
            heading=_("Address"),
        )
    ]
    settings_panels = [
        PublishingPanel(
            help_text=_(
                "Both dates may stay empty. The page goes live, and comes down, by itself, up to a minute after the "
                "time given here."
            )
        ),
        # Without it nobody could say anything beside a field.
        CommentPanel(),
    ]

    class Meta:
        abstract = True

    @cached_classmethod
    def get_edit_handler(cls):
        """Give Wagtail's three tabs, the first with help, and with the question about the meaning at its end."""
        minor = MinorPanel("minor_edit", heading=_("For translators"))
        content = [Help(cls.help_name), *cls.content_panels, minor, Help("publishing")]
        tabs = [(content, _("Content")), (cls.promote_panels, _("Promote")), (cls.settings_panels, _("Settings"))]
        handler = TabbedInterface([ObjectList(panels, heading=heading) for panels, heading in tabs])
        handler.base_form_class = cls.base_form_class
        return handler.bind_to_model(cls)

    def clean(self):
        """Refuse the addresses right below the home page at which the site itself has something."""
        super().clean()
        if self.slug in OWN_SLUGS and self.parent_page_types == ["toolkit.Home"]:
            raise ValidationError({"slug": _("The site itself has something at this address. Choose another one.")})

    def save(self, *args, **kwargs):
        """Save the page, and give it its code the first time; a draft's code follows its address.

        While somebody writes, the admin keeps a new page by itself: its first address is half a title.
        """
        is_unsettled = not self.code or self._has_code_of_half_a_title()
        result = super().save(*args, **kwargs)
        if is_unsettled:
            self.take_free_code()
        return result

    def publish(self, revision, **kwargs):
        """Publish a revision, and keep which parts of the page changed with it.

        Raises NotReady where it must not go out: this door stands behind every other one.
        """
        check_ready(revision.as_object(), today=timezone.localdate())
        # The site is published with the end of the transaction: then what changed is known.
        with transaction.atomic():
            before = public_version(self)
            published = super().publish(revision, **kwargs)
            keep_change(self, before)
        return published

    def _has_code_of_half_a_title(self) -> bool:
        """Tell whether the code comes from an address that a page has no more, and nobody can know of it yet."""
        if self.pk is None or self.live or self.first_published_at or not self.code:
            return False
        alike = Page.objects.filter(translation_key=self.translation_key)
        known = dict(alike.values_list("pk", "slug"))
        before = known.get(self.pk, self.slug)
        return before != self.slug and len(known) == 1 and _is_code_of(self.code, before)

    def take_free_code(self):
        """Give the page a code that is its own and its translations' alone."""
        self.code = self._free_code()
        type(self).objects.filter(pk=self.pk).update(code=self.code)

    def with_content_json(self, content):
        """Give the page as a revision has it, but for the code, which no revision can change."""
        page = super().with_content_json(content)
        page.code = self.code
        return page

    def copy_for_translation(self, locale, copy_parents=False, alias=False, exclude_fields=None):
        """Make a draft for a translator; so, too, of the pages above.

        Wagtail makes aliases of those: live pages in the source's words, under another language's address.
        """
        return super().copy_for_translation(locale, copy_parents, False, exclude_fields)

    def code_stem(self) -> str:
        """Give what the page's code begins with."""
        return stem_of(self.slug)

    def _free_code(self) -> str:
        """Give the code of the page's translations, else its slug in plain letters, with a number where taken.

        No page of any type has the same: pages of several types share a list of the API, and so its addresses.
        """
        if translation := type(self).objects.filter(translation_key=self.translation_key).exclude(pk=self.pk).first():
            return translation.code
        stem = self.code_stem() or self.document_type
        alike = [kind.objects.filter(code__startswith=stem).exclude(pk=self.pk) for kind in page_types()]
        taken = {code for pages in alike for code in pages.values_list("code", flat=True)}
        return next(code for code in chain([stem], map(f"{stem}-{{}}".format, count(2))) if code not in taken)

    @property
    def key(self) -> str:
        """The key that all translations of this page share."""
        return str(self.translation_key)

    @property
    def public_path(self) -> str:
        """The page's address on the site: its locale, then its place below the home page."""
        below_home = self.url_path.split("/", 2)[2]
        return f"/{self.locale.language_code}/{below_home}"

    @property
    def api_path(self) -> str:
        """The address of the page's document in the API."""
        return api_path(type=self.document_type, code=self.code, locale=self.locale.language_code)

    plain_summary = ""

    @property
    def attributions(self) -> list:
        """Whose words or names this page shows of its own: what needs somebody's consent."""
        return []

    def quoted_ids(self) -> list[int]:
        """Give the database ids of the quotes and ideas that stand in the body."""
        return []

    def served_ids(self) -> list[int]:
        """Give the database ids of the stages and marks that this page serves."""
        return []

    def ids_of(self, relation: str) -> list[int]:
        """Give the database ids of the pages that this one quotes ("quoted") or serves ("serving")."""
        return self.quoted_ids() if relation == "quoted" else self.served_ids()

    def mention(self, read: Reading) -> dict:
        """Give what every summary of this page holds."""
        language = self.locale.language_code
        return {
            "type": self.document_type,
            "code": self.code,
            "key": self.key,
            "locale": language,
            "lang": language,
            "dir": locales.direction(language),
            "title": self.title,
            "path": self.public_path,
            "api": self.api_path,
            "summary": self.plain_summary,
        }

    def document(self, read: Reading) -> dict:
        """Give what only documents of this type hold."""
        return {}

    def serve_preview(self, request, mode_name):
        """Show this version, saved or not, exactly as readers would see it."""
        html = preview_html(self)
        is_beside_editor = getattr(request, "in_preview_panel", False)
        return HttpResponse(with_checker(html, self, request) if is_beside_editor else html)


class BodyPage(ToolkitPage):
    """A page with a summary and a body of blocks, which each of its subclasses says."""

    summary = models.TextField(
        _("summary"),
        max_length=300,
        help_text=_("One plain sentence that says what this is. Lists and search show it."),
    )

    class Meta:
        abstract = True

    @property
    def plain_summary(self):
        return self.summary

    def quoted_ids(self):
        return referenced_ids(self.body, "quote", "idea")

    def document(self, read):
        return {"body": body_document(self.body, read, in_source=self.blocks_in_source())}

    def blocks_in_source(self) -> dict[str, dict]:
        """Give language and direction of each block, by its id, that is not translated yet."""
        code = self.translated_from.get("locale", "")
        return {block: locales.language(code) for block in self.translated_from.get("blocks", ())}


class TextPage(BodyPage):
    """A page of text, of which there may be an Easy Read version."""

    body = StreamField(Body(), blank=True, verbose_name=_("text"), help_text=_("Add pieces one below the other."))

    content_panels = [*ToolkitPage.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        abstract = True

    def document(self, read):
        return {**super().document(read), "easy_read": read.mention(self._easy_read(read))}

    def _easy_read(self, read):
        """Give the Easy Read version in the reader's language, else in one that this falls back to, else None."""
        found = {page.locale.language_code: page for page in reversed(read.children(self, "easy-read"))}
        return next((found[code] for code in locales.fallbacks(read.locale) if code in found), None)
