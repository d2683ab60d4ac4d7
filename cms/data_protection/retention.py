"""How long things are kept: the numbers are those of the code that deletes, so that no sentence can be wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from wagtail.admin.models import EditingSession, FormState

from api.feedback import services as feedback
from api.offers import ending as offers
from api.scoring.limits import HOUR
from api.scoring.services.boards import MONTHS
from api.scoring.services.ending import WRITES_KEPT
from cms.accounts import invitations, sessions
from cms.data_protection.leftovers import UPLOADS_KEPT
from cms.drafts import sharing
from cms.imports import forgetting as imports
from cms.management.commands.serve import LONGEST_LOG
from cms.webhooks import delivery
from cms.worker import housekeeping


@dataclass(frozen=True)
class Kept:
    """How long, in words; and which of the worker's hooks deletes it, None where that is not the worker's."""

    words: str
    by: Callable | None = None


def span(time: timedelta) -> str:
    """Give a time in words: days, hours or minutes, whichever it is whole in."""
    for unit, one in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if not time % one:
            return f"{time // one} {unit}" + ("s" if time // one != 1 else "")
    return f"{int(time.total_seconds())} seconds"


def one_of(numbers) -> str:
    """Give numbers as a choice: 3, 12 or 24."""
    *first, last = map(str, numbers)
    return f"{', '.join(first)} or {last}"


WITH_ACCOUNT = Kept("Until the account is erased.")
HISTORY = Kept("As long as what was written; without a name once the account is erased.")
WITH_TRANSLATION = Kept("As long as the translation; without a name once the account is erased.")
WITH_PAGE = Kept("As long as the page and its versions. What somebody takes back goes at once, everywhere.")
CONSENT = Kept(
    "As long as the words. Where somebody has agreed until a day, the words come down after it by themselves.",
    by=housekeeping.keep_consent,
)
FOR_GOOD = Kept("For good: without it, an old backup would bring back what was taken out.")
ERASURE = Kept(
    "Until what was deleted would be over by itself; of an offer, for good.", by=housekeeping.keep_what_was_deleted
)
RESTORE = Kept("Until the restore has ended, or was undone.")
INVITATION = Kept(
    f"{span(invitations.KEPT)} after it was taken up or taken back, or has ended; its link works for "
    f"{span(invitations.WORKS)}.",
    by=housekeeping.forget_old_invitations,
)
SESSION = Kept(
    f"Until {span(timedelta(seconds=settings.SESSION_COOKIE_AGE))} after somebody last did something, and "
    f"{settings.SESSION_DAYS} days at most.",
    by=sessions.forget_ended,
)
WRONG_PASSWORD = Kept(
    f"{span(settings.AXES_COOLOFF_TIME)} after the last try, and until the right password at the latest.",
    by=housekeeping.forget_wrong_passwords,
)
SCREEN = Kept(
    f"Who has an editor open, {span(EditingSession.STALE_TIMEOUT)}; what a preview shows, "
    f"{span(FormState.STALE_TIMEOUT)}; uploads that nobody has finished, {span(UPLOADS_KEPT)}.",
    by=housekeeping.forget_leftovers,
)
IMPORT = Kept(f"{span(imports.KEPT)} after it was last touched.", by=housekeeping.forget_old_imports)
DRAFT_LINK = Kept(
    f"A link to a draft, {span(sharing.KEPT)} after its end; it works for {one_of(sharing.DAYS)} days.",
    by=housekeeping.forget_old_draft_links,
)
BOARD = Kept(
    f"{one_of(MONTHS)} months, as the group chooses, or until its keeper deletes it.",
    by=housekeeping.end_scoring_boards,
)
WRITE = Kept(f"{span(WRITES_KEPT)}, and no longer than the board.", by=housekeeping.end_scoring_boards)
FEEDBACK = Kept(f"{span(feedback.KEPT)} after it was said.", by=housekeeping.forget_old_feedback)
OFFER = Kept(
    f"Until somebody decides. What is declined or taken back, {span(offers.KEPT)} more; of what became a page, no "
    "words: only to what somebody agreed, as long as the page is there.",
    by=housekeeping.forget_decided_offers,
)
NETWORK = Kept(
    f"Until whoever asks has their whole share again: {span(timedelta(seconds=HOUR))} at most.",
    by=housekeeping.forget_counted_networks,
)
SUBSCRIBER = Kept("Until an administrator deletes it.")
DELIVERY = Kept(f"{span(delivery.KEPT)} after it was delivered or given up.", by=housekeeping.forget_old_webhooks)
TASK = Kept(f"A publish that failed, until one succeeds; a task, {span(housekeeping.TASKS_KEPT)}.",
    by=housekeeping.forget_old_tasks)  # fmt: skip
LOG = Kept(f"The log is begun anew when the server starts and it is longer than {LONGEST_LOG / 1_000_000:g} MB.")
RELEASE = Kept(
    "Until `manage.py prune_releases`. What somebody takes back goes out of all of them at once."
)  # fmt: skip
INSTALLATION = Kept("As long as the site.")

# Hooks of the worker that delete nothing in the data folder because it is old.
NO_CLOCK = frozenset(
    {
        housekeeping.send_webhooks,
        housekeeping.keep_out,
        housekeeping.end_withdrawals,
        housekeeping.look_at_outside_links,
        housekeeping.look_at_language,
        housekeeping.erase_again,
        housekeeping.back_up_daily,
    }
)
