"""The declared shape of the one document that the widget reads before anybody can score."""

from rest_framework import serializers

from api.scoring.rules import HIGHEST, LOWEST
from api.widget.words import WORDS
from toolkit.documents.shapes import DIRECTIONS, Prompt, Text, always

# A serializer of its own for each word: whoever writes the script is told when there is no such word.
WidgetWords = type("WidgetWords", (serializers.Serializer,), {name: Text() for name in WORDS})
WidgetWords.__doc__ = "Every word that the widget shows. `%(name)s` stands for what is filled in."


class Titled(serializers.Serializer):
    """What has a title; `lang` and `dir` stand only where they differ from the document's."""

    code = Text(help_text="Stable name, the same in all languages.")
    title = Text()
    lang = Text(required=False)
    dir = serializers.ChoiceField(DIRECTIONS, required=False)


class WidgetMark(Titled):
    """A mark to score."""

    summary = Text()
    path = Text(help_text="Address of its page on this site.")


class WidgetStage(Titled):
    """A stage with its marks."""

    marks = WidgetMark(many=True)


class WidgetMonths(serializers.Serializer):
    """For how long a board can be kept."""

    number = serializers.IntegerField()
    words = Text()


class WidgetDocument(serializers.Serializer):
    """All that the widget needs in one language: the marks, the prompts, and its words."""

    schema_version = serializers.IntegerField()
    type = always("widget")
    locale = Text()
    lang = Text()
    dir = serializers.ChoiceField(DIRECTIONS)
    needs_review = serializers.BooleanField(help_text="Whether a computer translated the words.")
    lowest = serializers.IntegerField(min_value=LOWEST, max_value=LOWEST)
    highest = serializers.IntegerField(min_value=HIGHEST, max_value=HIGHEST)
    stages = WidgetStage(many=True)
    prompts = Prompt(many=True)
    months = WidgetMonths(many=True)
    words = WidgetWords()
