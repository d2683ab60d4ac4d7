"""What becomes of a file that somebody brings back: each text is taken, so already, kept beside, or refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page
from wagtail_localize.models import String, StringTranslation, TranslationContext

from cms.translations.files.entries import Entry, Language, work_in
from cms.translations.writing import WRONG_SIGNS, why_not, why_not_words
from toolkit.models import Proposal
from toolkit.translation.memory import MANUAL, Worked
from toolkit.translation.standings import restand
from toolkit.translation.states import CURRENT, MINOR
from toolkit.translation.texts import digest_of, kept, shown
from toolkit.translation.wordings import keep_words, said_in


@dataclass
class Report:
    """What became of a file: how many texts were taken, and known already; and of the others each, with why.

    `beside` are kept and shown beside the text: the source has changed, somebody was faster, or the file is unsure.
    """

    taken: int = 0
    same: int = 0
    empty: int = 0
    beside: list[tuple[Entry, str]] = field(default_factory=list)
    refused: list[tuple[Entry, str]] = field(default_factory=list)

    def refuse(self, entry: Entry, why: str):
        self.refused.append((entry, why))


@transaction.atomic
def take(
    language: Language, entries: list[Entry], locale: Locale, *, user, may_write: Callable[[str], bool]
) -> Report:
    """Take what a file brings. Only texts of its language change, and only of things that somebody may write."""
    return _Taking(language, locale, user, may_write).run(entries)


class _Taking:
    def __init__(self, language: Language, locale: Locale, user, may_write: Callable[[str], bool]):
        self.until: datetime | None = language.at
        self.locale, self.user, self.may_write = locale, user, may_write
        self.report = Report()
        self.places = {
            (key, one.text.path, shown(one.text.words, is_rich=one.text.is_rich)): (key, one)
            for key, work in work_in(locale).items()
            for one in work
        }
        self.sources = {}
        self.new: list[tuple[str, Worked, str]] = []
        self.proposals: list[Proposal] = []

    def run(self, entries: list[Entry]) -> Report:
        words = [entry for entry in entries if entry.context.startswith("words|")]
        self._take_words(words)
        others = [entry for entry in entries if not entry.context.startswith("words|")]
        for entry, (key, path) in [(entry, parts) for entry in others if (parts := self._parts(entry))]:
            self._take(entry, key, path)
        self._write()
        return self.report

    def _take_words(self, entries: list[Entry]):
        """Take what a file brings for the words of the software; they are drafts until somebody shows them."""
        known = {said.word.place: said for said in said_in(self.locale)} if entries else {}
        new = {}
        for entry in entries:
            said = known.get((entry.context.partition("|")[2], entry.source))
            forms = entry.forms if said and said.word.plural else [entry.words]
            if said is None or len(forms) != len(said.forms):
                self.report.refuse(entry, _("This is no text of this site."))
            elif not all(form.strip() for form in forms):
                self.report.empty += 1
            elif tuple(forms) == said.forms and (entry.unsure or not said.by_machine):
                self.report.same += 1
            elif reason := why_not_words(said, forms, self.locale):
                self.report.refuse(entry, reason)
            elif entry.unsure or (tuple(forms) != said.forms and self._is_older_than(said.at)):
                self.report.refuse(entry, _("It is unsure (fuzzy), or somebody else has translated this meanwhile."))
            else:
                new[said.word.place] = (said.word, forms)
                self.report.taken += 1
        keep_words(self.locale, list(new.values()), user=self.user)

    def _parts(self, entry: Entry) -> tuple[str, str] | None:
        kind, _bar, rest = entry.context.partition("|")
        key, _bar, path = rest.partition("|")
        if kind != "page" or not path:
            self.report.refuse(entry, _("This is no text of this site."))
            return None
        return key, path

    def _take(self, entry: Entry, key: str, path: str):
        found = self.places.get((key, path, entry.source))
        if not entry.words.strip():
            self.report.empty += 1
        elif found is None:
            self._take_of_earlier(entry, key, path)
        elif not self.may_write(key):
            self.report.refuse(entry, _("You may not change this page."))
        else:
            self._take_current(entry, *found)

    def _take_current(self, entry: Entry, key: str, one: Worked):
        text, there = one.text, one.translated
        try:
            words = kept(entry.words, is_rich=text.is_rich)
        except ValueError:
            self.report.refuse(entry, WRONG_SIGNS)
            return
        is_same = there is not None and there.words == words
        is_settled = one.state in (CURRENT, MINOR) and not (there and there.by_machine)
        if is_same and (is_settled or entry.unsure):
            self.report.same += 1
        elif reason := self._why_not(key, text, words):
            self.report.refuse(entry, reason)
        elif entry.unsure:
            self._keep_beside(entry, key, one, words, _("It is marked as unsure (fuzzy)."))
        elif not is_same and there and one.state == CURRENT and self._is_older_than(there.at):
            self._keep_beside(entry, key, one, words, _("Somebody else has translated this meanwhile."))
        else:
            self.new.append((key, one, words))
            self.report.taken += 1

    def _why_not(self, key: str, text, words: str) -> str:
        if key not in self.sources:
            source = Page.objects.filter(translation_key=key, alias_of=None).exclude(locale=self.locale).first()
            self.sources[key] = source and source.specific
        return why_not(self.sources[key], text, words, self.locale)

    def _is_older_than(self, moment: datetime | None) -> bool:
        return bool(self.until and moment and moment > self.until)

    def _keep_beside(self, entry: Entry, key: str, one: Worked, words: str, why: str):
        self.proposals.append(self._proposal(key, one.text.path, one.text.digest, words))
        self.report.beside.append((entry, why))

    def _take_of_earlier(self, entry: Entry, key: str, path: str):
        """Keep what was translated of words that the source had: it stands beside what it says now."""
        rich = (key, path) in self.rich
        try:
            source, words = kept(entry.source, is_rich=rich), kept(entry.words, is_rich=rich)
        except ValueError:
            self.report.refuse(entry, _("This is no text of this site."))
            return
        if (key, path) not in self.known_places or digest_of(source) not in self.known_words:
            self.report.refuse(entry, _("This is no text of this site."))
        elif not self.may_write(key):
            self.report.refuse(entry, _("You may not change this page."))
        else:
            self.proposals.append(self._proposal(key, path, digest_of(source), words))
            self.report.beside.append((entry, _("The original has changed.")))

    # A file may bring thousands of such texts: what is known is looked up once for all of them.
    @cached_property
    def rich(self) -> set[tuple[str, str]]:
        return {(key, one.text.path) for key, one in self.places.values() if one.text.is_rich}

    @cached_property
    def known_places(self) -> set[tuple[str, str]]:
        return {(str(key), path) for key, path in TranslationContext.objects.values_list("object_id", "path")}

    @cached_property
    def known_words(self) -> set[str]:
        return set(map(str, String.objects.values_list("data_hash", flat=True)))

    def _proposal(self, key: str, path: str, digest: str, words: str) -> Proposal:
        return Proposal(key=key, locale=self.locale, path=path, digest=digest, words=words, user=self.user)

    def _write(self):
        """Write all at once: a language has thousands of texts."""
        strings = {
            (string.locale_id, str(string.data_hash)): string.pk
            for string in String.objects.filter(data_hash__in={one.text.digest for _key, one, _words in self.new})
        }
        by_digest = {digest: pk for (_locale, digest), pk in strings.items()}
        keys = {key for key, _one, _words in self.new}
        contexts = {
            (str(key), path): pk
            for key, path, pk in TranslationContext.objects.filter(object_id__in=keys).values_list(
                "object_id", "path", "pk"
            )
        }
        rows = {
            (key, one.text.place): StringTranslation(
                translation_of_id=by_digest[one.text.digest],
                context_id=contexts[key, one.text.path],
                locale=self.locale,
                data=words,
                translation_type=MANUAL,
                last_translated_by=self.user,
                updated_at=timezone.now(),
            )
            for key, one, words in self.new
        }
        StringTranslation.objects.bulk_create(
            rows.values(),
            update_conflicts=True,
            unique_fields=["locale", "translation_of", "context"],
            update_fields=["data", "translation_type", "tool_name", "last_translated_by", "has_error", "updated_at"],
        )
        self._propose()
        restand(keys)

    def _propose(self):
        """Keep each proposal once, however often the same file is brought."""
        there = set(Proposal.objects.filter(locale=self.locale).values_list("key", "path", "digest", "words"))
        there = {(str(key), path, str(digest), words) for key, path, digest, words in there}
        new = {(one.key, one.path, one.digest, one.words): one for one in self.proposals}
        Proposal.objects.bulk_create(one for place, one in new.items() if place not in there)
