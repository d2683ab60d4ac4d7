"""Keeping what readers say of pages, and forgetting it. The day comes from whoever calls."""

from datetime import date, timedelta

from django.db import transaction

from api.feedback.models import Answer
from api.feedback.rules import Told
from api.feedback.subjects import Subject
from api.offers.rules import holds_any

KEPT = timedelta(days=365)
# Who is asked for words may write them after midnight.
BEFORE = timedelta(days=1)


def keep(*, subject: Subject, told: Told, day: date):
    """Count an answer; where it has words, give them to one that was counted, so that nobody is counted twice."""
    page = {"page": subject.document["key"], "locale": subject.document["locale"], "is_clear": told.is_clear}
    if told.words and _is_with_another(page, told.words, day):
        return
    Answer.objects.create(**page, words=told.words, release=subject.release, day=day)


@transaction.atomic
def _is_with_another(page: dict, words: str, day: date) -> bool:
    """Give words to an answer that has none; tell whether they are kept, by this or because they came twice.

    Which of them it is makes no difference: they are all alike.
    """
    lately = Answer.objects.filter(**page, day__gte=day - BEFORE)
    if lately.filter(words=words).exists():
        return True
    free = lately.filter(words="").select_for_update(skip_locked=True).values_list("pk", flat=True).first()
    return free is not None and bool(Answer.objects.filter(pk=free, words="").update(words=words))


def forget_old(*, today: date) -> int:
    """Delete what was said a year ago, and give how many answers that were."""
    return Answer.objects.filter(day__lt=today - KEPT).delete()[0]


def forget_words(words: list[str]) -> int:
    """Delete what readers wrote where it holds one of some phrases, which somebody has taken back; give how often.

    Whether the page was clear stays counted.
    """
    written = Answer.objects.exclude(words="").values_list("pk", "words")
    found = [pk for pk, text in written.iterator() if holds_any(words, [text])]
    for pk in found:
        Answer.objects.filter(pk=pk).update(words="")
    return len(found)
