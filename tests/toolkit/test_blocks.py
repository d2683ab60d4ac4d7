"""Every block of a body: what it gives the public, and what it refuses."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from wagtail.blocks import StructBlockValidationError
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from tests.small_site import add, document_of, read_library, small_site
from toolkit.blocks import Body, Pairs
from toolkit.documents.reading import Reading
from toolkit.documents.richtext import plain_text, public_html
from toolkit.documents.shapes import BLOCKS
from toolkit.models import Guide, Mark
from toolkit.rendering import page_html, site_frame

pytestmark = pytest.mark.django_db

MEDIA = {"kind": "audio", "title": "Two voices", "file": None, "url": "", "transcript": "<p>One: hello.</p>"}


@pytest.fixture
def site():
    return small_site()


@pytest.fixture
def image():
    return get_image_model().objects.create(title="Private title", file=get_test_image_file(size=(64, 48)))


@pytest.fixture
def sound():
    return get_document_model().objects.create(title="Private", file=ContentFile(b"not music", name="voices.mp3"))


def shown(site, *blocks) -> list[dict]:
    """Publish a page with these blocks, and give the body of its document."""
    return document_of(add(Guide, site["small-home"], "with-blocks", summary="Blocks.", body=list(blocks)))["body"]


def picture(image, **values) -> tuple:
    return "image", {"image": image, "alt": "", "decorative": False, "caption": "", **values}


@pytest.mark.parametrize("kind", ["text", "tip", "note"])
def test_rich_text_becomes_html(site, kind):
    assert shown(site, (kind, "<p>Ask <b>first</b>.</p>")) == [{"type": kind, "html": "<p>Ask <b>first</b>.</p>"}]


def test_citation_says_its_source(site):
    value = {"text": "<p>Take part.</p>", "source": "A report, 2024", "url": "https://example.org/"}
    assert shown(site, ("citation", value)) == [
        {"type": "citation", "html": "<p>Take part.</p>", "source": "A report, 2024", "url": "https://example.org/"}
    ]


def test_quote_stands_by_reference(site):
    [block] = shown(site, ("quote", site["it-happened"]))
    assert block["type"] == "quote"
    assert block["quote"]["html"] == "<p>They wrote it down, and then they did it.</p>"
    assert block["quote"]["credit"]["name"] == "Carer"


def test_idea_stands_by_reference(site):
    [block] = shown(site, ("idea", site["tea-first"]))
    assert (block["type"], block["idea"]["title"], block["idea"]["time"]) == ("idea", "Tea first", "10 minutes")


def test_image_says_what_it_shows(site, image):
    [block] = shown(site, picture(image, alt="Two people laugh", caption="In the garden"))
    assert block["image"].pop("src").startswith("/media/images/")
    assert block == {
        "type": "image",
        "image": {"width": 64, "height": 48},
        "alt": "Two people laugh",
        "decorative": False,
        "caption": "In the garden",
    }


def test_decorative_image_says_nothing(site, image):
    [block] = shown(site, picture(image, decorative=True, alt="Leftover words"))
    assert (block["alt"], block["decorative"]) == ("", True)


def test_small_picture_is_never_enlarged(site, image):
    [block] = shown(site, picture(image, decorative=True))
    assert (block["image"]["width"], block["image"]["height"]) == (64, 48)


def test_media_gives_file_and_words(site, sound):
    [block] = shown(site, ("media", {**MEDIA, "file": sound}))
    assert (block["kind"], block["title"], block["src"]) == ("audio", "Two voices", sound.file.url)
    assert (block["url"], block["transcript"]) == ("", "<p>One: hello.</p>")


def test_transcript_is_read_as_paragraphs(site):
    block = ("media", {**MEDIA, "url": "https://example.org/talk"})
    page = add(Guide, site["small-home"], "talk", summary="A talk.", body=[block])
    library = read_library()
    html = page_html(document_of(page, library), site_frame(Reading(library, "en")))
    assert "<p>One: hello.</p>" in html


def test_media_elsewhere_gives_its_address(site):
    [block] = shown(site, ("media", {**MEDIA, "url": "https://example.org/talk"}))
    assert (block["src"], block["url"]) == ("", "https://example.org/talk")


FILM = "https://youtu.be/aB3_-fGhiJ0"


def test_film_of_a_listed_provider_has_a_player(site):
    [film] = shown(site, ("media", {**MEDIA, "url": FILM}))
    frame = "https://www.youtube-nocookie.com/embed/aB3_-fGhiJ0?rel=0"
    assert film["player"] == {"provider": "YouTube", "src": frame}


def test_address_elsewhere_has_no_player(site):
    [block] = shown(site, ("media", {**MEDIA, "url": "https://example.org/talk"}))
    assert block["player"] is None


def html_with(site, *blocks) -> BeautifulSoup:
    """Publish a page with these blocks, and give it as readers get it."""
    page, library = add(Guide, site["small-home"], "watch", summary="A film.", body=list(blocks)), read_library()
    return BeautifulSoup(page_html(document_of(page, library), site_frame(Reading(library, "en"))), "lxml")


def test_page_with_a_film_has_a_link_and_says_what_a_press_does(site):
    page = html_with(site, ("media", {**MEDIA, "url": FILM}))
    assert page.find("a", href=FILM).text == "Watch on YouTube"
    ask = page.find(class_="film")
    assert "This film comes from YouTube. When you press, YouTube learns that you looked." in ask.text
    assert ask.find("button").text.split() == ["Show", "the", "film", "here", "Two", "voices"]
    # Without script nobody sees a button that does nothing.
    assert ask.has_attr("hidden")
    assert page.find("iframe") is None


def test_own_file_goes_before_a_film_elsewhere(site, sound):
    page = html_with(site, ("media", {**MEDIA, "file": sound, "url": FILM}))
    assert page.find("audio")
    assert page.find(class_="film") is None


def test_shown_files_join_the_release(site, image, sound):
    page = add(Guide, site["small-home"], "files", summary="Files.", body=[picture(image), ("media", MEDIA)])
    page.body.append(("media", {**MEDIA, "file": sound}))
    read = Reading(read_library(), "en")
    addresses = [
        block.get("src") or block["image"]["src"]
        for block in page.document(read)["body"]
        if block.get("src") or "image" in block
    ]
    assert sorted(read.library.files) == sorted(addresses)


@pytest.mark.parametrize("code", ["it-happened", "tea-first"])
def test_reference_to_unpublished_page_vanishes(site, code):
    page = site[code]
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert shown(site, (page.document_type, page), ("text", "<p>Still here.</p>")) == [
        {"type": "text", "html": "<p>Still here.</p>"}
    ]


@pytest.mark.parametrize("kind", ["quote", "idea"])
def test_reference_to_another_type_vanishes(site, kind):
    assert shown(site, (kind, site["first-stage"])) == []


def test_deleted_picture_and_file_vanish(site, image, sound):
    page = add(
        Guide,
        site["small-home"],
        "gone",
        summary="Gone.",
        body=[picture(image, alt="Gone"), ("media", {**MEDIA, "file": sound})],
    )
    image.delete()
    sound.delete()
    [block] = document_of(Guide.objects.get(pk=page.pk))["body"]
    assert (block["type"], block["src"], block["transcript"]) == ("media", "", "<p>One: hello.</p>")


def cleaned(kind: str, stored: dict):
    """Give a stored value as the editor's form checks it."""
    block = Body().child_blocks[kind]
    return block.clean(block.to_python(stored))


