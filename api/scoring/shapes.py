"""The declared shape of a board as one person sees it: what the API answers, and what the pages show."""

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from api.problems import Problem
from api.scoring.rules import HIGHEST, LOWEST, Kind, Without
from api.scoring.words import REASONS
from toolkit.documents.shapes import DIRECTIONS, Text

SCORE = {"type": "integer", "minimum": LOWEST, "maximum": HIGHEST}
ANSWER = {"oneOf": [SCORE, {"type": "string", "enum": [str(one) for one in Without]}]}
NOTE_KINDS = [str(one) for one in Kind]
Moment = serializers.DateTimeField


@extend_schema_field(ANSWER)
class AnswerField(serializers.Field):
    """A score from 1 to 10, or why there is none."""

    def to_representation(self, value):
        return str(value) if isinstance(value, Without) else value


def score_field(**kwargs) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, **kwargs)


class Worded(serializers.Serializer):
    """A text that somebody wrote, in their language."""

    lang = Text(help_text="Language of the text (BCP 47).")
    dir = serializers.ChoiceField(DIRECTIONS)


class BoardNote(Worded):
    """A snake, a ladder or an action of the group."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(NOTE_KINDS)
    text = Text()
    version = serializers.IntegerField(help_text="To be sent back with a change.")
    mine = serializers.BooleanField(help_text="Whether you wrote it.")


class BoardDissent(Worded):
    """What some of the group would say instead."""

    id = serializers.UUIDField()
    score = score_field(allow_null=True)
    text = Text()
    version = serializers.IntegerField()
    mine = serializers.BooleanField()


class BoardAgreement(Worded):
    """What the group agreed on."""

    answer = AnswerField()
    why = Text()
    version = serializers.IntegerField()


class BoardDots(serializers.Serializer):
    """How many people gave one score."""

    score = score_field()
    count = serializers.IntegerField(min_value=1)


class BoardResult(serializers.Serializer):
    """What came of a mark in a round that was shown: every score, the range, and who gave none. No average."""

    scores = BoardDots(many=True)
    lowest = score_field(allow_null=True)
    highest = score_field(allow_null=True)
    count = serializers.IntegerField(help_text="How many scores there are, also those that were forgotten.")
    not_yet = serializers.IntegerField()
    not_relevant = serializers.IntegerField()
    forgotten = serializers.BooleanField(help_text="Whether single scores were deleted. The range stays.")


class BoardPast(serializers.Serializer):
    """The same mark in an earlier round."""

    round = serializers.IntegerField()
    result = BoardResult(allow_null=True)
    agreed = BoardAgreement(allow_null=True)
    dissents = BoardDissent(many=True)
    wording_changed = serializers.BooleanField(help_text="Whether the mark's text is another one now.")


class BoardMark(Worded):
    """A mark on the board, as it stands in the current round."""

    id = serializers.UUIDField()
    code = Text(help_text="Its code in the toolkit, empty for a mark of the group's own.")
    title = Text()
    summary = Text()
    path = Text(help_text="Address of its page on this site, empty where it has none.")
    api = Text(help_text="Address of its document in the API, empty where it has none.")
    answered = serializers.IntegerField(help_text="How many people have answered.")
    mine = AnswerField(allow_null=True, help_text="What you answered.")
    notes = BoardNote(many=True, help_text="Before the scores are shown, your own alone.")
    result = BoardResult(allow_null=True, help_text="Null until the scores are shown.")
    agreed = BoardAgreement(allow_null=True)
    dissents = BoardDissent(many=True)
    before = BoardPast(many=True, help_text="Earlier rounds, the latest first.")


class BoardRound(serializers.Serializer):
    """The current round."""

    number = serializers.IntegerField(min_value=1)
    started_at = Moment()
    shown_at = Moment(allow_null=True)
    asked = serializers.BooleanField(help_text="Whether somebody asked to show the scores, and nobody said yes yet.")
    asked_by_me = serializers.BooleanField()
    answers = serializers.IntegerField(help_text="How many answers there are.")
    people = serializers.IntegerField(help_text="How many people answered at least one mark.")
    few = serializers.BooleanField(help_text="Whether people may guess whose score is whose: fewer than 3 answered.")


class BoardPerson(serializers.Serializer):
    """Somebody who takes part."""

    name = Text(help_text="Empty for somebody who gave none.")
    me = serializers.BooleanField()
    has_link = serializers.BooleanField(help_text="Not so on another's device, or on paper.")


class BoardInvitation(serializers.Serializer):
    """How others join."""

    open = serializers.BooleanField()
    code = Text(help_text="8 letters and digits, empty when there is no code that works.")
    path = Text(help_text="Address of the page on this site at which people join.")


class BoardDocument(serializers.Serializer):
    """A board, as the holder of a token sees it."""

    id = serializers.UUIDField()
    title = Text()
    locale = Text(help_text="The locale that you read in.")
    keeper = serializers.BooleanField(help_text="Whether your token is the keeper's.")
    ends_on = serializers.DateField()
    ends_soon = serializers.BooleanField()
    invitation = BoardInvitation()
    people = BoardPerson(many=True)
    round = BoardRound()
    rounds = serializers.IntegerField(help_text="How many rounds there were, with this one.")
    marks = BoardMark(many=True, help_text="In the order of the board.")
    most_disagreed = serializers.ListField(
        child=serializers.UUIDField(), help_text="The marks of a round that is shown, those first that differ most."
    )


class BoardProblem(Problem):
    """Why something may not happen on a board."""

    code = serializers.ChoiceField(sorted(REASONS), required=False, help_text="The reason, for programs.")
    current = PolymorphicProxySerializer(
        component_name="Current",
        serializers=[BoardAgreement, BoardDissent, BoardNote],
        resource_type_field_name=None,
        required=False,
        help_text="What stands there now, where somebody else changed it while you wrote.",
    )
    yours = serializers.DictField(required=False, help_text="What you sent then: nothing is lost.")
