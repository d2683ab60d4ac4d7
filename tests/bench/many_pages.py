"""Many mark pages of six blocks, put straight into the database: made by hand, 10,000 would take ten minutes."""

import json
from itertools import count
from uuid import NAMESPACE_URL, uuid5

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page, ReferenceIndex

from toolkit.models import Idea, Mark, Quote, Stage

WORDS = (
    "People who have been through it themselves know things that nobody else can know. Ask them early, and ask them "
    "again when the answer is not what you hoped for. Write down what was said, in the words that were used, and "
    "read it out at the end. Nobody should have to say it twice to be heard once. "
)


def add_marks(number: int, *, locale: str = "en", already: int = 0):
    """Add published marks below the stages of a locale, the same number below each."""
    stages = list(Stage.objects.filter(locale__language_code=locale).order_by("path"))
    quotes, ideas = (list(kind.objects.values_list("pk", flat=True)) for kind in (Quote, Idea))
    language, numbers, now = Locale.objects.get(language_code=locale), count(already), timezone.now()
    for stage in stages:
        _add_below(stage, number // len(stages), numbers, language, now, quotes, ideas)


def _add_below(stage, number, numbers, language, now, quotes, ideas):
    first = stage.numchild
    marks = []
    for place in range(first, first + number):
        code = f"bench-{next(numbers)}"
        marks.append(
            Page(
                path=Page._get_path(stage.path, stage.depth + 1, place + 1),
                depth=stage.depth + 1,
                numchild=0,
                title=f"Mark {code} of co-production",
                draft_title=code,
                slug=code,
                url_path=f"{stage.url_path}{code}/",
                content_type=ContentType.objects.get_for_model(Mark),
                live=True,
                locale=language,
                translation_key=uuid5(NAMESPACE_URL, code),
                first_published_at=now,
                last_published_at=now,
            )
        )
    Page.objects.bulk_create(marks, batch_size=500)
    Page.objects.filter(pk=stage.pk).update(numchild=first + number)
    made = list(Page.objects.filter(path__startswith=stage.path, slug__startswith="bench-").order_by("path"))
    made = [page for page in made if page.pk not in set(Mark.objects.values_list("pk", flat=True))]
    rows, references = [], []
    for page in made:
        quote, idea = (ids[page.pk % len(ids)] for ids in (quotes, ideas))
        rows.append((page.pk, page.slug, "What it is, in one plain sentence for everybody.", _body(quote, idea)))
        references += [_reference(page.pk, "quote", quote), _reference(page.pk, "idea", idea)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "insert into toolkit_mark (page_ptr_id, code, summary, body, translated_from, minor_edit) "
            "values (%s, %s, %s, %s, '{}', false)",
            rows,
        )
    ReferenceIndex.objects.bulk_create(references, batch_size=500)


def _body(quote: int, idea: int) -> str:
    texts = [("text", f"<p>{WORDS * 2}</p><p>{WORDS}</p>"), ("tip", f"<p>{WORDS}</p>"), ("quote", quote)]
    texts += [("text", f"<h3>And then?</h3><p>{WORDS * 2}</p>"), ("idea", idea), ("note", f"<p>{WORDS}</p>")]
    blocks = [{"type": kind, "value": value, "id": f"{place}"} for place, (kind, value) in enumerate(texts)]
    return json.dumps(blocks)


def _reference(page_id: int, kind: str, other: int) -> ReferenceIndex:
    page = ContentType.objects.get_for_model(Page)
    path = f"body.{kind}"
    return ReferenceIndex(
        base_content_type=page,
        content_type=ContentType.objects.get_for_model(Mark),
        object_id=str(page_id),
        to_content_type=page,
        to_object_id=str(other),
        model_path=path,
        content_path=f"body.{kind}-{other}",
        content_path_hash=uuid5(NAMESPACE_URL, f"{page_id}{path}{other}"),
    )


def any_mark() -> Mark:
    """Give one of the marks, in the middle of them."""
    marks = Mark.objects.filter(code__startswith="bench-")
    return marks.order_by("path")[marks.count() // 2]
