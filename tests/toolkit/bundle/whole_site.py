"""A small site that holds one of everything that a bundle can hold."""

from datetime import UTC, date, datetime
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page

from tests.small_site import add, small_site
from toolkit.consent import Consent, Naming
from toolkit.models import EasyRead, Glossary, Guide, IdeaCredit, Quote

GIVEN = {"consent": Consent.GIVEN, "consent_date": date(2026, 3, 1), "consent_scope": "Website: until 2028"}
PEOPLE = {
    "with-full-name": {"naming": Naming.FULL_NAME, "name": "Somebody Whole", "thanks": "Thank you: for all # of it"},
    "with-first-name": {"naming": Naming.FIRST_NAME, "name": "Somebody", "year": 2025},
    "with-role": {"naming": Naming.ROLE, "name": "Carer, “a project”"},
    "not-named": {"naming": Naming.NOT_NAMED, "name": "Kept To Ourselves", "original_language": "cy"},
}
TEXTS = "<p>One<br/>two: <b>thr</b>ee</p><ul><li>a<ol><li>b</li></ol></li></ul><ul><li>c</li></ul><p></p>"


def empty_the_site():
    """Take every page and file away, as on a site that was only just set up."""
    for page in Page.objects.filter(depth=2):
        page.delete()
    pictures = get_image_model()
    for model in (pictures.get_rendition_model(), pictures, get_document_model()):
        for item in model.objects.all():
            item.file.delete(save=False)
            item.delete()


def whole_site(*, alone: bool = False) -> dict:
    """Make the site, and give its pages by code; other pages are drafts beside it, unless it is to stand alone."""
    if alone:
        empty_the_site()
    pages = small_site()
    home, stage, mark = pages["small-home"], pages["first-stage"], pages["hearing"]
    pages["about"] = add(Guide, home, "about-the-lake", summary="Same code as another type.")
    pages["about"].code = "small-lake"
    pages["about"].save()
    for code, who in PEOPLE.items():
        fields = {**GIVEN, "consent_note": "Told us by telephone.", "words": f"<p>Said by <i>{code}</i>.</p>"}
        pages[code] = add(Quote, pages["all-voices"], code, kind="snake", **fields, **who)
    mark.body = every_block(mark, pages)
    easy = pages["hearing-easy-read"]
    easy.body = every_pair()
    easy.save()
    pages["stage-easy-read"] = add(EasyRead, stage, "stage-easy-read", summary="The stage in short.", body=[])
    pages["of-a-twin"] = add(EasyRead, pages["about"], "of-a-twin", slug="easy-read", summary="Of one of two.")
    mark.slug, mark.title = "being-heard", "Hearing: “what is said” #1"
    mark.save()
    idea = pages["tea-first"]
    idea.credits = [
        IdeaCredit(locale=idea.locale, sort_order=place, **who, **GIVEN)
        for place, who in enumerate([PEOPLE["with-role"], PEOPLE["with-full-name"]])
    ]
    idea.minutes, idea.people_from, idea.people_to = 90, 2, 12
    idea.setting, idea.source, idea.source_url = "either", "Somebody's blog", "https://example.org/tea?a=1&copy;=2"
    idea.body = [("text", TEXTS)]
    idea.save()
    Page.objects.get(pk=stage.pk).move(home, "last-child")
    translations(pages)
    # As they stand in the tree now.
    return {code: type(page).objects.get(pk=page.pk) for code, page in pages.items()}


