"""The declared shape of every public document: allow-lists that serialise, and that OpenAPI is made from.

Every shape takes a plain dict (from a page's `document()` or `mention()`) and gives a plain dict. A key that is not
declared here cannot get out. Texts that are missing are "", other missing values are null.
"""

from functools import cache

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from toolkit.changing import PARTS

SCHEMA_VERSION = 1

DIRECTIONS = ["ltr", "rtl"]
TRANSLATION_STATES = ["source", "current", "minor", "stale", "partial"]
QUOTE_KINDS = ["snake", "ladder", "observation"]
NAMINGS = ["full-name", "first-name", "role", "not-named", "illustrative"]
IDEA_KINDS = ["activity", "icebreaker", "creative-method", "example", "report", "template"]
MEDIA_KINDS = ["video", "audio"]
PLACES = ["in-person", "online"]
SETTINGS = ["", *PLACES, "either"]
MINUTES = "How many minutes it takes at least; null where no number is said."
PEOPLE_FROM = "The smallest group it works with; where only `people_to` is said, 1."
PEOPLE_TO = "The largest group it works with; where only `people_from` is said, there is no limit."


def shaped(shape: type[serializers.Serializer], values: dict) -> dict:
    """Give values in a declared shape."""
    return _serializer(shape).to_representation(values)


@cache
def _serializer(shape: type[serializers.Serializer]) -> serializers.Serializer:
    # Making a serializer copies all its fields; one of each shape, kept, halves the time to build documents.
    return shape()


class Text(serializers.CharField):
    """A string of any length, kept as it is."""

    def __init__(self, **kwargs):
        super().__init__(**{"allow_blank": True, "trim_whitespace": False, **kwargs})


class Count(serializers.IntegerField):
    """A whole number from 1 on, null where nobody says it."""

    def __init__(self, **kwargs):
        super().__init__(**{"allow_null": True, "min_value": 1, **kwargs})


def always(word: str) -> Text:
    """Give the field of a shape's `type`: always the same word, so that validators can tell alternatives apart."""
    field = extend_schema_field({"type": "string", "const": word})(type("Always", (Text,), {}))
    return field(help_text="What kind of thing it is.")


class Mention(serializers.Serializer):
    """How one thing names another: enough to link to it, and to mark its language up."""

    type = Text(help_text="What kind of thing it is.")
    code = Text(help_text="Stable name, the same in all languages.")
    key = Text(help_text="Key that all translations of one thing share.")
    locale = Text(help_text="The locale whose site the thing is part of.")
    lang = Text(help_text="Language of the text (BCP 47).")
    dir = serializers.ChoiceField(DIRECTIONS, help_text="Direction of the text.")
    title = Text()
    path = Text(help_text="Address of its page on this site.")
    api = Text(help_text="Address of its document in the API.")


class Prompt(serializers.Serializer):
    """One of the four questions that a group asks itself for each mark."""

    code = serializers.ChoiceField(["meaning", "ladders", "snakes", "score"])
    text = Text()
    lang = Text()
    dir = serializers.ChoiceField(DIRECTIONS)


class Credit(serializers.Serializer):
    """How somebody wants to be named, or that nobody is."""

    naming = serializers.ChoiceField(NAMINGS)
    name = Text()
    year = serializers.IntegerField(allow_null=True)
    thanks = Text()


class StageSummary(Mention):
    number = serializers.IntegerField(help_text="Place among the stages, from 1.")
    summary = Text()


class MarkSummary(Mention):
    summary = Text()


class QuoteSummary(Mention):
    kind = serializers.ChoiceField(QUOTE_KINDS)
    html = Text()
    credit = Credit()
    original_language = Text(help_text="Language the words were said in (BCP 47), or empty.")


class IdeaSummary(Mention):
    kind = serializers.ChoiceField(IDEA_KINDS)
    summary = Text()
    time = Text()
    minutes = Count(help_text=MINUTES)
    group_size = Text()
    people_from = Count(help_text=PEOPLE_FROM)
    people_to = Count(help_text=PEOPLE_TO)
    setting = serializers.ChoiceField(SETTINGS)


