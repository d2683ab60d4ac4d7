"""Requests of every kind through the whole application: nothing of what they were about is in the log."""

import json
import logging
from io import StringIO
from logging.config import DictConfigurator
from smtplib import SMTPRecipientsRefused
from uuid import uuid4

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.handlers.wsgi import WSGIHandler
from django.db import IntegrityError, connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from werkzeug.test import Client

from api.releases.server import PublicSite
from api.scoring.polling import Polling
from cms.accounts.invitations import Invitation
from cms.drafts.sharing import make_link
from cms.observing.requests import Logged

pytestmark = pytest.mark.django_db

# The lines of this file stand in tracebacks, so it has none of it as it is.
NETWORK, NEEDLE = "203.0.113.77", "zq" + "needle"
WORDS = (NEEDLE, NEEDLE.title(), NETWORK)
NIA, PASSWORD = f"nia@{NEEDLE}.example", f"{NEEDLE} fell up"
OURS = ("api", "cms", "toolkit")


class Visitor:
    """Somebody with a browser, behind a proxy; keeps what must not be told of them, and what they were answered."""

    def __init__(self, application):
        self.client, self.secrets = Client(application), set(WORDS)
        self.asked, self.statuses = [], []

    def ask(self, method: str, path: str, token: str = "", **given):
        headers = {
            "X-Forwarded-For": NETWORK,
            "User-Agent": NEEDLE,
            "Referer": f"http://localhost/{NEEDLE}/",
            "Cookie": f"other={NEEDLE}",
            "Idempotency-Key": str(uuid4()),
            **({"Authorization": f"Bearer {token}"} if token else {}),
            **given.pop("headers", {}),
        }
        self.asked.append((method, path, {"headers": headers, **given}))
        return self.open(*self.asked[-1])

    def open(self, method: str, path: str, given: dict):
        answer = self.client.open(path, method=method, **given)
        self.statuses.append(answer.status_code)
        return answer

    def post(self, path: str, **fields):
        """Send a form of the admin, as its own page would."""
        cookie = self.client.get_cookie("csrftoken")
        token = {"csrfmiddlewaretoken": cookie.value} if cookie else {}
        return self.ask("POST", path, data={**fields, **token})

    def knows(self, *secrets: str) -> list[str]:
        self.secrets |= set(secrets)
        return list(secrets)