@pytest.mark.parametrize("alt", ["", "   ", None])
def test_image_without_words_is_refused(image, alt):
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned("image", {"image": image.pk, "alt": alt, "decorative": False})
    sentence = "Say in words what the picture shows, or tick “Only decoration”."
    assert refused.value.block_errors["alt"].messages == [sentence]


@pytest.mark.parametrize("words", [{"alt": "A cat"}, {"decorative": True}])
def test_image_with_words_or_decorative_is_taken(image, words):
    assert cleaned("image", {"image": image.pk, **words})["image"] == image


def test_media_without_file_or_address_is_refused():
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned("media", MEDIA)
    sentence = "Choose a file, or give the address of the page where it can be found."
    assert refused.value.block_errors["file"].messages == [sentence]


def test_media_without_transcript_is_refused():
    with pytest.raises(StructBlockValidationError) as refused:
        cleaned("media", {**MEDIA, "url": FILM, "transcript": ""})
    assert "transcript" in refused.value.block_errors


@pytest.mark.parametrize("address", [FILM, "https://vimeo.com/76979871", "https://example.org/talk"])
def test_address_elsewhere_is_taken(address):
    assert cleaned("media", {**MEDIA, "url": address})["url"] == address


HOSTILE = {
    "<p>Hi<script>alert(1)</script></p>": "<p>Hi</p>",
    '<p onclick="alert(1)" style="color:red" class="x" id="y">Hi</p>': "<p>Hi</p>",
    '<p>Hi<img src="x" onerror="alert(1)"></p>': "<p>Hi</p>",
    '<p><a href="javascript:alert(1)">Hi</a></p>': "<p>Hi</p>",
    '<p><a href="data:text/html,hi">Hi</a></p>': "<p>Hi</p>",
    '<p>Hi<iframe src="https://example.org/"></iframe></p>': "<p>Hi</p>",
    '<p>Hi<svg onload="alert(1)"></svg></p>': "<p>Hi</p>",
    "<p>Hi<style>p{color:red}</style></p>": "<p>Hi</p>",
    "<h1>Hi</h1>": "Hi",
    '<p>Hi<embed embedtype="media" url="https://example.org/"/></p>': "<p>Hi</p>",
    "<p>Hi<!-- secret --></p>": "<p>Hi</p>",
    '<p><form action="/x"><input name="y"></form>Hi</p>': "<p></p>Hi<p></p>",
    '<p><a href="https://example.org/" target="_blank" ping="/x">Hi</a></p>': '<p><a href="https://example.org/">Hi</a></p>',
    '<p><a href="mailto:a@example.org">Hi</a></p>': '<p><a href="mailto:a@example.org">Hi</a></p>',
    "<p>1 &lt; 2 &amp; 3</p>": "<p>1 &lt; 2 &amp; 3</p>",
}


