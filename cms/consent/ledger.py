"""The ledger: every quote and credit with its consent, as its newest version has it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from toolkit import locales
from toolkit.consent import Consent, Naming, has_run_out
from toolkit.documents.richtext import plain_text
from toolkit.models import Idea, IdeaCredit, Quote, Withdrawal

# Keepers are reminded so long before a consent runs out.
SOON = timedelta(days=30)
WAITING, SOON_OVER, OVER, GIVEN, NOBODY, WITHDRAWN = "waiting", "soon", "over", "given", "nobody", "withdrawn"
STATES = {
    WAITING: _("Asked, no answer yet"),
    SOON_OVER: _("Runs out soon"),
    OVER: _("Ran out: ask again"),
    GIVEN: _("Given"),
    NOBODY: _("Not needed: nobody’s words"),
    WITHDRAWN: _("Withdrawn"),
}
KINDS = {Withdrawal.Kind.QUOTE: _("Quote"), Withdrawal.Kind.CREDIT: _("Credit")}
FIELDS = ("naming", "name", "consent", "consent_date", "consent_until", "consent_scope", "consent_note")


@dataclass(frozen=True)
class Entry:
    """One quote or credit, in the language that it was first written in.

    `words` are those of the quote, or the title of the idea that has the credit. `page_id` is that of the page on
    which consent is written down; `public`, whether readers see it now.
    """

    kind: str
    key: str
    page_id: int
    title: str
    words: str
    locale: str
    state: str
    naming: str
    name: str
    consent: str
    date: date | None
    until: date | None
    scope: str
    public: bool

    @property
    def state_name(self) -> str:
        return STATES[self.state]

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]

    @property
    def naming_name(self) -> str:
        return dict(Naming.choices).get(self.naming, self.naming)

    @property
    def language(self) -> dict:
        return locales.language(self.locale)

    @property
    def editor(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page_id])


def state_of(*, naming: str, consent: str, until: date | None, today: date) -> str:
    """Give the state of a consent on a day."""
    if consent == Consent.WITHDRAWN:
        return WITHDRAWN
    if consent == Consent.ENDED or has_run_out(consent=consent, until=until, today=today):
        return OVER
    if consent == Consent.GIVEN:
        return SOON_OVER if until and until <= today + SOON else GIVEN
    return NOBODY if naming == Naming.ILLUSTRATIVE or consent == Consent.NOT_NEEDED else WAITING


def ledger(*, today: date, state: str = "", kind: str = "", words: str = "") -> list[Entry]:
    """Give the entries of a state and a kind whose words, name or title hold some words; those that wait first."""
    found = [*_quotes(today), *_credits(today)]
    asked = words.casefold()
    entries = [
        entry
        for entry in found
        if (not state or entry.state == state)
        and (not kind or entry.kind == kind)
        and asked in f"{entry.title} {entry.words} {entry.name}".casefold()
    ]
    order = list(STATES)
    return sorted(entries, key=lambda entry: (order.index(entry.state), entry.until or date.max, entry.title))


def _quotes(today: date) -> Iterator[Entry]:
    for page in _sources(Quote):
        said = _newest(page)
        words = plain_text(said.get("words") or page.words)
        yield _entry(Withdrawal.Kind.QUOTE, page.key, page, words, said, today, page.live and page.may_be_public)


def _credits(today: date) -> Iterator[Entry]:
    public = {str(credit.translation_key): credit.may_be_public for credit in IdeaCredit.objects.all()}
    for page in _sources(Idea, "credits"):
        for said in _newest(page).get("credits", ()):
            key = said["translation_key"]
            is_public = page.live and public.get(key, False)
            yield _entry(Withdrawal.Kind.CREDIT, key, page, page.draft_title, said, today, is_public)


def _sources(kind, *prefetch: str) -> list[Page]:
    """Give one page of each thing: in the language that comes first in the settings."""
    pages = kind.objects.filter(alias_of=None).select_related("locale", "latest_revision").prefetch_related(*prefetch)
    by_key: dict = {}
    for page in sorted(pages, key=lambda page: locales.place(page.locale.language_code)):
        by_key.setdefault(page.key, page)
    return list(by_key.values())


def _newest(page) -> dict:
    """Give the fields of a page's newest version: its row is behind while there is a draft."""
    return page.latest_revision.content if page.latest_revision else page.serializable_data()


def _entry(kind, key, page, words: str, said: dict, today: date, public: bool) -> Entry:
    until = _day(said.get("consent_until"))
    facts = {"naming": said["naming"], "consent": said["consent"]}
    return Entry(
        kind=kind,
        key=key,
        page_id=page.pk,
        title=page.draft_title,
        words=words,
        locale=page.locale.language_code,
        state=state_of(**facts, until=until, today=today),
        name=said.get("name") or "",
        date=_day(said.get("consent_date")),
        until=until,
        scope=said.get("consent_scope") or "",
        public=bool(public),
        **facts,
    )


def _day(value) -> date | None:
    return parse_date(value) if isinstance(value, str) else value
