"""From classified lines to drafts: a stage, its marks, quotes, notes and ideas. Nothing here publishes anything."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import escape
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext, ngettext
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from toolkit.blocks import referenced_ids
from toolkit.consent import Consent, Naming
from toolkit.documents.richtext import plain_text
from toolkit.importing.rules.lines import Classified
from toolkit.importing.rules.roles import is_role
from toolkit.models import Home, Idea, IdeaCredit, Lake, Mark, Quote, Stage, Voices
from toolkit.models.lake import IdeaKind
from toolkit.models.voices import Kind
from toolkit.withdrawal.tombstones import withdrawn_among
from toolkit.withdrawal.words import normal

# What becomes part of a page's body.
CONTENT = ("explanation", "subheading", "quote", "example", "tip", "credit", "note")


class UnableToImport(Exception):
    """The site is not ready for this import; the message says what to do."""


class NoTitle(UnableToImport):
    """Nothing in the document names a stage."""


@dataclass
class Section:
    """What belongs to one page: the stage itself (title None) or a mark."""

    title: str | None
    lines: list[Classified] = field(default_factory=list)


@dataclass(frozen=True)
class Drafted:
    """A page that has a new draft: made just now, or there before."""

    page: Page
    is_new: bool


@dataclass
class Report:
    """What an import made, and what it found there already: sentences for a person, and the pages."""

    made: list[str] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    drafted: list[Drafted] = field(default_factory=list)

    def say_made(self, sentence: str, page: Page, *, is_new: bool):
        self.made.append(sentence)
        self.drafted.append(Drafted(page, is_new))


def sections(lines: Sequence[Classified]) -> list[Section]:
    """Sort lines by the page that they belong to: the stage first, then the marks in their order."""
    found = {None: Section(None)}
    for line in lines:
        section = found.setdefault(line.mark, Section(line.mark))
        if line.kind in CONTENT:
            section.lines.append(line)
    return list(found.values())


def page_title(lines: Sequence[Classified]) -> str:
    """Give the title of the page: its first heading. Raises NoTitle when it has none."""
    for line in lines:
        if line.kind == "heading":
            return line.text
    raise NoTitle(gettext("The document has no title that could name a stage. Say which stage it is."))


def import_drafts(lines: Sequence[Classified], *, locale: str, stage: str | None = None, user=None) -> Report:
    """Make drafts of classified lines, below the home page of a locale, and say what was made.

    `stage` is the code or the title of the stage to fill; without it, the document's title decides. Pages that
    exist get a new draft beside their public version; what they hold already is not added again. `user` is who does
    it, and must have the right to; without one, nobody is asked. Everything or nothing: raises UnableToImport with
    the site unchanged.
    """
    with transaction.atomic():
        return _Import(locale, Report(), user).run(lines, stage)


def find_stage(name: str, *, locale: str) -> Stage | None:
    """Give the stage of a locale that has a code or title, None where an import would make a new one."""
    home = Home.objects.filter(locale__language_code=locale).first()
    return _find(Stage, name, home) if home and name else None


def _find(kind, name: str, parent):
    for page in kind.objects.child_of(parent):
        if name.casefold() in (page.title.casefold(), page.code) or slugify(name) == page.code:
            return page
    return None


@dataclass
class _Import:
    locale_code: str
    report: Report
    user: object | None = None

    def run(self, lines, stage_name) -> Report:
        self.home = Home.objects.filter(locale__language_code=self.locale_code).first()
        if self.home is None:
            text = gettext("There is no home page in “{code}” yet. Make one in the admin first.")
            raise UnableToImport(text.format(code=self.locale_code))
        self.locale = Locale.objects.get(language_code=self.locale_code)
        self.credits = {line.credits: line for line in lines if line.kind == "credit" and line.credits}
        stage_section, *mark_sections = sections(lines)
        stage = self._page(Stage, stage_name or page_title(lines), self.home, stage_section)
        for section in mark_sections:
            self._page(Mark, section.title, stage, section)
        return self.report

    def _page(self, kind, name: str, parent, section: Section):
        """Give the draft of a stage or mark, made or found, with the section's lines in its body."""
        page = _find(kind, name, parent)
        is_new = page is None
        if is_new:
            summary = self._summary(section) or name
            page = kind(title=name, summary=summary, locale=self.locale, live=False)
            self._add(page, parent)
        else:
            page = page.get_latest_revision_as_object()
        added = self._add_blocks(page, section)
        if added and not is_new:
            self._check_may_edit(page)
        if is_new or added:
            page.save_revision(user=self.user)
        self._say(page, is_new, added)
        return page

    def _add(self, page, parent):
        """Add a page below another, if they may who do this, and if its title will do."""
        if self.user and not parent.permissions_for_user(self.user).can_add_subpage():
            raise UnableToImport(gettext("You may not add pages below “{title}”.").format(title=parent.title))
        page.owner = self.user
        try:
            parent.add_child(instance=page)
        except ValidationError as error:
            text = gettext("“{title}” cannot be the title of a page: {why}")
            why = " ".join(error.messages)
            raise UnableToImport(text.format(title=Truncator(page.title).chars(100), why=why)) from error

    def _check_may_edit(self, page):
        if self.user:
            rights = Page.objects.get(pk=page.pk).permissions_for_user(self.user)
            if not rights.can_edit() or rights.page_locked():
                raise UnableToImport(gettext("You may not change “{title}”.").format(title=page.title))

    def _say(self, page, is_new: bool, added: int):
        about = {"kind": page._meta.verbose_name, "title": page.title, "pieces": _pieces(added)}
        if is_new:
            made = gettext("{kind} “{title}”: a new draft with {pieces}").format(**about)
            self.report.say_made(made, page, is_new=True)
        elif added:
            made = gettext("{kind} “{title}”: {pieces} added to its draft").format(**about)
            self.report.say_made(made, page, is_new=False)
        else:
            self.report.there.append(gettext("{kind} “{title}”: everything is there already").format(**about))

    def _summary(self, section: Section) -> str:
        return _first_sentence(next((line.text for line in section.lines if line.kind == "explanation"), ""))

    def _add_blocks(self, page, section: Section) -> int:
        """Add to a page's body what it does not hold yet, and give how many pieces."""
        there = set(_known_texts(page.body))
        passages = [line for line in section.lines if line.kind != "credit"]
        new = self._without_withdrawn([line for line in passages if normal(line.text) not in there])
        for is_text, group in groupby(new, key=self._is_plain_text):
            if is_text:
                page.body.append(("text", RichText(_text_html(list(group)))))
            else:
                page.body.extend([self._block(line, page) for line in group])
        return len(new)

    def _without_withdrawn(self, lines: list[Classified]) -> list[Classified]:
        """Leave out what somebody has taken back on this site: it does not come again with a document."""
        taken_back = withdrawn_among([line.text for line in lines])
        self.report.there += ["words that the person who said them has taken back: left out"] * len(taken_back)
        return [line for line in lines if line.text not in taken_back]

    def _is_plain_text(self, line: Classified) -> bool:
        return line.kind == "subheading" or (line.kind == "explanation" and line.line not in self.credits)

    def _block(self, line: Classified, page) -> tuple:
        """Give the block of a line that stands by itself: a quote, an idea, a tip, a note, or words with a credit."""
        if line.kind == "quote":
            return "quote", self._quote(line)
        if line.kind == "example":
            return "idea", self._idea(line, page)
        if line.kind in ("tip", "note"):
            return line.kind, RichText(_text_html([line]))
        said_by = self.credits[line.line]
        source = ", ".join(str(part) for part in (said_by.credit, said_by.year) if part)
        return "citation", {"text": RichText(_text_html([line])), "source": source, "url": ""}

    def _quote(self, line: Classified) -> Quote:
        """Give the quote with these words: the one that is there, or a new draft that waits for consent."""
        words = normal(line.text)
        if quote := self._quotes.get(words):
            self.report.there.append(gettext("quote “{title}”: is there already").format(title=quote.title))
            return quote
        self._quotes[words] = self._new_quote(line, self._voices)
        return self._quotes[words]

    @cached_property
    def _quotes(self) -> dict[str, Quote]:
        """The quotes of this language by their words."""
        quotes = Quote.objects.child_of(self._voices)
        return {normal(plain_text(quote.words, length=MANY)): quote for quote in quotes}

    def _new_quote(self, line: Classified, voices: Voices) -> Quote:
        said_by = self.credits.get(line.line, line)
        name = said_by.credit or ""
        quote = Quote(
            title=_short_title(line.text),
            words=_text_html([line]),
            kind=line.quote_kind or Kind.OBSERVATION,
            naming=_naming(name),
            name=name,
            year=said_by.year,
            consent=Consent.ASKED,
            locale=self.locale,
            live=False,
        )
        self._add(quote, voices)
        quote.save_revision(user=self.user)
        made = gettext("quote “{title}”: a new draft, waiting for consent").format(title=quote.title)
        self.report.say_made(made, quote, is_new=True)
        return quote

    @cached_property
    def _voices(self) -> Voices:
        return self._room(Voices, gettext("There is no page for all voices yet. Make one in the admin first."))

    def _idea(self, line: Classified, page) -> Idea:
        """Give the example of the Lake of ideas with these words: the one that is there, or a new draft."""
        words = normal(line.text)
        if idea := self._examples.get(words):
            self.report.there.append(gettext("idea “{title}”: is there already").format(title=idea.title))
            return idea
        self._examples[words] = self._new_idea(line, page)
        return self._examples[words]

    @cached_property
    def _examples(self) -> dict[str, Idea]:
        """The examples of this language by each text in them."""
        examples = Idea.objects.child_of(self._lake).filter(kind=IdeaKind.EXAMPLE)
        return {text: idea for idea in examples for text in _own_texts(idea.body)}

    def _new_idea(self, line: Classified, page) -> Idea:
        idea = Idea(
            title=_short_title(line.text),
            summary=_first_sentence(line.text),
            kind=IdeaKind.EXAMPLE,
            body=[("text", RichText(_text_html([line])))],
            serves=[(page.document_type, page)],
            locale=self.locale,
            live=False,
        )
        said_by = self.credits.get(line.line, line)
        if said_by.credit:
            who = {"name": said_by.credit, "naming": _naming(said_by.credit), "year": said_by.year}
            idea.credits = [IdeaCredit(**who, consent=Consent.ASKED, locale=self.locale)]
        self._add(idea, self._lake)
        idea.save_revision(user=self.user)
        made = gettext("idea “{title}”: a new draft in the Lake of ideas").format(title=idea.title)
        self.report.say_made(made, idea, is_new=True)
        return idea

    @cached_property
    def _lake(self) -> Lake:
        return self._room(Lake, gettext("There is no Lake of ideas yet. Make one in the admin first."))

    def _room(self, kind, if_none: str):
        room = kind.objects.child_of(self.home).first()
        if room is None:
            raise UnableToImport(if_none)
        return room


