"""A message goes to the server it is meant for, once, and to no other; no server can keep the sender busy."""

import socket
from time import monotonic

import pytest

from cms.webhooks import sending
from cms.webhooks.problems import Problem
from cms.webhooks.sending import Answer, send
from tests.cms.webhooks.receivers import CERTIFICATE, silence


def sent(url: str, *, allow_private=True, body=b'{"type":"test"}') -> Answer:
    return send(url=url, headers={"webhook-id": "msg_1"}, body=body, allow_private=allow_private)


def test_message_arrives_as_it_was_sent(receiver):
    server = receiver()
    assert sent(server.url(), body=b"Gwrando") == Answer(200, None)
    [message] = server.received
    assert (message.path, message.body) == ("/hook?for=us", b"Gwrando")
    assert message.headers["webhook-id"] == "msg_1"
    assert message.headers["Content-Type"] == "application/json"
    assert message.headers["Host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize(
    ("status", "problem"),
    [
        *((200, None), (202, None), (204, None), (301, Problem.MOVED), (304, Problem.MOVED)),
        *((400, Problem.REFUSED), (404, Problem.REFUSED), (410, Problem.GONE), (429, Problem.REFUSED)),
        *((500, Problem.REFUSED), (503, Problem.REFUSED)),
    ],
)
def test_status_says_what_came_of_it(receiver, status, problem):
    assert sent(receiver(status).url()) == Answer(status, problem)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirection_is_not_followed(receiver, status):
    other = receiver()
    server = receiver(lambda handler: handler.reply(status, Location=other.url()))
    assert sent(server.url()) == Answer(status, Problem.MOVED)
    assert (len(server.received), other.received) == (1, [])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0177.0.0.1", "[::ffff:127.0.0.1]"])
def test_private_receiver_gets_nothing(receiver, host):
    server = receiver()
    assert sent(server.url(host), allow_private=False) == Answer(problem=Problem.PRIVATE)
    assert server.received == []


def test_checked_address_is_the_one_used(receiver, names):
    names["receiver.example"] = ["127.0.0.1"]
    server = receiver()
    assert sent(server.url("receiver.example")) == Answer(200)
    assert names.asked == ["receiver.example"]
    assert server.received[0].headers["Host"] == f"receiver.example:{server.port}"


def test_next_address_is_tried(receiver, names):
    # The receiver listens at the last of these alone.
    names["receiver.example"] = ["127.0.0.2", "127.0.0.3", "127.0.0.1"]
    server = receiver()
    assert sent(server.url("receiver.example")) == Answer(200)
    assert len(server.received) == 1


def test_proxy_of_the_environment_is_not_used(receiver, monkeypatch):
    proxy, server = receiver(), receiver()
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url(path=""))
    assert sent(server.url()) == Answer(200)
    assert (len(server.received), proxy.received) == (1, [])


def test_closed_port_is_unreachable(closed_port):
    assert sent(f"http://127.0.0.1:{closed_port}/") == Answer(problem=Problem.UNREACHABLE)


def hang_up(handler):
    handler.close_connection = True


def nonsense(handler):
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    handler.close_connection = True


@pytest.mark.parametrize("answer", [hang_up, nonsense])
def test_broken_answer_is_no_answer(receiver, answer):
    assert sent(receiver(answer).url()) == Answer(problem=Problem.BROKEN)


def slow_status(handler):
    handler.pieces(b"HTTP/1.1 20", b"0", pause=0.05)


def slow_headers(handler):
    handler.pieces(b"HTTP/1.1 200 OK\r\nX-Slow: ", b"a", pause=0.05)


def ever_continue(handler):
    handler.pieces(b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.001)


@pytest.mark.parametrize("answer", [slow_status, slow_headers, ever_continue])
def test_endless_answer_is_cut_off(receiver, monkeypatch, answer):
    monkeypatch.setattr(sending, "TOTAL_SECONDS", 0.5)
    begun = monotonic()
    assert sent(receiver(answer).url()) == Answer(problem=Problem.SLOW)
    assert 0.4 < monotonic() - begun < 3


def test_silent_server_is_slow(receiver, monkeypatch):
    monkeypatch.setattr(sending, "READ_SECONDS", 0.3)
    begun = monotonic()
    assert sent(receiver(silence).url()) == Answer(problem=Problem.SLOW)
    assert monotonic() - begun < 3


def test_server_that_never_shakes_hands_is_slow(monkeypatch):
    monkeypatch.setattr(sending, "CONNECT_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        begun = monotonic()
        assert sent(f"https://127.0.0.1:{deaf.getsockname()[1]}/") == Answer(problem=Problem.SLOW)
        assert monotonic() - begun < 3


def endless_body(handler):
    handler.pieces(b"HTTP/1.1 200 OK\r\n\r\n", b"a" * 1024, pause=0.0001)


def test_endless_body_is_not_read(receiver):
    begun = monotonic()
    assert sent(receiver(endless_body).url()) == Answer(200)
    assert monotonic() - begun < 3


def slow_body(handler):
    handler.pieces(b"HTTP/1.1 202 Accepted\r\n\r\n", b"a", pause=0.05)


def test_status_counts_though_the_body_never_ends(receiver, monkeypatch):
    monkeypatch.setattr(sending, "TOTAL_SECONDS", 0.5)
    assert sent(receiver(slow_body).url()) == Answer(202)


@pytest.fixture
def trusted(monkeypatch):
    """The certificate of the receivers is one that this server trusts."""
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def test_certificate_is_for_the_name(receiver, names, trusted):
    names["receiver.example"] = ["127.0.0.1"]
    server = receiver(tls=True)
    assert sent(server.url("receiver.example")) == Answer(200)
    assert server.server_names == ["receiver.example"]
    assert server.received[0].headers["Host"] == f"receiver.example:{server.port}"


@pytest.mark.parametrize("host", ["other.example", "127.0.0.1"])
def test_certificate_for_another_name_is_refused(receiver, names, trusted, host):
    names["other.example"] = ["127.0.0.1"]
    server = receiver(tls=True)
    assert sent(server.url(host)) == Answer(problem=Problem.CERTIFICATE)
    assert server.received == []


def test_unknown_certificate_is_refused(receiver, names):
    names["receiver.example"] = ["127.0.0.1"]
    server = receiver(tls=True)
    assert sent(server.url("receiver.example")) == Answer(problem=Problem.CERTIFICATE)
    assert server.received == []
