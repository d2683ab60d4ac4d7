"""Every address has the headers of its row: each route, each kind of released file, each error; and no cookie."""

import re
from base64 import b64encode
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as real
from django.db import OperationalError, transaction
from django.http import HttpResponse
from django.test import Client

from api.headers import CSP, NAMES, PLACES, REFERRER, TABLE, TLS, Kind, headers_of, kind_at
from api.releases.server import PublicSite
from cms.publishing.publish import publish
from tests.cms.roles.addresses import address_of, every_route, routes, subjects
from tests.cms.roles.people import furnished_site, somebody
from tests.releases import publish_everything, released
from tests.wsgi import Answer
from toolkit.models import Mark

pytestmark = pytest.mark.django_db

# What each route answers with: the row of an HTML answer, and of any other. The first beginning that fits counts.
ROUTES = {
    "admin/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/preview/": (
        Kind.PREVIEW,
        Kind.FILE,
    ),
    "admin/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/": (
        Kind.EDITOR,
        Kind.FILE,
    ),
    "admin/pages/<int:page_id>/edit/preview/": (Kind.PREVIEW, Kind.FILE),
    "admin/pages/<int:page_id>/edit/": (Kind.EDITOR, Kind.FILE),
    "admin/pages/<int:page_id>/view_draft/": (Kind.PREVIEW, Kind.FILE),
    "admin/pages/<int:page_id>/revisions/<int:revision_id>/view/": (Kind.PREVIEW, Kind.FILE),
    "admin/pages/workflow/preview/": (Kind.PREVIEW, Kind.FILE),
    "admin/block-preview/": (Kind.PREVIEW, Kind.FILE),
    "admin/translations/<str:code>/<uuid:key>/preview/": (Kind.PREVIEW, Kind.FILE),
    "admin/start/handbook/": (Kind.PAGE, Kind.FILE),
    "admin/": (Kind.ADMIN, Kind.FILE),
    "api/": (Kind.PAGE, Kind.API),
    "draft/<str:token>/media/": (Kind.DRAFT, Kind.MEDIA),
    "draft/": (Kind.DRAFT, Kind.FILE),
    "^media/": (Kind.PAGE, Kind.UPLOAD),
    "^(?:assets/[^/]+|widget/v1/.+)$": (Kind.PAGE, Kind.WIDGET),
    "en/score/": (Kind.OWN_PAGE, Kind.FILE),
    "en/give/": (Kind.OWN_PAGE, Kind.FILE),
    "en/feedback/": (Kind.OWN_PAGE, Kind.FILE),
    "en/embed/frame/style.css": (Kind.PAGE, Kind.WIDGET),
    "en/embed/frame/": (Kind.FRAME, Kind.FILE),
    "en/embed/": (Kind.EMBED, Kind.FILE),
    r"en/^((?:[\w\-]+/)*)$": (Kind.PAGE, Kind.FILE),
}
# Those that stand for no other, however they begin.
ALONE = {"": (Kind.PAGE, Kind.FILE), "styleguide/": (Kind.PAGE, Kind.FILE)}
# Of routes that are patterns, an address that fits.
OF_A_PATTERN = {
    "api/": "/api/there-is-no-such-thing",
    r"api/v1/^board/[\s\S]+$": "/api/v1/board/nothing/",
    r"^media/(?P<path>.+)$": "/media/images/nothing.png",
    "^(?:assets/[^/]+|widget/v1/.+)$": "/widget/v1/mark-scoring.js",
    r"en/^((?:[\w\-]+/)*)$": "/en/first-stage/",
    "en/give/^(?P<token>[A-Za-z0-9_-]{27})/$": f"/en/give/{'x' * 27}/",
}
PARTS = {
    "token": "x" * 27,
    "locale": "en",
    "code": "hearing",
    "action": "show",
    "kind": "csv",
    "path": "images/a.png",
}
PART = re.compile(r"<(?:(\w+):)?(\w+)>")