@pytest.fixture
def logs():
    """The log as the settings would have it at its most talkative, in both formats."""
    made = DictConfigurator(settings.LOGGING)
    handlers = []
    for name in ("plain", "json"):
        handlers.append(logging.StreamHandler(StringIO()))
        handlers[-1].setFormatter(made.configure_formatter(settings.LOGGING["formatters"][name]))
        logging.root.addHandler(handlers[-1])
    levels = {name: logging.getLogger(name).level for name in (*OURS, "cms.access", "django.request")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield [handler.stream for handler in handlers]
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    for handler in handlers:
        logging.root.removeHandler(handler)


@pytest.fixture
def boss():
    return get_user_model().objects.create_superuser("zqneedleboss", "boss@zqneedle.example", PASSWORD)


@pytest.fixture
def visitor(starter_release, settings) -> Visitor:
    settings.BEHIND_PROXY, settings.RELEASES_DIR = True, starter_release
    application = PublicSite(Polling(WSGIHandler()), starter_release)
    return Visitor(Logged(application))


def visit_everything(visitor: Visitor, mark, boss):
    """Read, search, score, offer, log in, invite, and go wrong, each in several ways."""
    read_and_search(visitor)
    read_a_draft(visitor, mark, boss)
    score(visitor)
    offer_and_judge(visitor)
    work_in_the_admin(visitor, boss)


def read_and_search(visitor):
    ask = visitor.ask
    ask("GET", "/en/?from=zqneedle")
    ask("GET", "/en/search/?q=zqneedle")
    ask("GET", "/api/v1/en/search/?q=zqneedle")
    ask("GET", "/api/v1/en/marks/?stage=zqneedle")
    ask("GET", "/en/zqneedle/")
    ask("GET", "/api/zqneedle")
    ask("GET", "/media/zqneedle.jpg")
    ask("POST", "/en/zqneedle/")
    ask("GET", "/en/search/", headers={"Host": "zqneedle.example"})


def read_a_draft(visitor, mark, boss):
    _link, token = make_link(page=mark, user=boss, days=1, once=uuid4(), now=timezone.now())
    visitor.knows(token)
    assert visitor.ask("GET", f"/draft/{token}/").status_code == 200
    visitor.ask("GET", f"/api/v1/drafts/{token}/")
    visitor.ask("GET", "/draft/zqneedle/")


def score(visitor):
    board = {"locale": "en", "codes": ["listening"], "title": "zqneedle hall", "name": "Zqneedle"}
    made = visitor.ask("POST", "/api/v1/boards/", json=board).json
    token, keeper = visitor.knows(made["token"], made["keeper_token"])
    state = visitor.ask("GET", "/api/v1/board/", token).json
    [join] = visitor.knows(state["invitation"]["path"].rstrip("/").rpartition("/")[2])
    code = visitor.ask("POST", "/api/v1/board/code/", keeper).json
    visitor.knows(*filter(None, [code and code.get("code")]))
    mark = state["marks"][0]["id"]
    assert visitor.ask("PUT", f"/api/v1/board/answers/{mark}/", token, json={"answer": 7}).status_code == 204
    note = {"mark": mark, "kind": "snake", "text": "zqneedle", "version": 0}
    visitor.ask("PUT", f"/api/v1/board/notes/{uuid4()}/", token, json=note)
    visitor.ask("POST", "/api/v1/boards/join/", json={"code": "zqneedle", "name": "Zqneedle", "locale": "en"})
    visitor.ask("POST", "/api/v1/boards/join/", json={"token": join, "name": "Zqneedle", "locale": "en"})
    visitor.ask("PUT", "/api/v1/board/answers/zqneedle/", token, json={"answer": "zqneedle"})
    visitor.ask("GET", "/api/v1/board/export.csv", token)
    assert visitor.ask("GET", f"/en/score/board/{token}/").status_code == 200
    visitor.ask("GET", f"/en/score/board/{token}/results/")
    visitor.ask("GET", f"/en/score/join/{join}/")
    visitor.ask("GET", f"/en/score/keep/{keeper}/")
    visitor.ask("POST", "/en/score/join/", data={"code": "zqneedle"})


def offer_and_judge(visitor):
    visitor.ask("POST", "/en/give/", data={"words": "zqneedle", "name": "Zqneedle", "what": "ladder"})
    visitor.ask("GET", f"/en/give/{'z' * 20}zqneedl/")
    visitor.ask("POST", "/en/feedback/", data={"page": "mark/listening", "clear": "no", "words": "zqneedle"})


def work_in_the_admin(visitor, boss):
    [old] = visitor.knows("c8x3kt-0123456789abcdef")
    visitor.ask("POST", "/admin/login/", data={"username": "zqneedleboss", "password": "zqneedle"})
    visitor.ask("GET", "/admin/login/?next=/admin/zqneedle/")
    for password in (*["zqneedle"] * 2, PASSWORD):
        visitor.post("/admin/login/", username="zqneedleboss", password=password, next="/admin/")
    assert visitor.ask("GET", "/admin/pages/search/?q=zqneedle").status_code == 200
    who = {"email": "nia@zqneedle.example", "first_name": "Zqneedle", "last_name": "Z", "language": "en"}
    invited = visitor.post("/admin/people/invite/", **who, groups=Group.objects.first().pk)
    assert invited.status_code == 200
    assert Invitation.objects.filter(email="nia@zqneedle.example").exists()
    visitor.ask("GET", "/admin/invitation/zqneedletoken/")
    visitor.ask("GET", f"/admin/password_reset/confirm/MQ/{old}/")
    visitor.ask("GET", f"/admin/users/?q={boss.email}")
    visitor.ask("GET", "/admin/zqneedle/")


def failing(self, *arguments, **named):
    raise IntegrityError(f'duplicate key breaks "users"\nDETAIL:  Key (name)=({NEEDLE}) already exists.')


def refusing(*arguments, **named):
    raise SMTPRecipientsRefused({NIA: (550, NEEDLE.encode())})


def told(text: str, secrets: set[str]) -> list[str]:
    """Give the lines that tell a secret."""
    return [line for line in text.splitlines() if any(secret in line for secret in secrets)]


def test_log_tells_nothing_of_anybody(visitor, mark, boss, logs, monkeypatch):
    monkeypatch.setattr("cms.accounts.mail.send_mail", refusing)
    visit_everything(visitor, mark, boss)
    kinds = set(visitor.statuses)
    assert {200, 201, 204, 302, 400, 403, 404} <= kinds
    assert not {status for status in kinds if status >= 500}
    plain, lines = (stream.getvalue() for stream in logs)
    assert told(plain, visitor.secrets) == []
    assert told(lines, visitor.secrets) == []
    written = [json.loads(line) for line in lines.splitlines()]
    access = [line for line in written if line["logger"] == "cms.access"]
    assert [line["status"] for line in access] == visitor.statuses
    assert {"draft", "released", "en/score/board/<token:token>/", "wagtail_serve"} <= {
        line["route"] for line in access
    }
    assert [line["error"] for line in written if line["logger"] == "cms.accounts.mail"] == [
        "smtplib.SMTPRecipientsRefused"
    ]


def test_failures_tell_nothing_of_anybody(visitor, mark, boss, logs, monkeypatch):
    """The database fails each of the same requests, and says with which values."""
    visit_everything(visitor, mark, boss)
    for stream in logs:
        stream.truncate(0)
    with monkeypatch.context() as broken:
        broken.setattr(CursorWrapper, "execute", failing)
        # Whoever hears that the database fails opens another connection: this one has all that the test has made.
        broken.setattr(connection, "close", lambda: None)
        for one in list(visitor.asked):
            visitor.open(*one)
    plain, lines = (stream.getvalue().lstrip("\0") for stream in logs)
    assert told(plain, visitor.secrets) == []
    assert told(lines, visitor.secrets) == []
    broken = [line for line in map(json.loads, lines.splitlines()) if "IntegrityError" in line.get("traceback", "")]
    assert len({line.get("route") for line in broken}) > 12