@pytest.mark.parametrize(("stored", "public"), HOSTILE.items())
def test_hostile_markup_never_gets_out(site, stored, public):
    assert public_html(stored, Reading(read_library(), "en")) == public


@pytest.mark.parametrize("kind", ["text", "tip", "note", "citation", "media"])
def test_every_rich_text_is_sanitised(site, kind):
    hostile = "<p>Hi<script>alert(1)</script></p>"
    values = {"citation": {"text": hostile, "source": "x", "url": ""}, "media": {**MEDIA, "transcript": hostile}}
    assert "<script" not in str(shown(site, (kind, values.get(kind, hostile))))


def test_links_lead_to_public_addresses(site):
    html = f'<p><a linktype="page" id="{site["hearing"].id}">Hearing</a></p>'
    assert public_html(html, Reading(read_library(), "en")) == '<p><a href="/en/first-stage/hearing/">Hearing</a></p>'


def test_links_to_another_language_say_so(site):
    html = f'<p><a linktype="page" id="{site["hearing"].id}">Hearing</a></p>'
    assert 'hreflang="en"' in public_html(html, Reading(read_library(), "cy"))


@pytest.mark.parametrize("attributes", ['id="999999999"', 'id="x"', "", 'id="DRAFT"'])
def test_dead_links_leave_their_words(site, attributes):
    Mark.objects.filter(pk=site["speaking"].pk).update(live=False)
    attributes = attributes.replace("DRAFT", str(site["speaking"].pk))
    html = f'<p>See <a linktype="page" {attributes}><b>this</b> page</a>.</p>'
    assert public_html(html, Reading(read_library(), "en")) == "<p>See <b>this</b> page.</p>"


@pytest.mark.parametrize("linktype", ["document", "nonsense"])
def test_other_link_types_leave_their_words(site, linktype):
    html = f'<p><a linktype="{linktype}" id="1">this</a></p>'
    assert public_html(html, Reading(read_library(), "en")) == "<p>this</p>"


def test_plain_text_keeps_words_apart():
    assert plain_text("<p>One <b>two</b>.</p><p>Three &amp; four</p>") == "One two. Three & four"
    assert len(plain_text(f"<p>{'long ' * 100}</p>")) <= 160


def test_every_block_has_a_shape():
    assert {*Body().child_blocks, *Pairs().child_blocks} == set(BLOCKS)
