"""What is kept of a board. No accounts, no addresses: a name where somebody gives one, and what the group says."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from api.scoring.rules import HIGHEST, LONGEST_NAME, LONGEST_TITLE, LOWEST, Answer, Kind, Result, Without

DIGEST = 64
LOCALE = 20


def the_one(rows: models.QuerySet) -> models.Model | None:
    """Give the only row that there can be, None where there is none. Unlike `first`, it makes nobody sort."""
    try:
        return rows.get()
    except rows.model.DoesNotExist:
        return None


class Board(models.Model):
    """A group's board. Whoever holds its link may take part; whoever holds the keeper's link may close and delete it.

    `version` grows with every change that others can see, and `answered` with those of them by which there is just an
    answer more, or less. `number` of a link or code grows when it is replaced.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    locale = models.CharField(max_length=LOCALE)
    join_number = models.PositiveIntegerField(default=1)
    join_digest = models.CharField(max_length=DIGEST, unique=True)
    keep_digest = models.CharField(max_length=DIGEST, unique=True)
    is_open = models.BooleanField(default=True)
    code_number = models.PositiveIntegerField(default=0)
    code_digest = models.CharField(max_length=DIGEST, unique=True, null=True)
    code_until = models.DateTimeField(null=True)
    version = models.PositiveBigIntegerField(default=1)
    answered = models.PositiveBigIntegerField(default=0, db_default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ends_on = models.DateField(db_index=True)

    @property
    def shape(self) -> int:
        """The version of all but how many have answered. It grows with each other change that people can see."""
        return self.version - self.answered


class Participant(models.Model):
    """Somebody who takes part. `version` grows with each change of what they answered, or noted for themselves.

    Without a digest they have no link of their own: they answered on another's device, or on paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="participants")
    digest = models.CharField(max_length=DIGEST, unique=True, null=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    locale = models.CharField(max_length=LOCALE)
    version = models.PositiveBigIntegerField(default=1)
    joined_at = models.DateTimeField()

    class Meta:
        ordering = ["joined_at", "id"]


class Mark(models.Model):
    """A mark on a board: one of the toolkit's, by its code, or one of the group's own, which has a title here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="marks")
    place = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=255, blank=True)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    locale = models.CharField(max_length=LOCALE, blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["board", "code"], condition=~Q(code=""), name="scoring_one_mark_a_code"),
            models.CheckConstraint(condition=~Q(code="") ^ ~Q(title=""), name="scoring_mark_of_one_kind"),
        ]


class Round(models.Model):
    """One time that the group scores its marks."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    asked_by = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="+")
    shown_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="scoring_one_round_a_number")]


def answer_of(score: int | None, without: str) -> Answer:
    """Give the answer that two fields hold."""
    return Without(without) if without else score


class Answered(models.Model):
    """Either a score from 1 to 10 or why there is none: abstract."""

    score = models.PositiveSmallIntegerField(null=True)
    without = models.CharField(max_length=20, blank=True, choices=[(one, one) for one in Without])

    class Meta:
        abstract = True

    @property
    def answer(self) -> Answer:
        return answer_of(self.score, self.without)

    @staticmethod
    def fields(answer: Answer) -> dict:
        """Give the two fields that hold an answer."""
        is_score = not isinstance(answer, Without)
        return {"score": answer, "without": ""} if is_score else {"score": None, "without": answer}

    @staticmethod
    def constraint(name: str) -> models.CheckConstraint:
        """Make the database refuse whatever is not an answer."""
        is_score = Q(score__gte=LOWEST, score__lte=HIGHEST, without="")
        return models.CheckConstraint(
            condition=is_score | Q(score__isnull=True, without__in=list(Without)), name=name
        )


class RoundMark(models.Model):
    """A mark in a round: how it was worded then, and what is kept of answers that were forgotten.

    `wording` is {locale: {"title", "digest"}} for a mark of the toolkit, in every language that had it.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="marks")
    mark = models.ForeignKey(Mark, on_delete=models.CASCADE, related_name="rounds")
    wording = models.JSONField(default=dict)
    forgotten_at = models.DateTimeField(null=True)
    lowest = models.PositiveSmallIntegerField(null=True)
    highest = models.PositiveSmallIntegerField(null=True)
    count = models.PositiveSmallIntegerField(default=0)
    not_yet = models.PositiveSmallIntegerField(default=0)
    not_relevant = models.PositiveSmallIntegerField(default=0)

    KEPT = ("lowest", "highest", "count", "not_yet", "not_relevant")

    class Meta:
        ordering = ["mark__place", "mark__id"]
        constraints = [models.UniqueConstraint(fields=["round", "mark"], name="scoring_one_mark_a_round")]

    @property
    def kept(self) -> Result:
        """What is kept of the answers that were forgotten."""
        return Result(**{name: getattr(self, name) for name in self.KEPT})


class Score(Answered):
    """What one person answered for one mark in one round."""

    round_mark = models.ForeignKey(RoundMark, on_delete=models.CASCADE, related_name="scores")
    # Scores that were brought here from another server are nobody's.
    participant = models.ForeignKey(Participant, null=True, on_delete=models.CASCADE, related_name="scores")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round_mark", "participant"], name="scoring_one_score_a_person"),
            Answered.constraint("scoring_score_is_answer"),
        ]


class AgreedScore(Answered):
    """What the group agreed on for a mark, and why. `version` grows with each change: nobody writes over another."""

    round_mark = models.OneToOneField(RoundMark, on_delete=models.CASCADE, related_name="agreed")
    why = models.TextField(blank=True)
    locale = models.CharField(max_length=LOCALE)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [Answered.constraint("scoring_agreed_is_answer")]


class Dissent(models.Model):
    """What some of the group would say instead of the agreed score, in their own words."""

    id = models.UUIDField(primary_key=True, editable=False)
    round_mark = models.ForeignKey(RoundMark, on_delete=models.CASCADE, related_name="dissents")
    participant = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="dissents")
    score = models.PositiveSmallIntegerField(null=True)
    text = models.TextField()
    locale = models.CharField(max_length=LOCALE)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=LOWEST, score__lte=HIGHEST),
                name="scoring_dissent_score_in_range",
            )
        ]


class Note(models.Model):
    """A snake, a ladder or an action that somebody wrote down beside a mark."""

    id = models.UUIDField(primary_key=True, editable=False)
    round_mark = models.ForeignKey(RoundMark, on_delete=models.CASCADE, related_name="notes")
    participant = models.ForeignKey(Participant, null=True, on_delete=models.SET_NULL, related_name="notes")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in Kind])
    text = models.TextField()
    locale = models.CharField(max_length=LOCALE)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]


class Write(models.Model):
    """A change that was made, by the name that whoever sent it gave it: sent again, it is not made again."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="writes")
    name = models.UUIDField()
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="scoring_write_once")]
