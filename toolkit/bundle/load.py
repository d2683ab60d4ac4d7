"""Loading content files into the site: what is there already stays as it is."""

import re
from collections.abc import Callable
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from wagtail.models import Locale, Page, Site

from toolkit import locales
from toolkit.bundle.format import BlockText, PageFile, parent_code, read_folder
from toolkit.consent import Consent, Naming
from toolkit.documents.library import page_types
from toolkit.models import Home, IdeaCredit, Quote
from toolkit.models.home import PROMPTS

STARTER = Path(__file__).parent.parent / "starter"
# A link in a file names a page by its type and code.
PAGE_LINK = re.compile(r'<a href="(?P<type>[a-z]+):(?P<code>[a-z0-9-]+)">')
GUIDES = "guide"


class MissingPage(ValueError):
    """A content file refers to a page that is neither in the files nor on the site."""


def load_folder(folder: Path = STARTER, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Load all content files of a folder as published pages, and give how many were new.

    `progress` is called after each page with how many are done, of how many.
    All or nothing: raises UnreadableFile or MissingPage with the site unchanged.
    """
    files = read_folder(folder)
    with transaction.atomic():
        make_locales()
        new = [(file, page) for file in files if (page := _add_page(file))]
        for done, (file, page) in enumerate(new, start=1):
            # Its children were added to other copies of it, and this one would save what it does not know of them.
            page.refresh_from_db()
            _fill(page, file)
            page.save_revision().publish()
            if progress:
                progress(done, len(new))
    return len(new)


def make_locales():
    """See to it that every locale of the settings is in the database."""
    for code in locales.codes():
        Locale.objects.get_or_create(language_code=code)


def page_class(file_type: str) -> type:
    """Give the page class for the `type` of a content file."""
    document_type = "page" if file_type == GUIDES else file_type
    return next(kind for kind in page_types() if kind.document_type == document_type)


def find_page(file_type: str, code: str, locale: str):
    """Give the page with this type and code in this locale, else in the source locale, else None.

    The type `page` finds any page that is not a stage, mark, quote, idea or term.
    """
    kinds = page_types() if file_type == "page" else [page_class(file_type)]
    for language in (locale, locales.source()):
        for kind in kinds:
            if found := kind.objects.filter(code=code, locale__language_code=language).first():
                return found
    return None


def _add_page(file: PageFile):
    """Add the page of a file, unpublished and with its text still empty; None when it is there already."""
    kind = page_class(file.type)
    locale = Locale.objects.get(language_code=file.locale)
    if kind.objects.filter(code=file.code, locale=locale).exists():
        return None
    page = kind(
        title=file.fields["title"],
        code=file.code,
        slug=file.code if file.type != "toolkit" else f"home-{file.locale}",
        locale=locale,
        # The same on every site that loads these files, so that their documents are the same, too.
        translation_key=uuid5(NAMESPACE_URL, f"mark-of-co-production:{file.type}:{file.code}"),
        live=False,
    )
    return _add_home(page) if file.type == "toolkit" else _parent(file, locale).add_child(instance=page)


def _parent(file: PageFile, locale: Locale):
    code = parent_code(file)
    for kind in page_types():
        if found := kind.objects.filter(code=code, locale=locale).first():
            return found
    raise MissingPage(f"{file.path}: there is no page “{code}” that it could stand below.")


def _add_home(page: Home):
    """Add the home page, and make it the root of the site in place of the page that Wagtail comes with."""
    root = Page.get_first_root_node()
    root.add_child(instance=page)
    if page.locale.language_code == locales.source():
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
        old_root, site.root_page = site.root_page if site.root_page_id else None, page
        site.save()
        if old_root and old_root.specific_class is Page:
            old_root.delete()
    return page


def _fill(page, file: PageFile):
    """Give a page the fields and the text of its file."""
    FILLERS.get(file.type, _fill_text)(page, file)


def _fill_text(page, file: PageFile):
    page.summary = file.fields["summary"]
    page.body = [_block(block, file) for block in file.blocks]


def _fill_home(page, file: PageFile):
    _fill_text(page, file)
    for name in PROMPTS:
        setattr(page, f"prompt_{name}", file.fields["prompts"][name])


def _fill_quote(page: Quote, file: PageFile):
    page.words = _linked(file.html, file)
    page.kind = file.fields["kind"]
    page.name, page.year = file.fields.get("credit", ""), file.fields.get("year")
    page.naming, page.consent = Naming.ILLUSTRATIVE, Consent.NOT_NEEDED


def _fill_term(page, file: PageFile):
    page.meaning = _linked(file.html, file)


def _fill_idea(page, file: PageFile):
    _fill_text(page, file)
    for name in ("kind", "time", "group_size", "setting", "source", "source_url"):
        setattr(page, name, str(file.fields.get(name) or ""))
    served = [("stage", code) for code in file.fields.get("stages") or []]
    served += [("mark", code) for code in file.fields.get("marks") or []]
    page.serves = [(kind, _referred(kind, code, file)) for kind, code in served]
    page.credits = [
        IdeaCredit(
            name=credit["name"],
            year=credit.get("year"),
            naming=Naming.ILLUSTRATIVE,
            consent=Consent.NOT_NEEDED,
            locale=page.locale,
            sort_order=place,
        )
        for place, credit in enumerate(file.fields.get("credits") or [])
    ]


FILLERS = {"toolkit": _fill_home, "quote": _fill_quote, "term": _fill_term, "idea": _fill_idea}


def _block(block: BlockText, file: PageFile) -> tuple:
    if block.type in ("quote", "idea"):
        return block.type, _referred(block.type, block.code, file)
    html = _linked(block.html, file)
    if block.type == "citation":
        return block.type, {
            "text": html,
            "source": block.attributes["source"],
            "url": block.attributes.get("url", ""),
        }
    return block.type, html


def _referred(page_type: str, code: str, file: PageFile):
    page = find_page(page_type, code, file.locale)
    if page is None:
        raise MissingPage(f"{file.path}: there is no {page_type} with the code “{code}”.")
    return page


def _linked(html: str, file: PageFile) -> str:
    """Turn links that name a page by type and code into Wagtail's links by id."""

    def link(match):
        return f'<a linktype="page" id="{_referred(match["type"], match["code"], file).id}">'

    return PAGE_LINK.sub(link, html)
