"""A whole language as a file, and what a source's publish costs translators' records, on sites that grow."""

from time import perf_counter

from wagtail.models import Locale

from cms.translations.files import po
from cms.translations.files.entries import about, entries_of
from cms.translations.files.taking import take
from cms.translations.progress import progress_of_all, things_in
from tests.bench import many_pages
from tests.bench.table import rounds, show, spread
from toolkit.models import Mark, ThingStanding
from toolkit.translation.adopt import translation_into
from toolkit.translation.follow import follow
from toolkit.translation.memory import keep
from toolkit.translation.standings import follow_all, restand
from toolkit.translation.work import job_for

SIZES = (0, 250, 1_000)
RULE = "nplurals=2; plural=(n != 1);"


def measure():
    """Let a site grow to ten thousand texts; print the milliseconds of each thing at each size."""
    rows, there = [], Mark.objects.filter(code__startswith="bench-").count()
    for size in SIZES:
        if size > there:
            many_pages.add_marks(size - there, already=there)
            there = size
        follow_all()
        locale = Locale.objects.get(language_code="cy")
        _translate_some(locale)
        texts = sum(ThingStanding.objects.filter(locale=locale).values_list("texts", flat=True))
        figures = [_figures(locale) for _round in rounds(5)]
        rows.append([f"{texts:,}", *(spread((one[name] for one in figures), ".0f") for name in HEAD)])
    show("Translating: milliseconds, by the number of texts", ["texts", *HEAD], rows)


HEAD = ("export PO", "bring it back", "list of 50", "source publish")


def _figures(locale: Locale) -> dict[str, float]:
    clock = [perf_counter()]
    content = _export(locale)
    clock.append(perf_counter())
    language, entries = po.read(content)
    report = take(language, entries, locale, user=None, may_write=lambda key: True)
    assert (report.taken, report.refused, report.beside) == (0, [], [])
    clock.append(perf_counter())
    assert _export(locale) == content
    clock.append(perf_counter())
    list(things_in(locale)[:50])
    progress_of_all([locale])
    clock.append(perf_counter())
    page = many_pages.any_mark() if Mark.objects.filter(code__startswith="bench-").exists() else Mark.objects.first()
    page.summary = f"Changed at {perf_counter()}"
    page.save()
    before = perf_counter()
    follow(Mark.objects.get(pk=page.pk))
    restand([page.translation_key])
    spent = perf_counter() - before
    export, back, _again, listed = (after - start for start, after in zip(clock, clock[1:], strict=False))
    return {name: value * 1000 for name, value in zip(HEAD, (export, back, listed, spent), strict=True)}


def _export(locale: Locale) -> bytes:
    return po.write(about(locale), entries_of(locale, preview=str), plural_forms=RULE, name="bench")


def _translate_some(locale: Locale):
    """Translate a dozen marks, so that a file has something in it."""
    for page in Mark.objects.filter(locale__language_code="en", live=True)[:12]:
        job = job_for(page.translation_key, locale)
        translation_into(job.key, locale)
        for text in job.texts:
            keep(job.key, text.place, locale, f"Gair {text.words}")
    restand(Mark.objects.filter(locale__language_code="en", live=True)[:12].values_list("translation_key", flat=True))
