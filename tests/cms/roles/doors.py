"""Every address outside the admin, and what is asked at each: with a link and without, of one's own and of others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from api.feedback.own import key_of
from api.offers.rules import Offered
from api.offers.services import make_offer
from cms.accounts.invitations import invite
from cms.drafts.sharing import make_link
from cms.roles.groups import EDITORS
from tests.api.scoring.boards import Device, opened
from tests.cms.roles.people import somebody
from tests.hidden_site import picture
from tests.releases import released
from tests.small_site import fresh

# In the shape of a token, and nobody's.
GUESSED = "a" * 27
METHODS = ("get", "post", "put", "patch", "delete")
PARTICIPANT, KEEPER = "participant", "keeper of a board"


@dataclass(frozen=True)
class Door:
    """An address to ask at: its route, what makes it different from others of that route, and what is sent there.

    `{mine}` in an address is the token of whoever asks. `sent` is what is sent with each method: a form, or JSON.
    """

    route: str
    address: str
    what: str = ""
    sent: dict[str, dict] = field(default_factory=dict)
    is_json: bool = False

    def __str__(self) -> str:
        return f"{self.route} ({self.what})" if self.what else self.route


@dataclass(frozen=True)
class Behind:
    """What is there for all: the tokens by who holds them, and all doors."""

    tokens: dict[str, str]
    doors: list[Door]


def behind(pages: dict) -> Behind:
    """Make a board, with somebody else on it, another board, an offer, a draft, an invitation; give all doors."""
    device, keeper = opened(codes=["speaking", "hearing"], own_marks=["Ours"])
    other = device.joined("Other")
    for one in (device, other):
        one.answer(5)
    notes = {device: str(uuid4()), other: str(uuid4())}
    for one, note in notes.items():
        one.write("snake", "Words.", note=note)
    elsewhere, _keeper = opened(codes=["speaking"])
    doors = [*of_boards(device, notes[device], notes[other], elsewhere), *of_pages_of_boards(device, elsewhere)]
    doors += [*of_readers(pages), *of_drafts(pages), *of_content(), *of_files(), *of_accounts()]
    return Behind({PARTICIPANT: device.token, KEEPER: keeper.token}, doors)


def api(route: str, address: str, what: str = "", **sent) -> Door:
    return Door(f"api/v1/{route}", f"/api/v1/{address}", what, sent, is_json=True)


def of_boards(device: Device, note: str, of_other: str, elsewhere: Device) -> Iterator[Door]:
    board = device.board()
    mark, own = device.marks()[0], next(one["id"] for one in board["marks"] if not one["code"])
    link = board["invitation"]["path"].rstrip("/").rpartition("/")[2]
    theirs = elsewhere.marks()[0]
    opening = {"locale": "en", "codes": ["speaking"]}
    file = device.send("get", "/board/export.json").json()
    yield api("boards/", "boards/", post=opening)
    yield api("boards/bring-back/", "boards/bring-back/", post={"locale": "en", "file": file})
    for what, token in (("with its link", link), ("guessed", GUESSED)):
        yield api("boards/join/", "boards/join/", what, post={"locale": "en", "token": token})
    yield api("board/", "board/")
    yield api("^board/[\\s\\S]+$", "board/nowhere/")
    yield api("board/export.<str:kind>", "board/export.json")
    for what, one in (("", mark), ("of another board", theirs)):
        words = {"mark": one, "text": "Words."}
        yield api("board/answers/<uuid:mark>/", f"board/answers/{one}/", what, put={"answer": 5})
        yield api("board/agreed/<uuid:mark>/", f"board/agreed/{one}/", what, put={"answer": 5})
        yield api("board/notes/<uuid:note>/", f"board/notes/{uuid4()}/", f"new, {what}" if what else "new",
            put={**words, "kind": "snake"})  # fmt: skip
        yield api("board/dissents/<uuid:dissent>/", f"board/dissents/{uuid4()}/", what, put={**words, "score": 3})
    for what, one in (("their own", note), ("of somebody else", of_other)):
        body = {"mark": mark, "kind": "snake", "text": "Other words.", "version": 1}
        yield api("board/notes/<uuid:note>/", f"board/notes/{one}/", what, put=body)
    yield api("board/marks/<uuid:mark>/", f"board/marks/{uuid4()}/", "new", put={"title": "Ours, too"})
    yield api("board/marks/<uuid:mark>/", f"board/marks/{own}/", "there already", put={"title": "Ours, too"})
    yield api("board/show/", "board/show/")
    yield api("board/forget/", "board/forget/")
    yield api("board/rounds/<int:number>/", "board/rounds/2/")
    yield api("board/sheets/", "board/sheets/", post={"answers": {mark: 5}})
    yield api("board/hand-over/", "board/hand-over/", post={"locale": "en"})
    yield api("board/me/", "board/me/", put={"locale": "en"})
    yield api("board/joining/", "board/joining/", put={"open": False})
    yield api("board/code/", "board/code/")
    yield api("board/link/", "board/link/")
    yield api("board/end/", "board/end/", put={"months": 3})


def of_pages_of_boards(device: Device, elsewhere: Device) -> Iterator[Door]:
    invitation, mark = device.board()["invitation"], device.marks()[0]
    link = invitation["path"].rstrip("/").rpartition("/")[2]
    once = {"write": str(uuid4())}
    start = {**once, "codes": ["speaking"], "months": "3"}
    yield Door("en/score/", "/en/score/", sent={"post": start})
    yield Door("en/score/bring-back/", "/en/score/bring-back/")
    yield Door("en/score/join/", "/en/score/join/", "with a code", {"post": {**once, "code": invitation["code"]}})
    yield Door("en/score/join/", "/en/score/join/", "guessed", {"post": {**once, "code": "22222222"}})
    for what, token in (("with its link", link), ("guessed", GUESSED)):
        route, address = "en/score/join/<token:token>/", f"/en/score/join/{token}/"
        yield Door(route, address, what, {"post": {**once, "name": ""}})
    of = "en/score/board/<token:token>/"
    here = "/en/score/board/{mine}/"
    yield Door(of, here)
    yield Door(of + "<uuid:mark>/", f"{here}{mark}/")
    yield Door(of + "<uuid:mark>/", f"{here}{elsewhere.marks()[0]}/", "of another board")
    yield Door(of + "do/<slug:action>/", f"{here}do/rename/", "rename", {"post": {**once, "name": "New"}})
    yield Door(of + "do/<slug:action>/", f"{here}do/leave/", "leave", {"post": {**once, "sure": "on"}})
    yield Door(of + "hand-over/", f"{here}hand-over/", sent={"post": {**once, "name": ""}})
    yield Door(of + "paper/", f"{here}paper/", sent={"post": {**once, f"answer-{mark}": "5"}})
    yield Door(of + "sheet/", f"{here}sheet/")
    yield Door(of + "results/", f"{here}results/")
    yield Door(of + "export.<str:kind>", f"{here}export.csv")
    keep = "/en/score/keep/{mine}/"
    yield Door("en/score/keep/<token:token>/", keep, "a new link", {"post": once})
    yield Door("en/score/keep/<token:token>/", keep, "deleted", {"post": {"do": "delete", "sure": "on"}})


def of_readers(pages: dict) -> Iterator[Door]:
    fields = {"what": "snake", "title": "", "about": "", "language": "en", "naming": "not-named", "name": ""}
    offer = {**fields, "words": "They never asked us.", "consent": "yes", "website": "", "write": str(uuid4())}
    yield Door("en/give/", "/en/give/", sent={"post": offer})
    offered = Offered(**fields, words="They never asked us.", from_board=False)
    token = make_offer(offered=offered, agreed="Yes.", write=uuid4(), now=timezone.now())
    for what, one in (("with its link", token), ("guessed", GUESSED)):
        yield Door("en/give/^(?P<token>[A-Za-z0-9_-]{27})/$", f"/en/give/{one}/", what, {"post": {"sure": "yes"}})
    about = {"page": "mark/speaking", "clear": "no", "words": "", "website": ""}
    yield Door("en/feedback/", "/en/feedback/?page=mark/speaking", "", {"post": {**about, "step": ""}})
    for what, own in (("taken back with its key", key_of(1)), ("taken back, guessed", f"1:{GUESSED}")):
        yield Door("en/feedback/", "/en/feedback/", what, {"post": {**about, "step": "back", "own": own}})


def of_drafts(pages: dict) -> Iterator[Door]:
    page = fresh(pages["hearing"])
    page.body = [("image", {"image": picture("draft"), "alt": "A picture", "decorative": False, "caption": ""})]
    page.save_revision()
    _link, token = make_link(page=page, user=somebody("editor"), days=3, once=uuid4(), now=timezone.now())
    shown = Client().get(f"/draft/{token}/").content.decode()
    path = shown.partition(f"/draft/{token}/media/")[2].partition('"')[0].split()[0]
    hidden = picture("not", "in", "it").file.name
    for what, one in (("with its link", token), ("guessed", GUESSED)):
        yield Door("draft/<str:token>/", f"/draft/{one}/", what)
        yield api("drafts/<str:token>/", f"drafts/{one}/", what)
        yield Door("draft/<str:token>/media/<path:path>", f"/draft/{one}/media/{path}", what)
    yield Door("draft/<str:token>/media/<path:path>", f"/draft/{token}/media/{hidden}", "of no draft")


def of_content() -> Iterator[Door]:
    yield api("", "")
    for address in ("openapi.json", "docs/", "changes/?since=0"):
        yield api(address.partition("?")[0], address)
    yield Door("api/", "/api/nowhere/")
    yield api("<str:locale>/", "en/")
    yield api("<str:locale>/search/", "en/search/?q=tea")
    yield api("<str:locale>/widget/", "en/widget/")
    codes = {"stages": "first-stage", "marks": "speaking", "quotes": "it-happened", "ideas": "tea-first"}
    codes |= {"terms": "jargon-word", "pages": "a-guide", "easy-read": "speaking-easy-read"}
    for name, code in codes.items():
        yield api(f"<str:locale>/{name}/", f"en/{name}/")
        yield api(f"<str:locale>/{name}/<slug:code>/", f"en/{name}/{code}/", "public")
    yield api("<str:locale>/marks/<slug:code>/", "en/marks/listening/", "a draft")
    yield Door(r"en/^((?:[\w\-]+/)*)$", "/en/first-stage/", "public")
    yield Door(r"en/^((?:[\w\-]+/)*)$", "/en/process/listening/", "a draft")


def of_files() -> Iterator[Door]:
    paths = sorted(released(settings.RELEASES_DIR))
    asset = next(path for path in paths if path.startswith("/assets/"))
    widget = next(path for path in paths if path.startswith("/widget/v1/"))
    yield Door("", "/")
    yield Door("^(?:assets/[^/]+|widget/v1/.+)$", asset, "an asset")
    yield Door("^(?:assets/[^/]+|widget/v1/.+)$", widget, "the widget")
    yield Door("^media/(?P<path>.+)$", picture("private").file.url, "not public")
    yield Door("styleguide/", "/styleguide/")
    for address in ("embed/", "embed/frame/", "embed/frame/style.css"):
        yield Door(f"en/{address}", f"/en/{address}")
    yield Door("healthz", "/healthz")


def of_accounts() -> Iterator[Door]:
    """Where a link lets somebody into the admin who has no account yet."""
    who = {"email": "new@example.org", "first_name": "New", "last_name": "Person", "language": "en"}
    groups = [Group.objects.get(name=EDITORS)]
    _made, token = invite(by=somebody("administrator"), **who, groups=groups, now=timezone.now())
    password = dict.fromkeys(("new_password1", "new_password2"), "three apples fell up")
    for what, one in (("with its link", token), ("guessed", GUESSED)):
        yield Door("admin/invitation/<str:token>/", f"/admin/invitation/{one}/", what, {"post": password})
