"""Tags and filters for the pages of scoring."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from api.scoring.charts import numbers
from api.scoring.rules import HIGHEST, LOWEST, Without
from toolkit.templatetags.document import day

register = template.Library()

WORDS = {Without.NOT_YET: lambda: _("Not yet"), Without.NOT_RELEVANT: lambda: _("Not relevant to us")}


@register.simple_tag
def new_id() -> str:
    """Give a name for what a form adds."""
    return str(uuid4())


@register.simple_tag
def change() -> str:
    """Give the field that names the change that a form makes: a form that is sent twice makes one."""
    return format_html('<input type="hidden" name="write" value="{}">', uuid4())


@register.simple_tag
def chart_numbers() -> list[tuple[int, int]]:
    """Give the numbers under a chart, and where they stand."""
    return numbers()


@register.simple_tag
def scores() -> range:
    """Give the scores that there are."""
    return range(LOWEST, HIGHEST + 1)


@register.simple_tag
def reasons() -> list[tuple[str, str]]:
    """Give what people can say in the place of a score, each with its words."""
    return [(str(one), words()) for one, words in WORDS.items()]


@register.filter
def answer_words(answer) -> str:
    """Give an answer as people read it."""
    return WORDS[Without(answer)]() if isinstance(answer, str) else str(answer)


@register.filter
def end_day(date: str) -> str:
    """Give a day, as 2026-11-26, in words."""
    return day(f"{date}T00:00:00Z")


@register.filter
def code_words(code: str) -> str:
    """Give a code as it is easiest to read out: in two groups of four."""
    return f"{code[:4]} {code[4:]}".upper()


@register.filter
def dots_sentence(result: dict) -> str:
    """Say in one sentence what a chart shows."""
    parts = [_("{score}: {count} ×").format(**one) for one in result["scores"]]
    sentence = _("Scores from {lowest} to {highest}.").format(**result) if result["lowest"] else _("No scores.")
    return " ".join([sentence, ", ".join(parts)]) if parts else sentence