MANY = 1_000_000  # letters: as good as all


def _pieces(count: int) -> str:
    return ngettext("{count} piece of text", "{count} pieces of text", count).format(count=count)


def _first_sentence(text: str) -> str:
    return Truncator(re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]).chars(300)


def _short_title(text: str) -> str:
    """Give the first words of a text, without a stop before the dots."""
    return re.sub(r"[^\w)”’\"']+…$", "…", Truncator(Truncator(text).words(7)).chars(200))


def _naming(name: str) -> Naming:
    """Guess how somebody wants to be named from how they are named now; an editor asks before publishing."""
    if not name:
        return Naming.NOT_NAMED
    return Naming.ROLE if is_role(name) else Naming.FULL_NAME


def _text_html(lines: list[Classified]) -> str:
    """Give lines as headings, paragraphs and bullet lists."""
    parts = []
    for tag, group in groupby(lines, key=_tag):
        items = "".join(f"<{tag}>{escape(line.text)}</{tag}>" for line in group)
        parts.append(f"<ul>{items}</ul>" if tag == "li" else items)
    return "".join(parts)


def _tag(line: Classified) -> str:
    if line.kind == "subheading":
        return "h3"
    return "li" if line.bullet else "p"


def _known_texts(body):
    """Give the texts, paragraph by paragraph, that a body holds already, those of its quotes and ideas among them."""
    yield from _own_texts(body)
    for words in Quote.objects.filter(id__in=referenced_ids(body, "quote")).values_list("words", flat=True):
        yield from _paragraphs(words)
    for idea in Idea.objects.filter(id__in=referenced_ids(body, "idea")):
        yield from _own_texts(idea.body)


def _own_texts(body):
    values = [item["value"] for item in body.get_prep_value()]
    texts = [value["text"] if isinstance(value, dict) and "text" in value else value for value in values]
    for html in texts:
        if isinstance(html, str):
            yield from _paragraphs(html)


def _paragraphs(html: str):
    for paragraph in PARAGRAPH_END.split(html):
        yield normal(plain_text(paragraph, length=MANY))


PARAGRAPH_END = re.compile(r"</(?:p|li|h3|h4)>")
