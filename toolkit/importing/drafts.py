"""From classified lines to drafts: a stage, its marks, their quotes and notes. Nothing here publishes anything."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.db import transaction
from django.utils.html import escape
from django.utils.text import Truncator, slugify
from wagtail.models import Locale
from wagtail.rich_text import RichText

from toolkit.blocks import referenced_ids
from toolkit.consent import Consent, Naming
from toolkit.documents.richtext import plain_text
from toolkit.importing.rules.lines import Classified
from toolkit.importing.rules.roles import is_role
from toolkit.models import Home, Mark, Quote, Stage, Voices
from toolkit.models.voices import Kind


class UnableToImport(Exception):
    """The site is not ready for this import; the message says what to do."""


@dataclass
class Section:
    """What belongs to one page: the stage itself (title None) or a mark."""

    title: str | None
    lines: list[Classified] = field(default_factory=list)


@dataclass
class Report:
    """What an import made, and what it found there already: sentences for a person."""

    made: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)


def sections(lines: Sequence[Classified]) -> list[Section]:
    """Sort lines by the page that they belong to: the stage first, then the marks in their order."""
    found = {None: Section(None)}
    for line in lines:
        section = found.setdefault(line.mark, Section(line.mark))
        if line.kind in ("explanation", "quote", "credit", "note"):
            section.lines.append(line)
    return list(found.values())


def page_title(lines: Sequence[Classified]) -> str:
    """Give the title of the page: its first heading. Raises UnableToImport when it has none."""
    for line in lines:
        if line.kind == "heading":
            return line.text
    raise UnableToImport("The document has no title that could name a stage. Say which stage it is: --stage CODE")


def import_drafts(lines: Sequence[Classified], *, locale: str, stage: str | None = None) -> Report:
    """Make drafts of classified lines, below the home page of a locale, and say what was made.

    `stage` is the code or the title of the stage to fill; without it, the document's title decides. Pages that
    exist get a new draft beside their public version; what they hold already is not added again. Everything or
    nothing: raises UnableToImport with the site unchanged.
    """
    with transaction.atomic():
        return _Import(locale, Report()).run(lines, stage)


@dataclass
class _Import:
    locale_code: str
    report: Report

    def run(self, lines, stage_name) -> Report:
        self.home = Home.objects.filter(locale__language_code=self.locale_code).first()
        if self.home is None:
            raise UnableToImport(f"There is no home page in “{self.locale_code}” yet. Make one in the admin first.")
        self.locale = Locale.objects.get(language_code=self.locale_code)
        self.credits = {line.credits: line for line in lines if line.kind == "credit" and line.credits}
        stage_section, *mark_sections = sections(lines)
        stage = self._page(Stage, stage_name or page_title(lines), self.home, stage_section)
        for section in mark_sections:
            self._page(Mark, section.title, stage, section)
        return self.report

    def _page(self, kind, name: str, parent, section: Section):
        """Give the draft of a stage or mark, made or found, with the section's lines in its body."""
        page = self._find(kind, name, parent)
        is_new = page is None
        if is_new:
            summary = self._summary(section) or name
            page = kind(title=name, summary=summary, locale=self.locale, live=False)
            parent.add_child(instance=page)
        else:
            page = page.get_latest_revision_as_object()
        added = self._add_blocks(page, section)
        if is_new or added:
            page.save_revision()
        self._say(kind._meta.verbose_name, page.title, is_new, added)
        return page

    def _find(self, kind, name: str, parent):
        for page in kind.objects.child_of(parent):
            if name.casefold() in (page.title.casefold(), page.code) or slugify(name) == page.code:
                return page
        return None

    def _say(self, kind: str, title: str, is_new: bool, added: int):
        if is_new:
            self.report.made.append(f"{kind} “{title}”: a new draft with {_pieces(added)}")
        elif added:
            self.report.made.append(f"{kind} “{title}”: {_pieces(added)} added to its draft")
        else:
            self.report.there.append(f"{kind} “{title}”: everything is there already")

    def _summary(self, section: Section) -> str:
        first = next((line.text for line in section.lines if line.kind == "explanation"), "")
        sentence = re.split(r"(?<=[.!?])\s", first, maxsplit=1)[0]
        return Truncator(sentence).chars(300)

    def _add_blocks(self, page, section: Section) -> int:
        """Add to a page's body what it does not hold yet, and give how many pieces."""
        there = set(_known_texts(page.body))
        passages = [line for line in section.lines if line.kind != "credit"]
        new = [line for line in passages if _normal(line.text) not in there]
        for is_text, group in groupby(new, key=self._is_plain_text):
            if is_text:
                page.body.append(("text", RichText(_text_html(list(group)))))
            else:
                page.body.extend([self._block(line) for line in group])
        return len(new)

    def _is_plain_text(self, line: Classified) -> bool:
        return line.kind == "explanation" and line.line not in self.credits

    def _block(self, line: Classified) -> tuple:
        """Give the block of a line that stands by itself: a quote, a note, or words with a credit."""
        if line.kind == "quote":
            return "quote", self._quote(line)
        if line.kind == "note":
            return "note", RichText(_text_html([line]))
        source = self.credits[line.line].credit or ""
        return "citation", {"text": RichText(_text_html([line])), "source": source, "url": ""}

    def _quote(self, line: Classified) -> Quote:
        """Give the quote with these words: the one that is there, or a new draft that waits for consent."""
        voices = self._voices()
        for quote in Quote.objects.child_of(voices):
            if _normal(plain_text(quote.words, length=MANY)) == _normal(line.text):
                self.report.there.append(f"quote “{quote.title}”: is there already")
                return quote
        return self._new_quote(line, voices)

    def _new_quote(self, line: Classified, voices: Voices) -> Quote:
        said_by = self.credits.get(line.line, line)
        name = said_by.credit or ""
        quote = Quote(
            title=_short_title(line.text),
            words=_text_html([line]),
            kind=Kind.OBSERVATION,
            naming=_naming(name),
            name=name,
            year=said_by.year,
            consent=Consent.ASKED,
            locale=self.locale,
            live=False,
        )
        voices.add_child(instance=quote)
        quote.save_revision()
        self.report.made.append(f"quote “{quote.title}”: a new draft, waiting for consent")
        return quote

    def _voices(self) -> Voices:
        voices = Voices.objects.child_of(self.home).first()
        if voices is None:
            raise UnableToImport(
                "There is no page for all voices yet. Make one below the home page in the admin first."
            )
        return voices