class TermSummary(Mention):
    html = Text(help_text="What the term means.")


class PageSummary(Mention):
    summary = Text()


class StageOutline(StageSummary):
    marks = MarkSummary(many=True)


class Block(serializers.Serializer):
    """What all blocks of a body have; `lang` and `dir` stand only where they differ from the document's."""

    type = Text()
    lang = Text(required=False)
    dir = serializers.ChoiceField(DIRECTIONS, required=False)


class TextBlock(Block):
    type = always("text")
    html = Text()


class TipBlock(Block):
    type = always("tip")
    html = Text()


class NoteBlock(Block):
    type = always("note")
    html = Text()


class CitationBlock(Block):
    type = always("citation")
    html = Text()
    source = Text()
    url = Text()


class QuoteBlock(Block):
    type = always("quote")
    quote = QuoteSummary()


class IdeaBlock(Block):
    type = always("idea")
    idea = IdeaSummary()


class Picture(serializers.Serializer):
    src = Text()
    width = serializers.IntegerField()
    height = serializers.IntegerField()


class ImageBlock(Block):
    type = always("image")
    image = Picture()
    alt = Text(help_text="Empty when the picture is decorative.")
    decorative = serializers.BooleanField()
    caption = Text()


class Player(serializers.Serializer):
    provider = Text(help_text="The site that has the film, by its name.")
    src = Text(help_text="Address of a frame that shows it. Load it when somebody has said so, and not before.")


class MediaBlock(Block):
    type = always("media")
    kind = serializers.ChoiceField(MEDIA_KINDS)
    title = Text()
    src = Text(help_text="Address of the file on this site, or empty.")
    url = Text(help_text="Address of a page elsewhere, or empty.")
    player = Player(allow_null=True, help_text="How the film at `url` is shown; null where pages only lead to it.")
    transcript = Text()


class PairBlock(Block):
    type = always("pair")
    html = Text(help_text="One or two short sentences.")
    image = Picture(allow_null=True, help_text="Shows what the sentences say; null where there is none.")


BLOCKS = {
    "text": TextBlock,
    "tip": TipBlock,
    "quote": QuoteBlock,
    "idea": IdeaBlock,
    "image": ImageBlock,
    "media": MediaBlock,
    "note": NoteBlock,
    "citation": CitationBlock,
    "pair": PairBlock,
}


@extend_schema_field(
    PolymorphicProxySerializer(
        component_name="BodyBlock", serializers=BLOCKS, resource_type_field_name="type", many=True
    )
)
class Body(serializers.Field):
    """A list of blocks, each in the shape of its type."""

    def to_representation(self, value):
        return [shaped(BLOCKS[block["type"]], block) for block in value]


class Translation(serializers.Serializer):
    """Where a document stands as a translation."""

    state = serializers.ChoiceField(
        TRANSLATION_STATES,
        help_text="`source`: written in this language. `partial`: some is in the source's language, and says so. "
        "`stale`: the source has changed since. `minor`: it has, but the meaning is the same.",
    )
    source_locale = Text(help_text="The locale that it was first written in.")
    source_updated_at = serializers.DateTimeField(
        allow_null=True, help_text="When the source was last published: against `updated_at`, how stale this is."
    )
    needs_review = serializers.BooleanField(
        help_text="Whether words in it were made by a machine, and no speaker has looked at them yet."
    )


class Alternate(serializers.Serializer):
    """The same thing in another locale."""

    locale = Text()
    path = Text(help_text="Address of its page on this site.")
    api = Text(help_text="Address of its document in the API.")


class Changed(serializers.Serializer):
    """What changed on a page on one day."""

    date = serializers.DateField(help_text="The day, in UTC.")
    parts = serializers.ListField(
        child=serializers.ChoiceField(list(PARTS)), help_text="The parts that changed, by name: none of their words."
    )
    added = Mention(many=True, help_text="Quotes and ideas that came into its text, as far as they are public.")
    minor = serializers.BooleanField(help_text="Whether somebody said that the meaning is the same.")


