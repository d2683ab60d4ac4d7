"""The page that an offer becomes: where it goes, and what stands on it. Nothing here publishes anything."""

import re
from html import unescape
from uuid import UUID, uuid5

from django.utils.html import format_html
from django.utils.text import Truncator, slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from api.offers.models import Offer
from api.offers.rules import What
from cms.offers.texts import plain, rich, summary_of, title_of
from toolkit import locales
from toolkit.consent import Consent
from toolkit.models import Idea, IdeaCredit, Lake, Mark, Quote, Stage, Voices
from toolkit.models.lake import IdeaKind

LONGEST_SCOPE = 300
NAME = re.compile("<b>(.*?)</b>", re.DOTALL)


def home_of(offer: Offer, stage: str = "") -> Page | None:
    """Give the page below which the draft of an offer goes: in its language, else in the source's.

    `stage` is the code of the stage that a mark shall belong to, "" for the one that was offered with it.
    """
    if offer.is_quote:
        return _in_language(Voices.objects, offer.language)
    if offer.what == What.IDEA:
        return _in_language(Lake.objects, offer.language)
    return _in_language(Stage.objects.filter(code=stage or stage_of(offer)), offer.language)


def _in_language(pages, language: str) -> Page | None:
    for code in (language, locales.source()):
        # There may be drafts of such pages beside the one that readers know.
        if found := pages.filter(locale__language_code=code, alias_of=None).order_by("-live", "path").first():
            return found
    return None


def stage_of(offer: Offer) -> str:
    """Give the code of the stage that an offer belongs to, "" where it belongs to none."""
    if offer.about_type != "mark":
        return offer.about_code
    mark = _about(offer)
    return mark.get_parent().specific.code if mark else ""


def _about(offer: Offer) -> Page | None:
    """Give the stage or mark that an offer is about, in the source's language."""
    kind = {"stage": Stage, "mark": Mark}.get(offer.about_type)
    return kind and kind.objects.filter(code=offer.about_code, locale__language_code=locales.source()).first()


def page_of(offer: Offer, parent: Page, user) -> Page:
    """Give the page of an offer, not saved yet."""
    make = _quote if offer.is_quote else _idea if offer.what == What.IDEA else _mark
    page = make(offer, parent)
    page.locale, page.owner, page.live = parent.locale, user, False
    # Of a title without any letter no address can be made.
    page.slug = "" if slugify(page.title, allow_unicode=True) else f"{offer.what}-{offer.pk}"
    return page


def _quote(offer: Offer, parent: Page) -> Quote:
    is_foreign = parent.locale.language_code != offer.language
    return Quote(
        title=title_of(offer.words),
        words=rich(offer.words),
        kind=offer.what,
        original_language=offer.language if is_foreign else "",
        consent_note=_note(offer),
        **_credit(offer),
    )


def _idea(offer: Offer, parent: Page) -> Idea:
    page = Idea(
        title=offer.title,
        summary=summary_of(offer.words),
        kind=IdeaKind.ACTIVITY,
        body=[("text", rich(offer.words))],
        translation_key=uuid5(UUID(offer.digest[:32]), "idea"),
    )
    about = _about(offer)
    page.serves = [(offer.about_type, about)] if about else []
    key = credit_key(page.translation_key)
    credit = IdeaCredit(translation_key=key, locale=parent.locale, consent_note=_note(offer), **_credit(offer))
    page.credits = [credit]
    return page


def credit_key(page: UUID) -> UUID:
    """Give the key, the same in all languages, of the credit of whoever offered the idea that is this page."""
    return uuid5(page, "offered")


def _mark(offer: Offer, parent: Page) -> Mark:
    """Give a mark. It has no credits: whoever wants to be named stands in a note at its end."""
    body = [("text", rich(offer.words))] if offer.words else []
    if offer.name:
        with override(offer.language):
            said = format_html(
                _("Offered by {name}, {year}"), name=_bold(offer.name), year=localtime(offer.made_at).year
            )
        body.append(("note", f"<p>{said}</p>"))
    return Mark(title=offer.title, summary=summary_of(offer.words or offer.title), body=body)


def _bold(name: str) -> str:
    return format_html("<b>{}</b>", name)


def _credit(offer: Offer) -> dict:
    """Give the fields of an Attribution: consent was given when somebody sent their words."""
    said_at = localtime(offer.made_at)
    return {
        "naming": offer.naming,
        "name": offer.name,
        "year": said_at.year,
        "consent": Consent.GIVEN,
        "consent_date": said_at.date(),
        "consent_scope": Truncator(offer.agreed).chars(LONGEST_SCOPE),
    }


def _note(offer: Offer) -> str:
    """Say, for editors alone, where the words come from, and where they belong."""
    about = _about(offer)
    belongs = _(" It belongs to “{title}”.").format(title=about.title) if about else ""
    return _("Offered through this site. Whoever offered it can take it back with a link of their own.") + belongs


def words_of(page: Page, offer: Offer) -> dict:
    """Give back what somebody wrote, from the page that was made of it and never published."""
    if isinstance(page, Quote):
        return {"title": "", "words": plain(page.words), "name": page.name}
    texts = [block.value.source for block in page.body if block.block_type == "text"]
    written = {"title": page.title, "words": plain(texts[0]) if texts else ""}
    if isinstance(page, Idea):
        return written | {"name": page.credits.get(translation_key=credit_key(page.translation_key)).name}
    notes = [block.value.source for block in page.body if block.block_type == "note"]
    return written | {"name": unescape(NAME.search(notes[0])[1]) if notes else ""}