def public_routes() -> list[str]:
    return [route for route in every_route() if not route.startswith("admin/")]


def public_address(route: str) -> str:
    made = {"uuid": str(UUID(int=7)), "int": "1"}
    return OF_A_PATTERN.get(route) or "/" + PART.sub(lambda part: made.get(part[1]) or PARTS[part[2]], route)


def row_of(route: str) -> tuple[Kind, Kind]:
    """Give the two rows of a route. One that is not listed fails: say what it is, here and in api/headers.py."""
    found = ALONE.get(route) or next((kinds for start, kinds in ROUTES.items() if route.startswith(start)), None)
    assert found, f"{route}: which row of api/headers.py has it?"
    return found


def of_the_table(response) -> dict[str, str]:
    """Give those headers of a response that the table is about."""
    return {name: response.headers[name] for name in NAMES if name in response.headers}


def is_html(response) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def has_row(response, kinds: tuple[Kind, Kind]) -> bool:
    kind = kinds[0] if is_html(response) else kinds[1]
    return of_the_table(response) == (headers_of(kind, 0) if response.status_code != 304 else {})


@pytest.fixture(scope="module")
def made(starter_release, made_once):
    """The small site. The starter content's release is made before it takes that content's place."""

    def make() -> dict:
        found = subjects(furnished_site())
        publish_everything()
        return found

    return made_once(make)


@pytest.fixture
def site(made, settings):
    found, settings.RELEASES_DIR = made
    return found


@pytest.mark.parametrize("method", ["get", "head", "options", "post"])
def test_every_public_route_has_its_row_and_no_cookie(site, method):
    stranger = Client(raise_request_exception=False)
    for route in public_routes():
        response = getattr(stranger, method)(public_address(route))
        assert has_row(response, row_of(route)), (route, of_the_table(response))
        assert not response.cookies, route


def test_public_routes_are_more_than_errors(site):
    """What is walked over answers in all ways that there are."""
    stranger = Client()
    found = {stranger.get(public_address(route)).status_code for route in public_routes()}
    assert {200, 302, 401, 404, 405} <= found


def rules_of(policy: str) -> dict[str, str]:
    """Give the directives of a policy; `sandbox` alone has no value."""
    return {name: value for name, _, value in (rule.partition(" ") for rule in policy.split("; "))}


def allowed_inline(policy: str, directive: str) -> str:
    rules = rules_of(policy)
    return rules.get(f"{directive}-elem") or rules.get(directive) or rules["default-src"]


def refused_inline(response) -> list[str]:
    """Give what stands in a page and its own policy lets nobody run or see."""
    page, policy = BeautifulSoup(response.content, "lxml"), response.headers[CSP]
    found = []
    for tag in page.find_all(["script", "style"]):
        is_data = tag.name == "script" and ("src" in tag.attrs or "json" in tag.get("type", ""))
        digest = b64encode(sha256((tag.string or "").encode()).digest()).decode()
        allowed = allowed_inline(policy, f"{tag.name}-src")
        if not is_data and f"'sha256-{digest}'" not in allowed and "'unsafe-inline'" not in allowed:
            found.append(str(tag)[:200])
    handlers = page.find_all(lambda tag: any(name == "style" or name.startswith("on") for name in tag.attrs))
    return found + [str(tag)[:200] for tag in handlers]


def test_every_screen_of_the_admin_has_its_row_and_nothing_that_it_refuses(site):
    client, refused = Client(raise_request_exception=False), {}
    client.force_login(somebody("administrator"))
    cookies = client.cookies.copy()
    for route in routes():
        with transaction.atomic():
            response = client.get(address_of(route, site))
            transaction.set_rollback(True)
        client.cookies = cookies.copy()
        assert has_row(response, row_of(route)), (route, of_the_table(response))
        if is_html(response) and not response.streaming and (found := refused_inline(response)):
            refused[route] = found
    assert refused == {}