def every_block(mark, pages: dict) -> list:
    """Give a body in which each type of block stands, and what is hard about them."""
    link = f'<p>See <a linktype="page" id="{pages["about"].id}">a</a>'
    link += f' and <a linktype="page" id="{pages["small-lake"].id}">b</a>, <a href="https://a.b/?c&amp;d">c</a>.</p>'
    return [
        ("text", TEXTS),
        ("text", link),
        ("text", ""),
        ("tip", "<p>source: try it</p><p>::: tip</p><p>---</p>"),
        ("note", ""),
        ("quote", pages["with-role"]),
        ("idea", pages["tea-first"]),
        ("image", {"image": picture(), "alt": 'Two cups, "hot"', "decorative": False, "caption": " Tea\u200f"}),
        ("image", {"image": picture("Cups again", "tea.png"), "alt": "", "decorative": True, "caption": ""}),
        ("media", {"kind": "audio", "title": "Song: one", "file": sound(), "url": "", "transcript": TEXTS}),
        ("media", {"kind": "video", "title": "Film", "file": None, "url": "https://a.b/c", "transcript": "<p>x</p>"}),
        ("citation", {"text": "<p>url: it says</p>", "source": '"A book": two', "url": "https://a.b/"}),
        ("citation", {"text": "", "source": "", "url": ""}),
    ]


def every_pair() -> list:
    """Give the body of an Easy Read version, and what is hard about it."""
    return [
        ("pair", {"image": picture("A cup", "cup.png"), "text": "<p>file: <b>tea</b> is hot.</p>"}),
        ("pair", {"image": None, "text": "<p>Nobody has drawn this.</p><p>::: pair</p>"}),
        ("pair", {"image": None, "text": ""}),
    ]


def picture(title: str = "Cups of tea", name: str = "tea.png"):
    """Upload a picture."""
    bytes_of_it = BytesIO()
    Picture.new("RGB", (8, 6), color=(len(title), 90, 20)).save(bytes_of_it, "PNG")
    bytes_of_it.seek(0)
    return get_image_model().objects.create(
        title=title, description="For a test", file=ImageFile(bytes_of_it, name=name)
    )


def sound():
    """Upload a sound."""
    return get_document_model().objects.create(
        title="A song: ♪", file=ContentFile(b"ID3, not really a song", name="song.mp3")
    )


def translations(pages: dict):
    """Put parts of the site into Welsh and Arabic, later than their source, and not in the same order."""
    home = translate(pages["small-home"], Page.get_first_root_node(), "cy", slug="home-cy", title="Hafan ŵ")
    arabic = translate(pages["small-home"], Page.get_first_root_node(), "ar", slug="bayt", title="البيت")
    stage = translate(pages["first-stage"], home, "cy", slug="cam-cyntaf", title="Cam cyntaf")
    hearing = translate(pages["hearing"], stage, "cy", slug="gwrando", title="Gwrando: ‘clywed’")
    translate(pages["hearing-easy-read"], hearing, "cy", title="Hawdd ei Ddeall")
    translate(pages["words"], arabic, "ar", slug="كلمات", title="كلمات")
    voices = translate(pages["all-voices"], home, "cy", title="Lleisiau")
    translate(pages["with-role"], voices, "cy", title="Gofalwr", name="Gofalwr", words="<p>“Wedi’i ddweud.”</p>")
    terms = Glossary.objects.get(locale__language_code="ar")
    translate(pages["jargon-word"], terms, "ar", title="رطانة", meaning="<p>كلام <b>صعب</b>، <i>جدًّا</i>!</p>")


def translate(page, parent, language: str, **changes):
    """Add the public translation of a page."""
    page = type(page).objects.get(pk=page.pk)
    fields = {field.name: getattr(page, field.name) for field in type(page)._meta.get_fields() if is_content(field)}
    fields |= {
        "locale": Locale.objects.get(language_code=language),
        "first_published_at": datetime(2026, 11, 23, 9, 30, 15, 123456, tzinfo=UTC),
        "last_published_at": datetime(2026, 11, 24, tzinfo=UTC),
    }
    return parent.add_child(instance=type(page)(**fields | changes))


def is_content(field) -> bool:
    tree = {"id", "path", "depth", "numchild", "url_path", "page_ptr", "latest_revision", "live_revision"}
    return field.concrete and not field.many_to_many and field.name not in tree
