"""The screen on which one thing is translated: source and translation side by side, in the shape of the page."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods
from wagtail.models import WorkflowState

from cms.translations.machine import UnableToSuggest, machine_for, suggest_missing
from cms.translations.rights import may_publish_page, may_write_page
from cms.translations.screens.access import for_job
from cms.translations.screens.languages import described
from cms.translations.texts import rows_of
from cms.translations.words import STATES, kind_name
from cms.translations.writing import Kept, Written, dismiss, keep_all
from toolkit.models import ThingStanding
from toolkit.preview import preview_html
from toolkit.publishable import NotReady
from toolkit.translation.adopt import is_matched
from toolkit.translation.work import Job, UnableToPublish, draft, job_for, preview, publish

# No page has nearly as many.
MOST_TEXTS = 2_000


@for_job
@require_http_methods(["GET", "POST"])
def thing(request: HttpRequest, job: Job):
    """Show a thing side by side, and keep what is written."""
    if job.target and not is_matched(job.target):
        messages.info(request, gettext("This page was made by hand, and is edited as any other page."))
        return redirect("wagtailadmin_pages:edit", job.target.pk)
    if request.method == "GET":
        return shown(request, job)
    if not may_write_page(request.user, job.target, job.locale):
        raise PermissionDenied
    return Act(request, job).answer()


@for_job
def preview_thing(request: HttpRequest, job: Job):
    """Show the translation as readers would see it, from what is saved now."""
    return HttpResponse(preview_html(preview(job)))


class Act:
    """What somebody pressed: everything that is written is kept first, whatever the button says."""

    def __init__(self, request: HttpRequest, job: Job):
        self.request, self.job, self.user = request, job, request.user
        self.act, _, self.about = request.POST.get("do", "save").partition(":")

    def answer(self):
        written = written_in(self.request.POST, self.act, self.about)
        kept = keep_all(self.job, written, user=self.user)
        self.job = fresh(self.job)
        if self.act == "dismiss":
            self.dismiss()
        if kept.count:
            draft(self.job, user=self.user)
            self.job = fresh(self.job)
        self.say(kept)
        if kept.refused:
            return shown(self.request, self.job, kept=kept, written=written, status=422)
        done = getattr(self, f"do_{self.act}", lambda: True)()
        if not done:
            return shown(self.request, self.job, status=422)
        anchor = f"#text-{self.about.split(':')[0]}" if self.act in ("still", "use", "dismiss") else ""
        address = reverse("translations:thing", args=[self.job.locale.language_code, self.job.key])
        return redirect(address + anchor)

    def say(self, kept: Kept):
        if kept.count:
            text = ngettext("{count} text is saved.", "{count} texts are saved.", kept.count)
            messages.success(self.request, text.format(count=kept.count))
        if kept.overtaken:
            messages.warning(
                self.request,
                gettext(
                    "The original has changed while you were writing. What you wrote is kept, and stands beside the "
                    "new words."
                ),
            )
        if kept.refused:
            messages.error(self.request, gettext("Not all could be saved: see what is said beside the texts."))

    def dismiss(self):
        number, _, check = self.about.partition(":")
        row = next((row for row in rows_of(self.job) if str(row.number) == number), None)
        reason = self.request.POST.get(f"reason-{number}-{check}", "").strip()
        if row and row.translated and check in {finding.check for finding in row.findings}:
            if reason:
                dismiss(row.standing, check, reason, user=self.user)
            else:
                messages.error(self.request, gettext("Say in a word or two why it is right as it is."))

    def do_publish(self) -> bool:
        """Show the translation to readers."""
        if not may_publish_page(self.user, self.job.target, self.job.locale):
            raise PermissionDenied
        try:
            publish(self.job, user=self.user)
        except UnableToPublish as error:
            names = ", ".join(row.label for row in rows_of(self.job) if row.text in error.texts)
            messages.error(self.request, gettext("Translate this first: {names}.").format(names=names))
            return False
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return False
        except NotReady as error:
            messages.error(self.request, " ".join(fault.says for fault in error.faults))
            return False
        messages.success(self.request, gettext("It is public now."))
        return True

    def do_machine(self) -> bool:
        """Let a machine suggest what is missing."""
        try:
            count = suggest_missing(self.job, user=self.user)
        except UnableToSuggest as error:
            messages.error(self.request, str(error))
            return False
        draft(fresh(self.job), user=self.user)
        text = ngettext(
            "A machine suggests {count} text. Read it before you use it.",
            "A machine suggests {count} texts. Read them before you use them.",
            count,
        )
        messages.success(self.request, text.format(count=count))
        return True

    def do_submit(self) -> bool:
        """Hand the translation to the reviewers."""
        page = saved(self.job, self.user)
        state = page.current_workflow_state
        workflow = page.get_workflow()
        if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            state.resume(self.user)
        elif state is None and workflow:
            workflow.start(page, self.user)
        elif workflow is None:
            messages.error(self.request, gettext("Nobody reviews this language yet. Ask whoever looks after it."))
            return False
        messages.success(self.request, gettext("It is with the reviewers now. Thank you!"))
        return True

    def do_back(self) -> bool:
        """Give it back to the translator, with a word on what to change."""
        if not may_publish_page(self.user, self.job.target, self.job.locale):
            raise PermissionDenied
        task = self.job.target and self.job.target.current_workflow_task_state
        comment = self.request.POST.get("comment", "").strip()
        if not comment:
            messages.error(self.request, gettext("Say what should change."))
            return False
        if task:
            task.reject(user=self.user, comment=comment)
            messages.success(self.request, gettext("It is with the translator again."))
        return True


def saved(job: Job, user):
    """Give the page of a translation, made where there was none."""
    if job.target is None:
        draft(job, user=user)
        job = fresh(job)
    return job.target


def fresh(job: Job) -> Job:
    """Give a job as the database has it now."""
    return job_for(job.key, job.locale)


def written_in(posted, act: str, about: str) -> list[Written]:
    """Give what a form holds: of each text its place, its words, and what was seen before."""
    chosen = about.split(":")[0] if act == "still" else ""
    written = []
    for number in range(min(_number(posted.get("texts")), MOST_TEXTS)):
        path, _, digest = posted.get(f"place-{number}", "").rpartition("|")
        if path:
            words = posted.get(f"text-{number}", "")
            if act == "use" and about.split(":")[0] == str(number):
                words = posted.get(f"suggested-{about.replace(':', '-')}", words)
            confirmed = str(number) == chosen or act == "all-right"
            written.append(Written((path, digest), words, posted.get(f"seen-{number}", ""), confirmed))
    return written


def _number(value) -> int:
    return int(value) if str(value).isdecimal() and len(str(value)) < 6 else 0


def shown(
    request: HttpRequest, job: Job, *, kept: Kept | None = None, written: list[Written] = (), status: int = 200
):
    """Show the screen. What could not be kept stands in its place, with why."""
    rows = rows_of(job, refused=kept.refused if kept else {}, typed={one.place: one.words for one in written})
    code = job.locale.language_code
    standing = ThingStanding.objects.filter(key=job.key, locale=job.locale).first()
    task = job.target and job.target.current_workflow_task_state
    may_publish = may_publish_page(request.user, job.target, job.locale)
    context = {
        "job": job,
        "rows": rows,
        "kind": kind_name(job.source.document_type),
        "language": described(job.locale),
        "source": described(job.source.locale),
        "state": STATES[standing.state] if standing else "",
        "standing": standing,
        "may_write": may_write_page(request.user, job.target, job.locale),
        "may_publish": may_publish,
        "review": Review.of(job, task),
        "machine": machine_for(job),
        "by_machine": any(row.by_machine for row in rows),
        "waits_for": _not_public_above(job),
        "header_title": job.source.title,
        "language_address": reverse("translations:language", args=[code]),
        "preview_address": reverse("translations:preview", args=[code, job.key]),
    }
    return TemplateResponse(request, "admin/translations/thing.html", context, status=status)


@dataclass(frozen=True)
class Review:
    """How far the review of a translation is: with the reviewers, or given back with a comment."""

    waits: bool = False
    comment: str = ""

    @classmethod
    def of(cls, job: Job, task) -> "Review":
        state = job.target and job.target.current_workflow_state
        if state is None:
            return cls()
        if state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            last = state.task_states.exclude(comment="").order_by("-finished_at").first()
            return cls(comment=last.comment if last else "")
        return cls(waits=task is not None)


def _not_public_above(job: Job) -> str:
    """Give the title of the page above that has to be public first, "" where nothing stands in the way."""
    above = job.target.get_parent() if job.target else None
    return above.title if above and not above.is_root() and not above.live else ""