def test_every_released_file_has_its_row(starter_release):
    site = PublicSite(lambda environ, start_response: pytest.fail(environ["PATH_INFO"]), starter_release)
    special = {"/api/": Kind.API, "/widget/": Kind.WIDGET, "/media/": Kind.MEDIA, "/sw.js": Kind.WORKER}
    kinds = set()
    for path, entry in released(starter_release).items():
        if entry.sha256 and path.startswith("/"):
            other = next((kind for start, kind in special.items() if path.startswith(start)), Kind.FILE)
            kind = Kind.PAGE if entry.type == "text/html" else other
            assert of_the_table(Answer(site, path)) == TABLE[kind], path
            kinds.add(kind)
    assert kinds == {Kind.PAGE, Kind.API, Kind.WIDGET, Kind.MEDIA, Kind.WORKER, Kind.FILE}


def test_known_file_takes_no_header_from_what_is_kept(starter_release, settings):
    settings.RELEASES_DIR = starter_release
    site = PublicSite(lambda *_: pytest.fail("not there"), starter_release)
    for path in ("/en/", "/api/v1/en/", "/widget/v1/mark-scoring.js"):
        tag = Answer(site, path).headers["ETag"]
        assert of_the_table(Answer(site, path, if_none_match=tag)) == {}
        again = Client().get(path, headers={"if-none-match": tag})
        assert (again.status_code, of_the_table(again)) == (304, {})


def test_file_of_the_admin_has_its_row(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "admin.css").write_text("p { margin: 0 }")
    for path, status in (("/static/admin.css", 200), ("/static/nothing.css", 404)):
        response = Client().get(path)
        assert response.status_code == status
        assert has_row(response, (Kind.PAGE, Kind.FILE))
        assert "Access-Control-Allow-Origin" not in response


def test_answer_about_health_has_its_row(releases):
    for host in ("testserver", "10.0.0.7"):
        response = Client().get("/healthz", headers={"host": host})
        assert (response.status_code, of_the_table(response)) == (200, TABLE[Kind.FILE])


def test_own_uploads_are_for_nobody_elses_pages(site):
    """The browser of somebody who is logged in would send their cookie for them."""
    client = Client()
    client.force_login(somebody("administrator"))
    (real.MEDIA_ROOT / "own.png").write_bytes(b"\x89PNG")
    response = client.get("/media/own.png")
    assert (response.status_code, response["Cross-Origin-Resource-Policy"]) == (200, "same-origin")


BROKEN = ("/en/embed/", "api.widget.views.read")


@pytest.mark.parametrize(("error", "status"), [(ValueError("broken"), 500), (OperationalError("away"), 503)])
def test_apology_has_the_row_of_its_address(releases, monkeypatch, error, status):
    def fails(*_):
        raise error

    monkeypatch.setattr(BROKEN[1], fails)
    response = Client(raise_request_exception=False).get(BROKEN[0])
    assert (response.status_code, of_the_table(response)) == (status, TABLE[Kind.EMBED])


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/en/", Kind.PAGE), ("/api/v1/", Kind.API), ("/admin/", Kind.ADMIN), ("/en/score/", Kind.OWN_PAGE)],
)
def test_wrong_host_has_the_row_of_its_address(releases, path, kind):
    response = Client().get(path, headers={"host": "evil.example"})
    assert (response.status_code, of_the_table(response)) == (400, TABLE[kind])


def test_forbidden_form_has_the_row_of_its_address(db):
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {})
    assert (response.status_code, of_the_table(response)) == (403, TABLE[Kind.ADMIN])
    assert refused_inline(response) == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/en/nothing/", Kind.PAGE), ("/nothing", Kind.PAGE), ("/api/v1/en/marks/nothing/", Kind.API)],
)
def test_what_is_not_there_has_the_row_of_its_address(releases, path, kind):
    response = Client().get(path)
    assert (response.status_code, of_the_table(response)) == (404, TABLE[kind])


