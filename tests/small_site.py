"""A small site for tests: a public page of every type, quick to make and always the same."""

from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from wagtail.models import Locale, Page

from toolkit.consent import Consent, Naming
from toolkit.documents.build import build_document
from toolkit.documents.library import Library, public_library
from toolkit.documents.reading import Reading
from toolkit.models import EasyRead, Glossary, Guide, Home, Idea, IdeaCredit, Lake, Mark, Quote, Stage, Term, Voices
from toolkit.models.home import PROMPTS

PUBLISHED = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def hide_all():
    """Take everything that is there off the site: what a test makes afterwards stands alone."""
    Page.objects.update(live=False)


def add(page_type, parent, code: str, **fields):
    """Add a published page below a parent."""
    return parent.add_child(instance=page_type(**{**said(code), **fields}))


def fresh(page):
    """Give a page as the database has it."""
    return Page.objects.get(pk=page.pk).specific


def said(code: str) -> dict:
    """Give what a page has in any case."""
    return {
        "title": code.replace("-", " ").capitalize(),
        "slug": code,
        "code": code,
        "locale": Locale.objects.get(language_code="en"),
        "translation_key": uuid5(NAMESPACE_URL, f"small-site:{code}"),
        "first_published_at": PUBLISHED,
        "last_published_at": PUBLISHED,
    }


def make_home() -> Home:
    """Make the home page out of the one that is there, for a language has only one; else a new one."""
    fields = {f"prompt_{name}": f"What about {name}?" for name in PROMPTS}
    fields |= {
        "summary": "A small toolkit.",
        "body": [],
        "live": True,
        "latest_revision": None,
        "live_revision": None,
    }
    home = Home.objects.filter(locale__language_code="en").first()
    if home is None:
        return add(Home, Page.get_first_root_node(), "small-home", **fields)
    for name, value in {**said("small-home"), **fields}.items():
        setattr(home, name, value)
    home.save()
    return home


def small_site() -> dict:
    """Make a site of one page of every type, and a second stage and mark; give the pages by their code."""
    hide_all()
    home = make_home()
    stage = add(Stage, home, "first-stage", summary="Where we begin.")
    later = add(Stage, home, "later-stage", summary="Where we end.")
    lake = add(Lake, home, "small-lake", summary="Ideas.")
    voices = add(Voices, home, "all-voices", summary="Voices.")
    glossary = add(Glossary, home, "words", summary="Words.")
    guide = add(
        Guide,
        home,
        "a-guide",
        summary="How to.",
        body=[("text", "<p>Read <b>this</b>. No jargon word is in it.</p>")],
    )
    term = add(Term, glossary, "jargon-word", meaning="<p>Hard to <i>follow</i>.</p>")
    words = "<p>They wrote it down, and then they did it.</p>"
    who = {"naming": Naming.ILLUSTRATIVE, "name": "Carer", "year": 2026, "consent": Consent.NOT_NEEDED}
    quote = add(Quote, voices, "it-happened", words=words, kind="ladder", **who)
    idea = add(Idea, lake, "tea-first", summary="Start with tea.", kind="icebreaker", time="10 minutes")
    idea.minutes, idea.people_from = 10, 3
    body = [("text", f'<p>See <a linktype="page" id="{term.id}">the word</a>.</p>'), ("quote", quote), ("idea", idea)]
    mark = add(Mark, stage, "hearing", summary="Being heard.", body=body)
    pair = ("pair", {"image": None, "text": "<p>One person <b>speaks</b>. The others listen.</p>"})
    easy = add(EasyRead, mark, "hearing-easy-read", slug="easy-read", summary="Being heard, in short.", body=[pair])
    second = add(Mark, stage, "speaking", summary="Being clear.")
    idea.serves = [("stage", stage), ("mark", mark)]
    idea.credits = [IdeaCredit(name="Anyone", year=2026, naming=Naming.ILLUSTRATIVE, locale=idea.locale)]
    idea.save()
    return {
        page.code: page
        for page in (home, stage, later, lake, voices, glossary, guide, term, quote, idea, mark, easy, second)
    }


def read_library() -> Library:
    """Read what is public now."""
    return public_library()


def document_of(page, library: Library | None = None, locale: str = "") -> dict:
    """Build the document of a page from what is public now."""
    library = library or read_library()
    found = library.versions(page.key).get(page.locale.language_code, page)
    return build_document(found, Reading(library, locale or found.locale.language_code))
