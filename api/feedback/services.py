"""Keeping what readers say of pages, and forgetting it. The day comes from whoever calls."""

from datetime import date, timedelta

from django.db import transaction

from api.feedback.models import Answer
from api.feedback.rules import Told
from api.feedback.subjects import Subject
from api.offers.rules import holds_any
from toolkit.withdrawal.tombstones import withdrawn_among

KEPT = timedelta(days=365)
# Who is asked for words may write them after midnight.
BEFORE = timedelta(days=1)


def keep(*, subject: Subject, told: Told, day: date, own: int | None = None) -> int:
    """Count an answer, and give its number; words go to one that was counted, so that nobody is counted twice.

    `own` is the number of the answer that they belong to, where that is known.
    """
    page = _page(subject, told)
    if told.words and (found := _with_another(page, told.words, day, own)):
        return found
    return Answer.objects.create(**page, words=told.words, release=subject.release, day=day).pk


def kept(*, subject: Subject, told: Told, day: date) -> int | None:
    """Give the number of an answer that says just this, as one does that came a moment ago."""
    lately = Answer.objects.filter(**_page(subject, told), words=told.words, day__gte=day - BEFORE)
    return lately.values_list("pk", flat=True).first()


def take_back(answer: int) -> Told | None:
    """Forget an answer, and give what it said; None where it is forgotten already."""
    said = Answer.objects.filter(pk=answer).first()
    if said is None:
        return None
    said.delete()
    return Told(said.is_clear, said.words)


def _page(subject: Subject, told: Told) -> dict:
    return {"page": subject.document["key"], "locale": subject.document["locale"], "is_clear": told.is_clear}


@transaction.atomic
def _with_another(page: dict, words: str, day: date, own: int | None) -> int | None:
    """Give words to an answer that has none, and give its number; or that of one that has them, for they came twice.

    Which of them it is makes no difference, they are all alike; but whoever has a key to one takes that back.
    """
    lately = Answer.objects.filter(**page, day__gte=day - BEFORE)
    if said := lately.filter(words=words).values_list("pk", flat=True).first():
        return said
    free = lately.filter(words="").select_for_update(skip_locked=True).values_list("pk", flat=True)
    found = free.filter(pk=own or 0).first() or free.first()
    return found if found and Answer.objects.filter(pk=found, words="").update(words=words) else None


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


def forget_again():
    """Delete what readers wrote where an older backup has brought back words that somebody took back."""
    written = dict(Answer.objects.exclude(words="").values_list("pk", "words"))
    withdrawn = withdrawn_among(set(written.values()))
    Answer.objects.filter(pk__in=[pk for pk, words in written.items() if words in withdrawn]).update(words="")