def test_what_is_elsewhere_or_gone_has_the_row_of_its_address(site):
    Mark.objects.get(code="hearing", locale__language_code="en").unpublish()
    speaking = Mark.objects.get(code="speaking", locale__language_code="en")
    speaking.slug = "talking"
    speaking.save_revision().publish()
    publish()
    for path, status, kind in (
        ("/", 302, Kind.PAGE),
        ("/en", 301, Kind.PAGE),
        ("/admin", 301, Kind.ADMIN),
        ("/en/first-stage/speaking/", 301, Kind.PAGE),
        ("/en/first-stage/hearing/", 410, Kind.PAGE),
        ("/api/v1/en/marks/hearing/", 410, Kind.API),
    ):
        response = Client().get(path)
        assert (response.status_code, of_the_table(response)) == (status, TABLE[kind]), path


def test_only_tls_is_asked_to_stay_with_tls(releases, settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_SSL_REDIRECT = 600, True
    plain, secure = Client().get("/en/score/"), Client().get("/en/score/", secure=True)
    assert (plain.status_code, TLS in plain.headers) == (301, False)
    assert of_the_table(plain) == TABLE[Kind.OWN_PAGE]
    assert of_the_table(secure) == {**TABLE[Kind.OWN_PAGE], TLS: "max-age=600"}


def test_view_cannot_set_a_header_of_the_table(releases, monkeypatch):
    own = HttpResponse("hello", headers={REFERRER: "unsafe-url", "X-Frame-Options": "ALLOWALL"})
    monkeypatch.setattr("api.widget.views.render", lambda *_: own)
    assert of_the_table(Client().get("/en/embed/frame/")) == TABLE[Kind.FRAME]


def test_no_policy_lets_in_what_is_unsafe():
    for kind, row in TABLE.items():
        rules = rules_of(row[CSP])
        assert rules["default-src"] == "'none'"
        assert {"base-uri", "form-action", "frame-ancestors"} <= rules.keys()
        assert "unsafe-eval" not in row[CSP]
        with_inline = [name for name, value in rules.items() if "unsafe-inline" in value]
        assert with_inline == (["style-src-elem"] if kind is Kind.EDITOR else [])


def test_only_the_frame_stands_on_other_sites():
    framed = {kind for kind, row in TABLE.items() if not row[CSP].endswith("frame-ancestors 'none'")}
    assert framed == {Kind.FRAME, Kind.PREVIEW}
    assert TABLE[Kind.PREVIEW][CSP].endswith("frame-ancestors 'self'")


DOCUMENT = (real.BASE_DIR / "docs" / "security-headers.md").read_text(encoding="utf-8")


def rows_below(heading: str) -> list[list[str]]:
    """Give the cells of the table below a heading of the document, without its head."""
    lines = DOCUMENT.split(f"\n## {heading}\n")[1].split("\n## ")[0].splitlines()
    rows = [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines if line[:1] == "|"]
    return rows[2:]


def test_document_shows_the_table():
    names = [name for name in NAMES if name not in (CSP, TLS, "Permissions-Policy")]
    shown = {
        kind: [row.get(name, "not sent") for name in names] + ["yes" if "Permissions-Policy" in row else "no"]
        for kind, row in TABLE.items()
    }
    assert {kind: cells for kind, *cells in rows_below("The table")} == shown


def test_document_shows_every_policy():
    assert dict(rows_below("The policies")) == {kind: row[CSP] for kind, row in TABLE.items()}


def test_document_shows_every_place():
    """By an example of each: what is a page there, and what is anything else."""
    shown, first = rows_below("Which address has which row"), set()
    for path, html, other in shown:
        assert [kind_at(path, "text/html"), kind_at(path, "text/css")] == [html, other], path
        first.add(next((place for place, *_ in PLACES if re.fullmatch(place, path)), "elsewhere"))
    assert first == {place for place, *_ in PLACES} | {"elsewhere"}


def test_new_route_needs_a_row():
    with pytest.raises(AssertionError, match="which row"):
        row_of(f"en/{uuid4()}/")
