"""Acts that change what a page says."""

from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from tests.cms.acts.desk import Desk, NothingToDo, act, pages
from toolkit.consent import Consent, Naming
from toolkit.models import IdeaCredit
from toolkit.models.home import PROMPTS
from toolkit.models.lake import KIND_ORDER, Where
from toolkit.models.voices import Kind

# Some alike, some that sort in their own way, some that HTML and XML must escape.
WORDS = ["Tea", "tea", "Zebra", "Árbol", "Gwrando", "بيت", "Fish & <b>chips</b>", "“Quotes”", "0"]
STRANGER = 999_999


def finish(desk: Desk, page):
    """Publish a page with its changes, or keep them as a draft."""
    revision = page.save_revision()
    if desk.choose(4):
        publish(revision)


def publish(revision):
    """Publish a revision, unless nobody may."""
    try:
        revision.publish()
    except (PermissionDenied, ValidationError) as error:
        raise NothingToDo from error


def newest(page):
    """Give a page as its newest revision has it: what an editor sees in the form."""
    return page.get_latest_revision_as_object()


@act
def rename(desk: Desk):
    page = newest(desk.page())
    page.title = desk.pick(WORDS)
    finish(desk, page)


@act
def summarise(desk: Desk):
    page = newest(desk.page("stage", "mark", "idea", "lake", "voices", "glossary", "page", "toolkit"))
    page.summary = desk.pick(WORDS)
    finish(desk, page)


@act
def ask_otherwise(desk: Desk):
    home = newest(desk.page("toolkit"))
    setattr(home, f"prompt_{desk.pick(PROMPTS)}", desk.pick(WORDS))
    finish(desk, home)


@act
def rewrite(desk: Desk):
    page = newest(desk.page("stage", "mark", "idea", "lake", "voices", "glossary", "page", "toolkit"))
    page.body = [make(desk) for make in desk.some(BLOCKS, 4)]
    finish(desk, page)


@act
def explain(desk: Desk):
    term = newest(desk.page("term"))
    term.meaning = linked(desk)
    finish(desk, term)


@act
def requote(desk: Desk):
    quote = newest(desk.page("quote"))
    quote.words, quote.kind = linked(desk), desk.pick(Kind.values)
    quote.original_language = desk.pick(["", "cy"])
    finish(desk, quote)


@act
def credit(desk: Desk):
    quote = newest(desk.page("quote"))
    quote.naming, quote.name = desk.pick(Naming.values), desk.pick(WORDS)
    quote.year, quote.thanks = desk.pick([None, 2025]), desk.pick(["", "Thank you"])
    finish(desk, quote)


@act
def describe_idea(desk: Desk):
    idea = newest(desk.page("idea"))
    idea.kind, idea.setting, idea.time = desk.pick(KIND_ORDER), desk.pick(["", *Where.values]), desk.pick(WORDS)
    finish(desk, idea)


@act
def serve(desk: Desk):
    idea = newest(desk.page("idea"))
    idea.serves = [(page.document_type, page) for page in desk.some(pages("stage", "mark"), 4)]
    finish(desk, idea)


@act
def credit_idea(desk: Desk):
    idea = newest(desk.page("idea"))
    idea.credits = [
        IdeaCredit(name=name, naming=desk.pick(Naming.values), consent=desk.pick(Consent.values), locale=idea.locale)
        for name in desk.some(WORDS, 2)
    ]
    finish(desk, idea)


def linked(desk: Desk) -> str:
    """Give rich text that may link to any page at all, public or not, or to one that never was."""
    page_id = desk.pick([*pages(), None])
    return f'<p>See <a linktype="page" id="{page_id.pk if page_id else STRANGER}">{desk.pick(WORDS)}</a></p>'


def text(desk: Desk):
    return "text", linked(desk)


def tip(desk: Desk):
    return "tip", f"<p>{desk.pick(['Listen', 'Ask'])}</p>"


def quotation(desk: Desk):
    return "quote", desk.page("quote")


def idea_block(desk: Desk):
    return "idea", desk.page("idea")


def citation(desk: Desk):
    return "citation", {"text": linked(desk), "source": desk.pick(WORDS), "url": ""}


def image(desk: Desk):
    picture = desk.pick(list(get_image_model().objects.order_by("pk")))
    return "image", {"image": picture, "alt": "Words", "decorative": False, "caption": desk.pick(WORDS)}


def media(desk: Desk):
    file = desk.pick(list(get_document_model().objects.order_by("pk")))
    return "media", {"kind": "audio", "title": "Hear", "file": file, "url": "", "transcript": linked(desk)}


BLOCKS = [text, tip, quotation, idea_block, citation, image, media]
