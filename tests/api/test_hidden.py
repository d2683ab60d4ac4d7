"""What is not public gets out nowhere: not in a list, a search, a suggestion or a file, nor by how it is refused."""

import json
from functools import partial
from io import StringIO
from itertools import product

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command

from api.content.parameters import FILTERS
from api.releases.server import PublicSite
from tests.hidden_site import hidden_site
from tests.needles import WORD, all_bytes, needles_in
from tests.releases import publish_everything, released
from tests.wsgi import Answer
from toolkit.documents.shapes import IDEA_KINDS, QUOTE_KINDS

pytestmark = pytest.mark.django_db

LOCALES = ("en", "cy")
PUBLIC = [
    "first-stage", "later-stage", "hearing", "speaking", "it-happened", "tea-first", "jargon-word", "small-lake",
    "all-voices", "words", "a-guide",
]  # fmt: skip
UNKNOWN = [
    "/api/v1/en/marks/no-such-thing/",
    "/api/v1/en/pages/hearing/",
    "/api/v1/xx/",
    "/api/v1/xx/marks/",
    "/api/v1/xx/marks/hearing/",
    "/api/v1/ar/",
    "/api/v1/EN/",
    "/api/v1/en/nothing/",
    "/api/v1/en/nothing/at/all/",
    "/api/v1/en/marks",
    "/api/v1/en/marks/hearing",
    "/api/v1//en/",
    "/api/v1/../v1/en/",
    "/api/v2/",
    "/api/",
    "/api/v1/xx/search/?q=tea",
    "/api/v1/xx/marks/?page=2",
    b"/api/v1/en/marks/\xff\xfe/",
    b"/api/v1/en/marks/\x00/",
    b"/api/v1/en/marks/%2e%2e/",
    "/api/v1/en/marks/" + "a" * 5000 + "/",
    "/api/v1/en/marks/ü/",
]


@pytest.fixture(scope="module")
def site(made_once):
    """The codes of what is hidden, all words that were hidden, and the folder of a release made beside them."""

    def make() -> tuple[list[str], list[str]]:
        codes = hidden_site()
        publish_everything()
        every_row = StringIO()
        call_command("dumpdata", exclude=["contenttypes"], stdout=every_row)
        return codes, needles_in(every_row.getvalue().encode())

    (codes, words), folder = made_once(make)
    return codes, words, folder


@pytest.fixture
def codes(site, settings) -> list[str]:
    """The codes of what is hidden, while the public is shown the rest."""
    settings.RELEASES_DIR = site[2]
    return site[0]


@pytest.fixture
def ask(codes, settings):
    """Asks the whole public side: what the release answers at once, and what is worked out."""
    return partial(Answer, PublicSite(WSGIHandler(), settings.RELEASES_DIR))


def told(ask, addresses) -> dict[str, list[str]]:
    """Give the needles that answers hold, by address; {} where there are none."""
    found = {}
    for address in addresses:
        answer = ask(address)
        assert answer.status in (200, 400, 404), address
        if seen := needles_in(json.dumps(answer.headers).encode() + answer.body):
            found[address] = seen
    return found


def questions(codes: list[str]) -> dict[str, list[str]]:
    """Give what can be asked of a list, by parameter: each value that there is, public or not."""
    asked = dict.fromkeys(("stage", "mark"), codes + PUBLIC)
    return asked | {"kind": QUOTE_KINDS + IDEA_KINDS, "page": ["1", "2"], "per_page": ["1", "100"]}


def test_needles_are_everywhere(site):
    codes, words, _folder = site
    assert len(codes) > 45
    assert len(words) > 500
    for part in ("consentnote", "alt", "caption", "transcript", "tag", "thanks", "bytes"):
        # Of what a file says, only its name is in the database.
        assert any(word.endswith(part) for word in words) or part == "bytes", part


def test_no_document_of_what_is_hidden(ask, codes):
    addresses = [f"/api/v1/{locale}/{name}/{code}/" for locale, name, code in product(LOCALES, FILTERS, codes)]
    assert {ask(address).status for address in addresses} == {404}
    assert told(ask, addresses) == {}


def test_public_documents_hold_no_needle(ask):
    outlines = ["/api/v1/", *(f"/api/v1/{locale}/" for locale in LOCALES)]
    addresses = [f"/api/v1/{locale}/{name}/{code}/" for locale, name, code in product(LOCALES, FILTERS, PUBLIC)]
    assert told(ask, outlines + addresses) == {}
    assert sum(ask(address).status == 200 for address in addresses) > 10


def test_no_list_holds_a_needle(ask, codes):
    addresses = [f"/api/v1/{locale}/{name}/" for locale, name in product(LOCALES, FILTERS)]
    for name, values in questions(codes).items():
        addresses += [f"{address}?{name}={value}" for address in addresses[: 2 * len(FILTERS)] for value in values]
    assert told(ask, addresses) == {}


def test_hidden_codes_filter_nothing(ask, codes):
    """A code that is not public is refused in the words in which one is that nothing has."""
    expected = ask("/api/v1/en/quotes/?mark=no-such-thing").body
    for code in codes:
        assert ask(f"/api/v1/en/quotes/?mark={code}").body == expected


def test_no_search_finds_a_needle(ask, site):
    words = [WORD[0] + word for word in site[1]]
    assert told(ask, [f"/api/v1/en/search/?q={word}" for word in words]) == {}
    assert told(ask, [f"/api/v1/cy/search/?q={word}" for word in words[::5]]) == {}


def test_no_search_suggests_a_needle(ask, site):
    """Neither a beginning nor a slip of the pen is completed to a word that is not public."""
    words = [WORD[0] + word for word in site[1][::3]]
    asked = [WORD[:most] for most in range(1, len(WORD))] + [word[:-1] for word in words]
    asked += [f"{word[:4]}x{word[5:]}" for word in words]
    found = [ask(f"/api/v1/{locale}/search/?q={word}").body for word in asked for locale in LOCALES]
    assert [answer for answer in found if json.loads(answer)["corrected"].startswith("zq")] == []
    assert [answer for answer in found if needles_in(answer)] == []


def test_word_beside_a_needle_finds_only_what_is_public(ask):
    answer = json.loads(ask(f"/api/v1/en/search/?q=tea {WORD}").body)
    assert answer["results"]
    assert needles_in(json.dumps(answer["results"]).encode()) == []


def test_pages_of_the_site_hold_no_needle(ask, site):
    addresses = [path for path, entry in released(site[2]).items() if path.startswith("/") and entry.status == 200]
    assert len(addresses) > 40
    assert told(ask, addresses) == {}


def test_no_byte_of_the_release_folder_is_a_needle(ask, site):
    """Looked at after everything was asked for, so that whatever is made for an answer is there as well."""
    ask("/api/v1/en/search/?q=tea")
    files = dict(all_bytes(site[2]))
    assert any(path.suffix == ".sqlite3" for path in files)
    assert any(path.suffix == ".br" for path in files)
    assert {path.name: seen for path, content in files.items() if (seen := needles_in(content))} == {}


def test_hidden_and_unknown_are_refused_with_the_same_bytes(ask, codes):
    """Whoever asks cannot tell what is not public from what is not there."""
    hidden = [f"/api/v1/{locale}/{name}/{code}/" for locale, name, code in product(LOCALES, FILTERS, codes)]
    answers = set()
    for answer in map(ask, UNKNOWN + hidden):
        # The one thing that no two answers have in common.
        del answer.headers["X-Request-ID"]
        answers.add((answer.status, answer.body, tuple(sorted(answer.headers.items()))))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404
