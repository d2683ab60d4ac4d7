"""Suggestions by a machine, where somebody has set one up: labelled, and never shown to readers by themselves.

What somebody said of their own life is never given to a machine.
"""

import logging

from django.utils.translation import gettext as _
from wagtail_localize.machine_translators import get_machine_translator
from wagtail_localize.strings import StringValue

from cms.translations.writing import why_not
from toolkit.models import Quote
from toolkit.translation.memory import keep
from toolkit.translation.standings import restand
from toolkit.translation.states import MISSING
from toolkit.translation.work import Job

logger = logging.getLogger(__name__)


class UnableToSuggest(Exception):
    """There are no suggestions; the message says why."""


def machine_for(job: Job) -> str:
    """Give the name of the machine that can suggest what is missing of a thing, "" where there is none."""
    if isinstance(job.source, Quote) or not _missing(job):
        return ""
    machine = get_machine_translator()
    can = machine and machine.can_translate(job.source.locale, job.locale)
    return str(machine.display_name) if can else ""


def suggest_missing(job: Job, *, user) -> int:
    """Keep a machine's suggestions for what is missing, as drafts; give how many, or raise UnableToSuggest."""
    name = machine_for(job)
    if not name:
        raise UnableToSuggest(_("There is no machine for this."))
    texts = _missing(job)
    try:
        found = get_machine_translator().translate(
            job.source.locale, job.locale, [StringValue(text.words) for text in texts]
        )
    except Exception as error:
        # Whatever goes wrong at somebody else's: a translator can go on without it.
        logger.warning("%s does not translate: %s", name, error)
        raise UnableToSuggest(_("{name} does not answer. Try again later.").format(name=name)) from error
    suggested = [(text, found.get(StringValue(text.words))) for text in texts]
    good = [(text, said.data) for text, said in suggested if said and not _why_not(job, text, said.data)]
    for text, words in good:
        keep(job.key, text.place, job.locale, words, user=user, tool=name)
    restand([job.key])
    return len(good)


def _missing(job: Job) -> list:
    return [one.text for one in job.work if one.state == MISSING]


def _why_not(job: Job, text, words: str) -> str:
    return why_not(job.source, text, words, job.locale)
