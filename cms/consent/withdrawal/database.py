"""Taking words out of the database: each place says how many it has let go."""

import json
from collections.abc import Callable

from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Comment, PageLogEntry, Revision, WorkflowState
from wagtail_localize.models import String, StringSegment, StringTranslation, TranslationSource

from api.feedback.services import forget_words as forget_in_feedback
from api.offers.forgetting import forget_words as forget_in_offers
from cms.consent.withdrawal.subjects import Subject
from cms.imports.forgetting import forget_words as forget_in_documents
from cms.models import Failure
from cms.plain_language.models import FoundOnPage
from cms.publishing.targets import name_of_page
from cms.webhooks.models import Delivery
from toolkit import locales
from toolkit.consent import Consent, Naming
from toolkit.models import IdeaCredit, Proposal, Quote, SourceChange, ThingStanding, Withdrawal
from toolkit.translation.standings import restand
from toolkit.withdrawal.words import passages, plain

# Of an attribution, what is left when it is taken back.
NOBODY = {
    "naming": Naming.NOT_NAMED,
    "name": "",
    "year": None,
    "thanks": "",
    "consent": Consent.WITHDRAWN,
    "consent_until": None,
    "consent_scope": "",
    "consent_note": "",
}
TITLE = _("Withdrawn")
PREVIEW = "wagtail-preview-"
# Tables of Wagtail's own search on SQLite, where words that were deleted go on standing until they are merged away.
SEARCH_TABLES = ("wagtailsearch_indexentry_fts", "modelsearch_indexentry_fts")


def forget(subject: Subject) -> list[tuple[str, int]]:
    """Take everything of a subject out of the database, in the transaction of whoever calls; say where it was."""
    subject.read()
    steps = OF_A_QUOTE if subject.kind == Withdrawal.Kind.QUOTE else OF_A_CREDIT
    found = [(step.__name__, step(subject)) for step in steps]
    restand(subject.page_keys)
    return [(name, count) for name, count in found if count]


# --- A quote ---------------------------------------------------------------------------------------------------


def versions(subject: Subject) -> int:
    """All versions, and with them shared drafts, and what reviewers have written."""
    deleted = [Revision.objects.for_instance(page).delete()[1] for page in subject.pages]
    return sum(counts.get("wagtailcore.Revision", 0) for counts in deleted)


def pages(subject: Subject) -> int:
    """The pages themselves: what is left has no words, so that nobody's block points to nothing."""
    for page in subject.pages:
        page.refresh_from_db()
        for name, value in {**NOBODY, "consent_date": timezone.localdate()}.items():
            setattr(page, name, value)
        page.title = page.draft_title = str(TITLE)
        page.words = page.seo_title = page.search_description = ""
        page.slug = f"withdrawn-{page.pk}"
        page.translated_from, page.live, page.has_unpublished_changes = {}, False, False
        page.go_live_at = page.expire_at = page.latest_revision = page.live_revision = None
        page.save(clean=False)
    return len(subject.pages)


def reviews(subject: Subject) -> int:
    """Workflows: what was asked of reviewers, and what they said."""
    ids = [str(page.pk) for page in subject.pages]
    kind = subject.pages[0].get_base_content_type() if subject.pages else None
    return WorkflowState.objects.filter(base_content_type=kind, object_id__in=ids).delete()[0]


def comments(subject: Subject) -> int:
    """What editors have written beside the words, and answered."""
    return Comment.objects.filter(page__in=[page.pk for page in subject.pages]).delete()[0]


def history(subject: Subject) -> int:
    """The log: who did what and when stays, the words go."""
    entries = PageLogEntry.objects.filter(page__in=[page.pk for page in subject.pages])
    return entries.update(label=str(TITLE), data={})


def publishing(subject: Subject) -> int:
    """What publishing remembers of a page that could not be built."""
    names = [name_of_page(key, code) for key in subject.page_keys for code in locales.codes()]
    return Failure.objects.filter(target__in=names).delete()[0]


def messages_to_subscribers(subject: Subject) -> int:
    """The log of webhooks, where titles of pages stand."""
    count, titles = 0, subject.words.get("title", set())
    for delivery in Delivery.objects.filter(body__contains="title").iterator():
        body = json.loads(delivery.body)
        changes = [one for one in body.get("data", {}).get("changes", []) if one.get("title") in titles]
        for one in changes:
            one["title"] = ""
        if changes:
            delivery.body = json.dumps(body)
            delivery.save(update_fields=["body"])
            count += 1
    return count


def offers(subject: Subject) -> int:
    """What somebody has offered and waits to be looked at."""
    return forget_in_offers(phrases(subject))


def feedback(subject: Subject) -> int:
    """What readers wrote about pages."""
    return forget_in_feedback(phrases(subject))


def documents(subject: Subject) -> int:
    """Documents that somebody has brought in."""
    return forget_in_documents(phrases(subject))


def phrases(subject: Subject) -> list[str]:
    """Give what was said, as a whole and sentence by sentence, as others may have written it."""
    said = subject.words["words"] | subject.words["text"]
    return sorted({plain(text) for text in said} | {passage for text in said for passage in passages(text)})


