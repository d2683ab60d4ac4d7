"""The texts of a thing as the screen shows them: what each is, what it was, what was written elsewhere."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.releases_admin.difference import parts_of
from cms.translations.words import TEXTS, says
from cms.translations.writing import dismissals_of, open_findings, proposals_of, terms_in, terms_of
from toolkit.translation.checks import Finding, Term
from toolkit.translation.memory import Suggestion, Translated, Worked, suggestions
from toolkit.translation.states import CHANGED, MISSING, Place
from toolkit.translation.texts import Text, digest_of, plain, shown
from toolkit.translation.work import Job

ELEMENTS = {
    "h3": gettext_lazy("Heading"),
    "h4": gettext_lazy("Small heading"),
    "li": gettext_lazy("Item of a list"),
    "p": gettext_lazy("Paragraph"),
}


@dataclass(frozen=True)
class Row:
    """One text on the screen."""

    number: int
    standing: Worked
    label: str
    refused: str = ""
    typed: str | None = None
    findings: list[Finding] = field(default_factory=list)
    suggestions: list[Suggestion] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)

    @property
    def text(self) -> Text:
        return self.standing.text

    @property
    def translated(self) -> Translated | None:
        return self.standing.translated

    @property
    def place(self) -> str:
        return "|".join(self.text.place)

    @property
    def seen(self) -> str:
        return digest_of(self.translated.words) if self.translated else ""

    @property
    def source(self) -> str:
        return shown(self.text.words, is_rich=self.text.is_rich)

    @property
    def plain_source(self) -> str:
        return plain(self.text.words)

    @property
    def words(self) -> str:
        """What stands in the field: what was typed and could not be kept, else the translation."""
        if self.typed is not None:
            return self.typed
        return shown(self.translated.words, is_rich=self.text.is_rich) if self.translated else ""

    @property
    def is_changed(self) -> bool:
        return self.standing.state == CHANGED

    @property
    def state(self) -> str:
        return TEXTS[self.standing.state]

    @property
    def by_machine(self) -> bool:
        return bool(self.translated and self.translated.by_machine)

    @cached_property
    def difference(self) -> list[tuple[str, str]]:
        """What the source said when it was translated, and what it says now, word by word."""
        return parts_of(plain(self.standing.before), self.plain_source) if self.standing.before else []

    @property
    def said(self) -> list[tuple[str, str]]:
        """The names of what checks found, with what they say."""
        return [(finding.check, says(finding)) for finding in self.findings]

    @property
    def lines(self) -> int:
        """How high the field is, in lines."""
        return max(2, len(self.words or self.source) // 45 + 1)


def rows_of(job: Job, *, refused: dict[Place, str] | None = None, typed: dict[Place, str] | None = None) -> list[Row]:
    """Give the texts of a thing, in their order."""
    refused, typed = refused or {}, typed or {}
    terms, dismissed = terms_in(job.locale), dismissals_of(job)
    proposed = proposals_of(job)
    missing = [one.text for one in job.work if one.state == MISSING]
    offered = suggestions(missing, job.locale) if missing else {}
    return [
        Row(
            number,
            one,
            label_of(job.source, one.text),
            refused.get(one.text.place, ""),
            typed.get(one.text.place) if one.text.place in refused else None,
            open_findings(one, job.locale, terms, dismissed),
            offered.get(one.text.digest, []) if one.state == MISSING else [],
            [shown(words, is_rich=one.text.is_rich) for words in proposed[one.text.path] if words != _words(one)],
            terms_of(one.text.words, terms),
        )
        for number, one in enumerate(job.work)
    ]


def _words(one: Worked) -> str:
    return one.translated.words if one.translated else ""


def label_of(source, text: Text) -> str:
    """Say what a text is: a field of the page, or a piece of its body."""
    first, *rest = text.path.split(".")
    field = source._meta.get_field(first)
    if first == "body":
        return _label_in_body(source, text, rest)
    if field.is_relation:
        inner = field.related_model._meta.get_field(rest[-1])
        return f"{field.related_model._meta.verbose_name}: {inner.verbose_name}"
    name = str(field.verbose_name)
    label = name[:1].upper() + name[1:]
    return f"{label}, {ELEMENTS[text.element]}" if text.element in ("li", "h3", "h4") else label


def _label_in_body(source, text: Text, rest: list[str]) -> str:
    block = next((one for one in source.body if one.id == text.block), None)
    if block is None:
        return _("Text")
    kind = block.block.label
    if len(rest) > 1:
        return f"{kind}: {block.block.child_blocks[rest[1]].label}"
    element = ELEMENTS.get(text.element, "")
    return str(element) if block.block_type == "text" else f"{kind}: {element}"
