"""The block vocabulary: everything that can stand in the body of a page, on one screen.

Each block has `document(value, read)`: its public shape from its stored value, or None when what it refers to is
not public. Stored values are used as they are, so a block makes no query, but for pictures and files.
"""

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from toolkit.assets import asset
from toolkit.block_samples import PREVIEW_PAGE, SAMPLES
from toolkit.documents.richtext import public_html
from toolkit.films import NAMES, player_of

WORDS = ["bold", "italic", "link"]
# In letters: two short sentences of an Easy Read version.
LONGEST_SENTENCE = 200
LONG_TEXT = ["h3", "h4", "bold", "italic", "ul", "ol", "link"]


class Shown(blocks.Block):
    """A block that editors see in the block picker as readers would see it."""

    class Meta:
        preview_template = "blocks/preview.html"

    def get_preview_context(self, value, parent_context=None):
        block = {"type": self.name, **SAMPLES[self.name]}
        return {"block": block, "document": PREVIEW_PAGE, "stylesheet": asset("site.css").path}


class Text(Shown, blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Ordinary paragraphs, headings and lists.")

    def document(self, value, read):
        return {"html": public_html(value, read)}


class Tip(Text):
    class Meta:
        icon = "pick"
        label = _("Tip")
        description = _("Something a group can try, in a sentence or two.")


class Note(Text):
    class Meta:
        icon = "info-circle"
        label = _("Note")
        description = _("A word of explanation that stands a little apart.")


class Reference(Shown, blocks.PageChooserBlock):
    """A public thing mentioned by reference: its words stay in one place."""

    def document(self, value, read):
        page = read.page_with_id(value)
        if page is None or page.document_type != self.name:
            return None
        return {self.name: read.mention(page)}


class Quote(Reference):
    class Meta:
        icon = "openquote"
        label = _("Quote")
        description = _("A snake, ladder or observation from All voices.")

    def __init__(self, **kwargs):
        super().__init__(page_type="toolkit.Quote", **kwargs)


class Idea(Reference):
    class Meta:
        icon = "pick"
        label = _("Idea")
        description = _("An activity or example from the Lake of ideas.")

    def __init__(self, **kwargs):
        super().__init__(page_type="toolkit.Idea", **kwargs)


class Image(Shown, blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        required=False,
        label=_("What the picture says"),
        help_text=_("In words, for people who cannot see it, here in this place. About one sentence."),
    )
    decorative = blocks.BooleanBlock(
        required=False,
        label=_("Only decoration"),
        help_text=_("Tick this when the picture adds nothing that the words do not already say."),
    )
    caption = blocks.CharBlock(required=False, label=_("Caption"), help_text=_("Shown below the picture."))

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture, with words for people who cannot see it.")

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned["alt"] and not cleaned["decorative"]:
            message = _("Say in words what the picture shows, or tick “Only decoration”.")
            raise blocks.StructBlockValidationError(block_errors={"alt": ValidationError(message)})
        return cleaned

    def document(self, value, read):
        image = read.picture(value.get("image"))
        if image is None:
            return None
        decorative = bool(value.get("decorative"))
        alt = "" if decorative else value.get("alt") or ""
        return {"image": image, "alt": alt, "decorative": decorative, "caption": value.get("caption") or ""}


class Media(Shown, blocks.StructBlock):
    kind = blocks.ChoiceBlock(choices=[("video", _("Video")), ("audio", _("Sound"))], label=_("What it is"))
    title = blocks.CharBlock(label=_("Title"))
    file = DocumentChooserBlock(
        required=False, label=_("File"), help_text=_("A video or sound file that this site keeps itself.")
    )
    url = blocks.URLBlock(
        required=False,
        label=_("Or its address elsewhere"),
        help_text=format_lazy(
            _(
                "A film at one of these is shown on the page, once a reader presses a button: {names}. Any other "
                "address becomes a link. Nothing is loaded from there before."
            ),
            names=NAMES,
        ),
    )
    transcript = blocks.RichTextBlock(
        features=LONG_TEXT,
        label=_("Transcript"),
        help_text=_("All that is said, and what can be seen that matters, in words."),
    )

    class Meta:
        icon = "media"
        label = _("Video or sound")
        description = _("Something to watch or hear, with its words to read.")

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and not cleaned["file"] and not cleaned["url"]:
            message = _("Choose a file, or give the address of the page where it can be found.")
            raise blocks.StructBlockValidationError(block_errors={"file": ValidationError(message)})
        return cleaned

    def document(self, value, read):
        return {
            "kind": value.get("kind") or "video",
            "title": value.get("title") or "",
            "src": read.document_address(value.get("file")),
            "url": value.get("url") or "",
            "player": player_of(value.get("url") or ""),
            "transcript": public_html(value.get("transcript"), read),
        }


class Citation(Shown, blocks.StructBlock):
    text = blocks.RichTextBlock(features=WORDS, label=_("What it says"))
    source = blocks.CharBlock(label=_("Where it comes from"), help_text=_("Who wrote it, its title and the year."))
    url = blocks.URLBlock(required=False, label=_("Where to read it"))

    class Meta:
        icon = "doc-full"
        label = _("Citation")
        description = _("What a report, book or law says, and where to find it.")

    def document(self, value, read):
        return {
            "html": public_html(value.get("text"), read),
            "source": value.get("source") or "",
            "url": value.get("url") or "",
        }


class Pair(Shown, blocks.StructBlock):
    """A picture, and what it shows said in a sentence: whoever cannot see the picture misses nothing."""

    image = ImageChooserBlock(
        required=False,
        label=_("Picture"),
        help_text=_("It shows what the sentence says, and nothing else. People who cannot see it hear the sentence."),
    )
    text = blocks.RichTextBlock(
        features=["bold", "link"],
        max_length=LONGEST_SENTENCE,
        label=_("Sentence"),
        help_text=_("One thing only, in one or two short sentences. Make a hard word bold, and say what it means."),
    )

    class Meta:
        icon = "image"
        label = _("Picture and sentence")
        description = _("A short sentence with a picture beside it.")

    def document(self, value, read):
        return {"html": public_html(value.get("text"), read), "image": read.picture(value.get("image"))}


class Body(blocks.StreamBlock):
    """What may stand in the body of a page."""

    text = Text(features=LONG_TEXT)
    tip = Tip(features=[*WORDS, "ul"])
    quote = Quote()
    idea = Idea()
    image = Image()
    media = Media()
    note = Note(features=[*WORDS, "ul"])
    citation = Citation()

    class Meta:
        required = False


class Pairs(blocks.StreamBlock):
    """What stands in the body of an Easy Read version."""

    pair = Pair()

    class Meta:
        required = False


class Served(blocks.StreamBlock):
    """The stages and marks that an idea is good for."""

    stage = blocks.PageChooserBlock(page_type="toolkit.Stage", label=_("Stage"), icon="list-ol")
    mark = blocks.PageChooserBlock(page_type="toolkit.Mark", label=_("Mark"), icon="tick")

    class Meta:
        required = False


def body_document(stream, read, *, in_source: dict[str, dict]) -> list[dict]:
    """Give the public blocks of a body, leaving out those that refer to something that is not public.

    `in_source` has language and direction, by the block's id, of those that are not translated.
    """
    documents = []
    for item in stream.get_prep_value():
        block = stream.stream_block.child_blocks.get(item["type"])
        shown = block and block.document(item["value"], read)
        if shown:
            documents.append({"type": item["type"], **shown, **in_source.get(item["id"], {})})
    return documents


def referenced_ids(stream, *block_types: str) -> list[int]:
    """Give the database ids of the pages that blocks of these types point to."""
    return [
        item["value"]
        for item in stream.get_prep_value()
        if item["type"] in block_types and isinstance(item["value"], int)
    ]
