"""What translators do with a thing: look at it, write, keep a draft, publish."""

from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, TranslationSource

from toolkit.translation.follow import translation_into
from toolkit.translation.memory import Worked, steps_of, translations_of, worked
from toolkit.translation.render import fields_left, left_in_source, render
from toolkit.translation.standings import restand
from toolkit.translation.states import MISSING
from toolkit.translation.texts import Text, texts_of


class NothingToTranslate(LookupError):
    """There is no such thing that is public in its own language."""


class UnableToPublish(Exception):
    """A translation that readers could not make sense of: `texts` are those that have to be translated first."""

    def __init__(self, texts: list[Text]):
        super().__init__()
        self.texts = texts


@dataclass(frozen=True)
class Job:
    """One thing to be translated into one language: its public source, and its translation if there is one."""

    source: Page
    locale: Locale
    target: Page | None

    @property
    def key(self) -> str:
        return self.source.key

    @cached_property
    def texts(self) -> list[Text]:
        return texts_of(self.fresh_source())

    @cached_property
    def work(self) -> list[Worked]:
        """Where each text stands."""
        return worked(self.texts, translations_of([self.key], self.locale)[self.key], steps_of([self.key])[self.key])

    def fresh_source(self):
        """Give the source as it is public. To make a translation of a page changes it, so each time a new one."""
        return Page.objects.get(pk=self.source.pk).specific

    def find(self, path: str, digest: str) -> Worked | None:
        """Give a text by its place, None where the source has it no more."""
        return next((one for one in self.work if one.text.place == (path, digest)), None)


def job_for(key, locale: Locale) -> Job:
    """Give what there is to do for a thing in a language. Raises NothingToTranslate."""
    pages = list(Page.objects.filter(translation_key=key, alias_of=None).specific())
    source = TranslationSource.objects.filter(object_id=key).first()
    of = {page.locale_id: page for page in pages}
    original = of.get(source.locale_id) if source else None
    if original is None or not original.live or original.locale_id == locale.pk:
        raise NothingToTranslate(str(key))
    return Job(original, locale, of.get(locale.pk))


def forget(standing: Worked):
    """Take back the translation of a text."""
    StringTranslation.objects.filter(pk=standing.translated.pk).delete()


def preview(job: Job):
    """Give the translation as it would be now, without saving anything."""
    target = job.target.get_latest_revision_as_object() if job.target else _unsaved(job)
    render(job.fresh_source(), target, job.work)
    return target


def _unsaved(job: Job):
    """Give a page that stands where the translation would: at the place of its source, in its own language."""
    page = job.fresh_source()
    page.locale = job.locale
    return page


@transaction.atomic
def draft(job: Job, *, user=None):
    """Save the translation as a draft: what readers see stays as it is. Gives the new revision."""
    translation_into(job.key, job.locale)
    target = job.target
    if target is None:
        target = job.fresh_source().copy_for_translation(job.locale, copy_parents=True)
    target = target.get_latest_revision_as_object() if target.latest_revision_id else target.specific
    render(job.fresh_source(), target, job.work)
    revision = target.save_revision(user=user, log_action=True, clean=False)
    restand([job.key])
    return revision


def refuse_to_publish(job: Job):
    """Raise UnableToPublish while a title, a summary or the like is missing: lists could not say its language.

    Pieces of the body may wait: they stand there in the source's words, and say so.
    """
    left = left_in_source(job.texts, {one.text.place for one in job.work if one.state != MISSING})
    if texts := fields_left(job.texts, left):
        raise UnableToPublish(texts)


def publish(job: Job, *, user=None):
    """Show the translation to readers. Raises UnableToPublish; ValidationError where the page cannot be saved."""
    refuse_to_publish(job)
    with transaction.atomic():
        revision = draft(job, user=user)
        revision.as_object().full_clean()
        revision.publish(user=user)