MANY = 1_000_000  # letters: as good as all


def _pieces(count: int) -> str:
    return "1 piece of text" if count == 1 else f"{count} pieces of text"


def _short_title(text: str) -> str:
    """Give the first words of a text, without a stop before the dots."""
    return re.sub(r"[^\w)”’\"']+…$", "…", Truncator(text).words(7))


def _naming(name: str) -> Naming:
    """Guess how somebody wants to be named from how they are named now; an editor asks before publishing."""
    if not name:
        return Naming.NOT_NAMED
    return Naming.ROLE if is_role(name) else Naming.FULL_NAME


def _text_html(lines: list[Classified]) -> str:
    """Give lines as paragraphs and bullet lists."""
    parts = []
    for bullet, group in groupby(lines, key=lambda line: line.bullet):
        tag = "li" if bullet else "p"
        items = "".join(f"<{tag}>{escape(line.text)}</{tag}>" for line in group)
        parts.append(f"<ul>{items}</ul>" if bullet else items)
    return "".join(parts)


def _known_texts(body):
    """Give the texts, paragraph by paragraph, that a body holds already, those of its quotes among them."""
    quotes = Quote.objects.filter(id__in=referenced_ids(body, "quote")).values_list("words", flat=True)
    values = [item["value"] for item in body.get_prep_value()]
    texts = [value["text"] if isinstance(value, dict) and "text" in value else value for value in values]
    for html in [*quotes, *(text for text in texts if isinstance(text, str))]:
        for paragraph in PARAGRAPH_END.split(html):
            yield _normal(plain_text(paragraph, length=MANY))


PARAGRAPH_END = re.compile(r"</(?:p|li|h3|h4)>")


def _normal(text: str) -> str:
    """Give a text as it is compared: without regard to case, spacing and punctuation."""
    return " ".join(re.findall(r"\w+", text.casefold()))