class Document(Mention):
    """What every full document has."""

    schema_version = serializers.IntegerField()
    translation = Translation()
    updated_at = serializers.DateTimeField(allow_null=True)
    changes = Changed(
        many=True, help_text="What changed on its page on the last days on which it did, the newest first: at most 5."
    )
    summary = Text(help_text="One plain sentence, without markup.")
    ancestors = Mention(many=True, help_text="The pages above it, from the home page down.")
    alternates = Alternate(many=True)


class BodyDocument(Document):
    """What every document with a body has."""

    body = Body()
    terms = TermSummary(
        many=True,
        help_text="The terms of the glossary that its own prose uses, in the order in which they stand there.",
    )


class TextDocument(BodyDocument):
    """What every document has of which there may be an Easy Read version."""

    easy_read = PageSummary(
        allow_null=True, help_text="The same in pictures and short sentences, null where nobody has written that."
    )


class EasyReadDocument(BodyDocument):
    type = always("easy-read")
    full_page = Mention(help_text="The page that it says in pictures and short sentences.")


class ToolkitDocument(TextDocument):
    type = always("toolkit")
    prompts = Prompt(many=True)
    stages = StageOutline(many=True)
    lake = PageSummary(allow_null=True)
    voices = PageSummary(allow_null=True)
    glossary = PageSummary(allow_null=True)
    guides = PageSummary(many=True)


class StageDocument(TextDocument):
    type = always("stage")
    number = serializers.IntegerField()
    marks = MarkSummary(many=True)
    ideas = IdeaSummary(many=True)
    previous = StageSummary(allow_null=True)
    next = StageSummary(allow_null=True)


class MarkDocument(TextDocument):
    type = always("mark")
    stage = StageSummary(allow_null=True)
    prompts = Prompt(many=True)
    ideas = IdeaSummary(many=True)
    previous = MarkSummary(allow_null=True)
    next = MarkSummary(allow_null=True)


class QuoteDocument(Document):
    type = always("quote")
    kind = serializers.ChoiceField(QUOTE_KINDS)
    html = Text()
    credit = Credit()
    original_language = Text()
    marks = MarkSummary(many=True)


class IdeaDocument(TextDocument):
    type = always("idea")
    kind = serializers.ChoiceField(IDEA_KINDS)
    time = Text()
    minutes = Count(help_text=MINUTES)
    group_size = Text()
    people_from = Count(help_text=PEOPLE_FROM)
    people_to = Count(help_text=PEOPLE_TO)
    setting = serializers.ChoiceField(SETTINGS)
    stages = StageSummary(many=True)
    marks = MarkSummary(many=True)
    credits = Credit(many=True)
    source = Text()
    source_url = Text()


class TermDocument(Document):
    type = always("term")
    html = Text()


class PageDocument(TextDocument):
    type = always("page")


class LakeStage(StageSummary):
    idea_count = serializers.IntegerField(help_text="How many ideas serve the stage, or one of its marks.")


class LakeDocument(PageDocument):
    type = always("lake")
    stages = LakeStage(many=True)
    ideas = IdeaSummary(many=True)


class VoicesDocument(PageDocument):
    type = always("voices")
    quotes = QuoteSummary(many=True)


class GlossaryDocument(PageDocument):
    type = always("glossary")
    terms = TermSummary(many=True, help_text="All terms, by the alphabet.")


DOCUMENTS = {
    "toolkit": ToolkitDocument,
    "stage": StageDocument,
    "mark": MarkDocument,
    "quote": QuoteDocument,
    "idea": IdeaDocument,
    "term": TermDocument,
    "page": PageDocument,
    "lake": LakeDocument,
    "voices": VoicesDocument,
    "glossary": GlossaryDocument,
    "easy-read": EasyReadDocument,
}

SUMMARIES = {
    "toolkit": PageSummary,
    "stage": StageSummary,
    "mark": MarkSummary,
    "quote": QuoteSummary,
    "idea": IdeaSummary,
    "term": TermSummary,
    "page": PageSummary,
    "lake": PageSummary,
    "voices": PageSummary,
    "glossary": PageSummary,
    "easy-read": PageSummary,
}
