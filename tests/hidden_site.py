"""The small site, and around it things of every type that are not public, with needles in all their words."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.utils import timezone
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, PageViewRestriction

from tests.needles import needle, text_fields
from tests.small_site import add, fresh, small_site
from toolkit.consent import Consent, Naming
from toolkit.models import Glossary, Guide, Idea, IdeaCredit, Lake, Mark, Quote, Stage, Term, Voices
from toolkit.models.attribution import Attribution
from toolkit.models.base import TextPage

# Each type, and the code of the page below which it stands.
TYPES = {
    Stage: "small-home",
    Guide: "small-home",
    Lake: "small-home",
    Voices: "small-home",
    Glossary: "small-home",
    Mark: "first-stage",
    Quote: "all-voices",
    Idea: "small-lake",
    Term: "words",
}
KINDS = {Quote: {"kind": "snake"}, Idea: {"kind": "activity"}}
PRIVATE_FIELDS = ("consent_note", "consent_scope", "seo_title", "search_description")


def draft(page):
    page.unpublish()
    page.save_revision()


def unpublished(page):
    page.save_revision().publish()
    page.unpublish()


def scheduled(page):
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(days=30)
    page.save_revision(approved_go_live_at=page.go_live_at)


def expired(page):
    page.expire_at = timezone.now() - timedelta(days=1)
    page.save()
    page.unpublish(set_expired=True)


def private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def withdrawn(page):
    type(page).objects.filter(pk=page.pk).update(consent=Consent.WITHDRAWN)


def not_asked(page):
    type(page).objects.filter(pk=page.pk).update(consent=Consent.ASKED, naming=Naming.ROLE)


WAYS: list[Callable] = [draft, unpublished, scheduled, expired, private]
WAYS_OF_WORDS: list[Callable] = [withdrawn, not_asked]


def hidden_site() -> list[str]:
    """Make the site, and give the codes of what is not public."""
    pages = small_site()
    codes = [
        hide(way, kind, pages[above])
        for kind, above in TYPES.items()
        for way in WAYS + (WAYS_OF_WORDS if kind is Quote else [])
    ]
    codes.append(hide_below_a_private_page(pages))
    hide_in_public_pages(pages)
    hide_a_translation(pages)
    return codes


def hide(way: Callable, kind, above) -> str:
    """Make a page of a type whose every word is a needle, hide it in some way, and give its code."""
    place = (kind.__name__, way.__name__)
    code = needle(*place).lower()
    page = add(kind, fresh(above), code, **words_of(kind, *place))
    if kind is Idea:
        page.credits = [IdeaCredit(**words_of(IdeaCredit, "credit", *place), locale=page.locale)]
        page.save()
    way(fresh(page))
    return code


def hide_below_a_private_page(pages: dict) -> str:
    """Make a live mark in a private stage, which goes with it."""
    stage = add(Stage, fresh(pages["small-home"]), needle("above").lower(), **words_of(Stage, "above"))
    mark = add(Mark, stage, needle("below").lower(), **words_of(Mark, "below"))
    private(stage)
    return mark.code


def hide_in_public_pages(pages: dict):
    """Put needles where those who edit public pages write, and readers do not read."""
    quote, idea, mark = pages["it-happened"], pages["tea-first"], pages["hearing"]
    for page in (quote, idea, mark):
        private_words = {name: needle("own", name) for name in PRIVATE_FIELDS if name in text_fields(type(page))}
        type(page).objects.filter(pk=page.pk).update(**private_words)
    taken_back = IdeaCredit(**words_of(IdeaCredit, "taken", "back"), locale=idea.locale, idea=idea)
    taken_back.naming, taken_back.consent = Naming.FULL_NAME, Consent.WITHDRAWN
    taken_back.save()
    # What an editor is still writing, over what is public.
    changed = fresh(mark)
    changed.title, changed.summary, changed.body = needle("new", "title"), needle("new", "summary"), blocks("new")
    changed.save_revision()


def hide_a_translation(pages: dict):
    """Make Welsh public, and one Welsh page a draft."""
    home = fresh(pages["small-home"]).copy_for_translation(Locale.objects.get(language_code="cy"))
    home.title = "Cartref"
    home.save_revision().publish()
    stage = fresh(pages["first-stage"]).copy_for_translation(home.locale)
    stage.title, stage.summary, stage.body = needle("welsh", "title"), needle("welsh", "summary"), blocks("welsh")
    stage.save_revision()


def words_of(kind, *place: str) -> dict:
    """Give a needle for every text field of a model, and a body full of them."""
    words = {name: needle(*place, name) for name in text_fields(kind)} | KINDS.get(kind, {})
    if "source_url" in words:
        words["source_url"] = f"https://{needle(*place)}.example/sourceurl"
    agreed = {"naming": Naming.FULL_NAME, "consent": Consent.GIVEN} if issubclass(kind, Attribution) else {}
    return words | agreed | ({"body": blocks(*place)} if issubclass(kind, TextPage) else {})


def blocks(*place: str) -> list:
    """Give a body with a needle in every part of every block, and in what is known of its picture and its file."""

    def html(name: str) -> str:
        return f"<p>{needle(*place, name)}</p>"

    return [
        ("text", html("text")),
        ("tip", html("tip")),
        ("note", html("note")),
        ("citation", {"text": html("cited"), "source": needle(*place, "source"), "url": ""}),
        (
            "image",
            {
                "image": picture(*place),
                "alt": needle(*place, "alt"),
                "decorative": False,
                "caption": needle(*place, "caption"),
            },
        ),
        (
            "media",
            {
                "kind": "audio",
                "title": needle(*place, "media"),
                "file": sound(*place),
                "url": "",
                "transcript": html("transcript"),
            },
        ),
    ]


def picture(*place: str):
    """Upload a picture that has needles in its title, description, name and tags."""
    drawn = BytesIO()
    Picture.new("RGB", (8, 6)).save(drawn, "PNG")
    file = ImageFile(BytesIO(drawn.getvalue()), name=f"{needle(*place)}.png")
    image = get_image_model().objects.create(title=needle(*place), description=needle(*place, "about"), file=file)
    image.tags.add(needle(*place, "tag"))
    return image


def sound(*place: str):
    """Upload a file that has needles in its title, its name, its tags and its bytes."""
    file = ContentFile(needle(*place, "bytes").encode(), name=f"{needle(*place)}.mp3")
    document = get_document_model().objects.create(title=needle(*place), file=file)
    document.tags.add(needle(*place, "tag"))
    return document