# --- A credit --------------------------------------------------------------------------------------------------


def credits(subject: Subject) -> int:
    """The credit itself, in every language."""
    return subject.credits.update(**NOBODY, consent_date=timezone.localdate())


def credits_in_versions(subject: Subject) -> int:
    """The credit in every version of the idea."""
    today, count = timezone.localdate().isoformat(), 0
    for revision in subject.revisions:
        mine = [one for one in revision.content.get("credits", []) if subject.is_mine(one, subject.names)]
        for one in mine:
            one.update(NOBODY, consent_date=today)
        if mine:
            revision.save(update_fields=["content"])
            count += 1
    return count


def idea(subject: Subject) -> int:
    """The page as it is kept: saved as it is, so that it is published again, and found again, without the name."""
    for page in subject.pages:
        type(page).objects.get(pk=page.pk).save(clean=False)
    return 0


# --- Both ------------------------------------------------------------------------------------------------------


def translations(subject: Subject) -> int:
    """What translators had before them and wrote, and what files of theirs have proposed."""
    texts = set(StringSegment.objects.filter(**subject.place("context")).values_list("string", flat=True))
    written = StringTranslation.objects.filter(**subject.place("context"))
    texts |= set(written.values_list("translation_of", flat=True))
    texts |= set(String.objects.filter(data_hash__in=_former_texts(subject)).values_list("pk", flat=True))
    count = written.count()
    written.delete()
    StringSegment.objects.filter(**subject.place("context")).delete()
    if subject.kind == Withdrawal.Kind.QUOTE:
        TranslationSource.objects.filter(object_id__in=subject.page_keys).delete()
        count += Proposal.objects.filter(key__in=subject.page_keys).delete()[0]
        SourceChange.objects.filter(key__in=subject.page_keys).delete()
        ThingStanding.objects.filter(key__in=subject.page_keys).delete()
    else:
        count += Proposal.objects.filter(
            key__in=subject.page_keys, path__startswith=f"credits.{subject.key}"
        ).delete()[0]
        _clean_sources(subject)
    # Words that something else says as well stay there.
    String.objects.filter(pk__in=texts, segments=None, translations=None).delete()
    return count


def _former_texts(subject: Subject) -> set[str]:
    """Give the digests of texts that it had in versions before."""
    mine = f"credits.{subject.key}" if subject.kind == Withdrawal.Kind.CREDIT else ""
    changes = SourceChange.objects.filter(key__in=subject.page_keys).values_list("steps", flat=True)
    steps = [step for change in changes for step in change if step[0].startswith(mine)]
    return {digest for _path, was, now in steps for digest in (was, now) if digest}


def _clean_sources(subject: Subject):
    """Take the credit out of the idea as wagtail-localize keeps it."""
    for source in TranslationSource.objects.filter(object_id__in=subject.page_keys):
        content = json.loads(source.content_json)
        for one in content.get("credits", []):
            if subject.is_mine(one, subject.names):
                one.update(NOBODY)
        source.content_json = json.dumps(content)
        source.save(update_fields=["content_json"])


def findings(subject: Subject) -> int:
    """What was found to be hard to read on these pages."""
    return FoundOnPage.objects.filter(checked__in=[page.pk for page in subject.pages]).delete()[0]


def sessions(subject: Subject) -> int:
    """Previews that are kept for whoever is editing, and messages that nobody has read yet."""
    count = 0
    for row in Session.objects.all():
        data = row.get_decoded()
        held = [key for key in data if key.startswith(PREVIEW) or key == "_messages"]
        for key in held:
            del data[key]
        if held:
            row.session_data = row.get_session_store_class()().encode(data)
            row.save(update_fields=["session_data"])
            count += 1
    return count


OF_A_QUOTE: tuple[Callable[[Subject], int], ...] = (
    messages_to_subscribers,
    translations,
    reviews,
    comments,
    # Whoever watches pages may keep what they held as a version once more.
    pages,
    versions,
    history,
    publishing,
    offers,
    feedback,
    documents,
    findings,
    sessions,
)
OF_A_CREDIT: tuple[Callable[[Subject], int], ...] = (
    translations,
    credits_in_versions,
    credits,
    idea,
    publishing,
    findings,
    sessions,
)


def come_back() -> list[Withdrawal]:
    """Give what was taken back and is there again: an older backup of the database was put in its place."""
    keys = set(Withdrawal.objects.values_list("key", flat=True))
    if not keys:
        return []
    quotes = Quote.objects.filter(translation_key__in=keys).exclude(words="", latest_revision=None)
    credits = IdeaCredit.objects.filter(translation_key__in=keys).exclude(name="", thanks="")
    again = [*quotes.values_list("translation_key", flat=True), *credits.values_list("translation_key", flat=True)]
    return list(Withdrawal.objects.filter(key__in=again)) if again else []


def clean_files_of_database():
    """Let the database's own files forget what was deleted from its tables. No transaction may be open."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            there = set(connection.introspection.table_names(cursor))
            for table in there.intersection(SEARCH_TABLES):
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('optimize')")
        cursor.execute("VACUUM")
