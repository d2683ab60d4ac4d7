"""What readers say of pages: how many find each one clear, and what they wrote."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Q, QuerySet
from wagtail.models import Page

from api.feedback.models import Answer
from api.feedback.services import KEPT


@dataclass(frozen=True)
class Told:
    """What was said of a page within a year. `page` is its id."""

    page: int
    key: UUID
    locale: str
    yes: int
    no: int
    newest: date


def told_of(pages: QuerySet[Page], *, today: date, locale: str = "") -> list[Told]:
    """Give what was said of those of some pages of which anything was, the hardest first."""
    answers = _since(today).filter(locale=locale) if locale else _since(today)
    ids = {(key, code): pk for pk, key, code in _keys(pages.filter(translation_key__in=answers.values("page")))}
    counted = (
        answers.order_by()
        .values("page", "locale")
        .annotate(
            yes=Count("pk", filter=Q(is_clear=True)), no=Count("pk", filter=Q(is_clear=False)), newest=Max("day")
        )
    )
    rows = counted.order_by("-no", "-yes", "page", "locale").values_list("page", "locale", "yes", "no", "newest")
    return [Told(ids[row[:2]], *row) for row in rows if row[:2] in ids]


def _keys(pages: QuerySet[Page]) -> QuerySet:
    return pages.filter(alias_of=None).order_by().values_list("pk", "translation_key", "locale__language_code")


def words_about(told: Iterable[Told], *, today: date) -> dict[int, list[str]]:
    """Give what readers wrote about pages, by the ids of these: the newest words first."""
    ids = {(one.key, one.locale): one.page for one in told}
    found = defaultdict(list)
    written = _since(today).exclude(words="").filter(page__in={key for key, _locale in ids})
    for key, locale, words in written.values_list("page", "locale", "words"):
        if (key, locale) in ids:
            found[ids[key, locale]].append(words)
    return found


def written_about(page: Page, *, today: date) -> QuerySet[Answer]:
    """Give the answers with words about a page, the newest first."""
    return answers_about(page, today=today).exclude(words="")


def answers_about(page: Page, *, today: date) -> QuerySet[Answer]:
    """Give the answers about a page."""
    return _since(today).filter(page=page.translation_key, locale=page.locale.language_code)


def page_of(answer: Answer) -> Page | None:
    """Give the page that an answer is about, None where it is gone."""
    pages = Page.objects.filter(translation_key=answer.page, locale__language_code=answer.locale, alias_of=None)
    return pages.select_related("locale").first()


def _since(today: date) -> QuerySet[Answer]:
    return Answer.objects.filter(day__gte=today - KEPT)
