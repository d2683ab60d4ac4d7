"""What is taken back: a quote or a credit, in all its languages and versions, and the words that it ever had."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from django.db.models import QuerySet
from wagtail.models import Revision
from wagtail_localize.models import StringSegment, StringTranslation

from toolkit.models import Idea, IdeaCredit, Quote, Withdrawal

QUOTED = ("title", "words", "name", "thanks", "consent_scope", "consent_note", "search_description", "seo_title")
CREDITED = ("name", "thanks", "consent_scope", "consent_note")


@dataclass(frozen=True)
class Subject:
    """What is taken back. `key` is that of its translations."""

    key: str
    kind: str

    @cached_property
    def pages(self) -> list:
        """The pages that hold it, in every language: quotes, or the ideas that have the credit."""
        if self.kind == Withdrawal.Kind.QUOTE:
            return list(Quote.objects.filter(translation_key=self.key))
        ids = set(self.credits.values_list("idea_id", flat=True))
        keys = Idea.objects.filter(pk__in=ids).values("translation_key")
        return list(Idea.objects.filter(translation_key__in=keys))

    @property
    def credits(self) -> QuerySet:
        return IdeaCredit.objects.filter(translation_key=self.key)

    @cached_property
    def page_keys(self) -> set[str]:
        """The keys of those pages: what publishing, translating and readers know them by."""
        return {self.key} if self.kind == Withdrawal.Kind.QUOTE else {page.key for page in self.pages}

    @property
    def code(self) -> str:
        return self.pages[0].code if self.kind == Withdrawal.Kind.QUOTE and self.pages else ""

    @cached_property
    def revisions(self) -> list[Revision]:
        """All versions of these pages."""
        return list(chain.from_iterable(Revision.objects.for_instance(page) for page in self.pages))

    @cached_property
    def names(self) -> set[str]:
        """All names that it ever had: a credit that was never published has no lasting key, but a name."""
        rows = self.credits if self.kind == Withdrawal.Kind.CREDIT else self.pages
        said = [one.name for one in rows]
        said += [content.get("name") or "" for content in self._contents()]
        return {name for name in said if name}

    @cached_property
    def words(self) -> dict[str, set[str]]:
        """Everything that it ever said, by the field that it stood in; "text" is what translators had."""
        found: dict[str, set[str]] = {}
        fields = QUOTED if self.kind == Withdrawal.Kind.QUOTE else CREDITED
        rows = self.pages if self.kind == Withdrawal.Kind.QUOTE else list(self.credits)
        for field in fields:
            said = [getattr(row, field) for row in rows] + [one.get(field) for one in self._contents()]
            found[field] = {text for text in said if text}
        found["text"] = set(self.translator_texts())
        return found

    def read(self):
        """Read all that it ever said, to be known when it is gone."""
        return self.words, self.names

    def translator_texts(self) -> Iterator[str]:
        """Give the words that wagtail-localize keeps of it."""
        segments = StringSegment.objects.filter(**self.place("context"))
        yield from segments.values_list("string__data", flat=True)
        for pair in StringTranslation.objects.filter(**self.place("context")).values_list(
            "data", "translation_of__data"
        ):
            yield from pair

    def place(self, context: str) -> dict:
        """Give the filter that finds what belongs to it by the context of a text."""
        found = {f"{context}__object_id__in": list(self.page_keys)}
        if self.kind == Withdrawal.Kind.CREDIT:
            found[f"{context}__path__startswith"] = f"credits.{self.key}"
        return found

    def _contents(self) -> Iterator[dict]:
        for revision in self.revisions:
            if self.kind == Withdrawal.Kind.QUOTE:
                yield revision.content
            else:
                yield from (one for one in revision.content.get("credits", []) if self.is_mine(one, set()))

    def is_mine(self, credit: dict, names: Iterable[str]) -> bool:
        """Tell whether a credit in a version of an idea is this one, by its key or by one of these names."""
        return credit.get("translation_key") == self.key or bool(credit.get("name") and credit["name"] in names)


def subject_of(key, kind: str) -> Subject:
    """Give what has a key."""
    return Subject(str(key), kind)
