"""What waits for somebody: drafts, what they were asked to look at, comments, locks, and what they sent to others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Comment, CommentReply, Page, PageLogEntry, TaskState, WorkflowState

from cms.moments import moment
from toolkit import locales

# So many of a kind are shown; nobody reads more at once.
MOST = 50
# For so long it is said of something that it was approved, or called back.
DAYS = 14


@dataclass(frozen=True)
class Row:
    """A page, what is to be said of it, since when, and the address at which one goes on."""

    title: str
    lang: str
    dir: str
    says: str
    when: str
    address: str


@dataclass(frozen=True)
class Part:
    """One part of the screen; `asks` tells whether what is in it waits for this person, and not for another."""

    heading: str
    nothing: str
    rows: Callable[..., list[Row]]
    asks: bool = True


def parts_for(user) -> list[tuple[Part, list[Row]]]:
    """Give the parts of the screen with what is in them."""
    return [(part, part.rows(user)) for part in PARTS]


def count_waiting(user) -> int:
    """Count what waits for somebody: what they sent to others waits for those."""
    return sum(len(part.rows(user)) for part in PARTS if part.asks)


def asked(user) -> list[Row]:
    """List what somebody was asked to look at."""
    states = TaskState.objects.reviewable_by(user).select_related("revision__user", "workflow_state__requested_by")
    found = []
    for state in states.order_by("started_at")[:MOST]:
        page = state.revision and state.revision.content_object
        if isinstance(page, Page):
            who = _name(state.workflow_state.requested_by or state.revision.user)
            found.append(_row(page, _("{name} asks you to look at it.").format(name=who), state.started_at))
    return found


def comments(user) -> list[Row]:
    """List what others have said on pages that somebody has written on, or in answer to them, and is not settled."""
    mine = Q(page__owner=user) | Q(page__subscribers__user=user, page__subscribers__comment_notifications=True)
    written = PageLogEntry.objects.filter(user=user, action="wagtail.edit").values("page")
    said = Comment.objects.filter(mine | Q(page__in=written), resolved_at=None)
    answers = Q(comment__user=user) | Q(comment__replies__user=user) | Q(comment__in=said)
    replies = CommentReply.objects.filter(answers, comment__resolved_at=None)
    found = [(one, one) for one in _by_others(said, user, "page__locale")]
    found += [(one, one.comment) for one in _by_others(replies, user, "comment__page__locale")]
    rows = []
    for one, comment in sorted(found, key=lambda pair: pair[0].created_at, reverse=True)[:MOST]:
        says = _("{name}: “{words}”").format(name=_name(one.user), words=Truncator(one.text).chars(200))
        rows.append(_row(comment.page, says, one.created_at, f"?comment={comment.pk}"))
    return rows


def drafts(user) -> list[Row]:
    """List what somebody has written last and nobody has published."""
    theirs = Q(latest_revision__user=user) | Q(latest_revision=None, owner=user)
    pages = Page.objects.filter(theirs, has_unpublished_changes=True).select_related("locale")
    in_review = set(
        _sent_by(user).filter(status=WorkflowState.STATUS_IN_PROGRESS).values_list("object_id", flat=True)
    )
    rows = []
    for page in pages.order_by("-latest_revision_created_at")[:MOST]:
        if str(page.pk) not in in_review:
            says = _("Readers see what it was before.") if page.live else _("Readers do not see it.")
            rows.append(_row(page, says, page.latest_revision_created_at))
    return rows


def locked(user) -> list[Row]:
    """List what somebody has locked: nobody else can change it meanwhile."""
    pages = Page.objects.filter(locked=True, locked_by=user).select_related("locale").order_by("locked_at")[:MOST]
    return [
        _row(page, _("Nobody else can change it. Unlock it when you are done."), page.locked_at) for page in pages
    ]


def sent(user) -> list[Row]:
    """List what somebody has sent to others, and where it stands."""
    lately = Q(current_task_state__finished_at__gte=timezone.now() - timedelta(days=DAYS))
    going_on = Q(status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES])
    states = _sent_by(user).filter(going_on | lately).select_related("current_task_state__task")
    rows = []
    for state in states.order_by("-created_at")[:MOST]:
        if isinstance(state.content_object, Page):
            rows.append(_row(state.content_object, _standing(state), state.created_at))
    return rows


PARTS = [
    Part(gettext_lazy("You were asked to look at these"), gettext_lazy("There is nothing to look at."), asked),
    Part(gettext_lazy("Comments for you"), gettext_lazy("There are no comments for you."), comments),
    Part(gettext_lazy("Your drafts"), gettext_lazy("You have no drafts."), drafts),
    Part(gettext_lazy("Pages that you have locked"), gettext_lazy("You have locked nothing."), locked),
    Part(gettext_lazy("What you sent to others"), gettext_lazy("You have sent nothing to others."), sent, asks=False),
]  # fmt: skip


def _standing(state: WorkflowState) -> str:
    task = state.current_task_state
    if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        text = _("It came back to you: “{words}”") if task and task.comment else _("It came back to you.")
        return text.format(words=task.comment if task else "")
    if state.status == WorkflowState.STATUS_APPROVED:
        return _("Somebody has looked at it and said yes.")
    if state.status == WorkflowState.STATUS_CANCELLED:
        return _("It was called back, or published meanwhile.")
    return _("It waits for: {task}").format(task=task.task.name if task else "")


def _sent_by(user):
    return WorkflowState.objects.filter(requested_by=user)


def _by_others(said, user, page: str):
    return said.exclude(user=user).select_related(page, "user").distinct().order_by("-created_at")[:MOST]


def _name(user) -> str:
    if user is None:
        return _("Somebody who has no account any more")
    return user.get_full_name() or user.get_username()


def _row(page: Page, says: str, when: datetime | None, query: str = "") -> Row:
    language = locales.language(page.locale.language_code)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    said = {"says": says, "when": moment(when) if when else "", "address": f"{address}{query}"}
    return Row(page.get_admin_display_title(), **language, **said)
