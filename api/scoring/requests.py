"""What devices send, as it is read: shapes for the contract, and nothing that a board would not take."""

from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from api.scoring.rules import (
    LONGEST_NAME,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_MARKS,
    Answer,
    Unable,
    read_answer,
    read_score,
)
from api.scoring.services.boards import MONTHS
from api.scoring.shapes import NOTE_KINDS, SCORE, AnswerField
from toolkit import locales

NO_LOCALE = "must be one of the locales that the start of the API lists."


class TextField(serializers.CharField):
    """A text. What may stand in it, and how long it is, the rules say in their own words."""

    def to_internal_value(self, data):
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)

    def run_validators(self, value):
        """Leave it to the rules: the contract alone tells the length from `max_length`."""


def text_field(longest: int, **kwargs) -> TextField:
    """Give the field of a text of at most so many characters."""
    return TextField(max_length=longest, trim_whitespace=False, **({"allow_blank": True} | kwargs))


class Truth(serializers.BooleanField):
    """True or false, and no other value that might stand for them."""

    def to_internal_value(self, data):
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


# The contract is the same for all installations, whatever their languages.
@extend_schema_field({"type": "string"})
class LocaleField(serializers.ChoiceField):
    """One of the languages of this installation."""

    def __init__(self, **kwargs):
        said = {"invalid_choice": f"“locale” {NO_LOCALE}"}
        super().__init__(choices=locales.codes(), error_messages=said, **kwargs)


@extend_schema_field({"anyOf": [SCORE, {"type": "string"}]})
class AnswerInput(AnswerField):
    """A score, as a number or in the digits of any script, or why there is none."""

    def run_validation(self, data=empty):
        return read_answer(None if data is empty else data)


@extend_schema_field({"anyOf": [SCORE, {"type": "string"}]})
class ScoreInput(AnswerField):
    """A score, as a number or in the digits of any script, or null."""

    def run_validation(self, data=empty):
        return read_score(None if data is empty else data)


class OpenBoard(serializers.Serializer):
    """A new board."""

    locale = LocaleField()
    codes = serializers.ListField(
        child=serializers.CharField(max_length=255, allow_blank=True),
        max_length=MOST_MARKS,
        default=list,
        help_text="Marks of the toolkit.",
    )
    own_marks = serializers.ListField(
        child=text_field(LONGEST_TITLE),
        max_length=MOST_MARKS,
        default=list,
        help_text="Titles of the group's own marks.",
    )
    title = text_field(LONGEST_TITLE, default="")
    name = text_field(LONGEST_NAME, default="")
    months = serializers.ChoiceField(MONTHS, default=MONTHS[1], help_text="For how many months it is kept.")
    with_keeper = Truth(
        default=True,
        help_text="False on a page of another site, whose scripts could take the keeper’s power: nobody has it then.",
    )


@extend_schema_field({"type": "object", "additionalProperties": {}})
class File(serializers.JSONField):
    """The file of a board: what is wrong with it is said in the words of a board."""


class BringBoardBack(serializers.Serializer):
    """A board that was taken away as JSON."""

    locale = LocaleField()
    file = File(help_text="What `export.json` of a board gave.")
    months = serializers.ChoiceField(MONTHS, default=MONTHS[1])


class JoinBoard(serializers.Serializer):
    """Somebody joins, by the token of the link or by a code."""

    token = serializers.CharField(max_length=100, default="", allow_blank=True)
    code = serializers.CharField(max_length=100, default="", allow_blank=True)
    name = text_field(LONGEST_NAME, default="")
    locale = LocaleField()


class GiveAnswer(serializers.Serializer):
    """What somebody answers for a mark."""

    answer = AnswerInput()


class WriteNote(serializers.Serializer):
    """A snake, a ladder or an action beside a mark."""

    mark = serializers.UUIDField()
    kind = serializers.ChoiceField(NOTE_KINDS)
    text = text_field(LONGEST_TEXT)
    version = serializers.IntegerField(min_value=0, default=0)


class AddMark(serializers.Serializer):
    """A mark of the group's own."""

    title = text_field(LONGEST_TITLE)


class Agree(serializers.Serializer):
    """What the group agrees on."""

    answer = AnswerInput()
    why = text_field(LONGEST_TEXT, default="")
    version = serializers.IntegerField(min_value=0, default=0, help_text="Of the agreed score that you saw, else 0.")


class WriteDissent(serializers.Serializer):
    """What some of the group would say instead."""

    mark = serializers.UUIDField()
    score = ScoreInput(allow_null=True, default=None)
    text = text_field(LONGEST_TEXT)
    version = serializers.IntegerField(min_value=0, default=0)


class PaperSheet(serializers.Serializer):
    """The answers of one person, from paper."""

    answers = serializers.DictField(child=AnswerInput(), help_text="By the id of the mark.")
    name = text_field(LONGEST_NAME, default="")

    def validate_answers(self, answers: dict) -> dict[UUID, Answer]:
        """Read the ids of the marks. Raises Unable("no-such-mark")."""
        try:
            return {UUID(mark): answer for mark, answer in answers.items()}
        except ValueError:
            raise Unable("no-such-mark") from None


class HandOver(serializers.Serializer):
    """Somebody else answers next on this device."""

    takes_link = Truth(default=False, help_text="Whether you go on from a device of your own.")
    name = text_field(LONGEST_NAME, default="")
    locale = LocaleField()


class RenameMe(serializers.Serializer):
    """How somebody is named, and the language that they read in."""

    name = text_field(LONGEST_NAME, default="")
    locale = LocaleField()


class SetJoining(serializers.Serializer):
    """Whether more people may join."""

    open = Truth()


class KeepBoard(serializers.Serializer):
    """For how many months from now a board is kept."""

    months = serializers.ChoiceField(MONTHS)


class OpenedBoard(serializers.Serializer):
    """The tokens of whoever opened a board."""

    token = serializers.CharField(help_text="To take part. Sent as `Authorization: Bearer …`.")
    keeper_token = serializers.CharField(
        help_text="To close and delete the board. Keep it apart from the other. Empty where nobody is to have it."
    )


class JoinedBoard(serializers.Serializer):
    """The token of somebody who joined."""

    token = serializers.CharField(help_text="To take part. Sent as `Authorization: Bearer …`.")


class HandedOver(serializers.Serializer):
    """The tokens after a device was handed over. The old one works no more."""

    token = serializers.CharField(help_text="The next person’s, for this device.")
    taken_token = serializers.CharField(help_text="For the device that the first person goes on with, else empty.")
