"""One POST to one server: pinned to a checked address, never redirected, over within seconds."""

import socket
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from threading import Event, Timer
from time import monotonic

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as ConnectTimeout

from cms.webhooks.addresses import Receiver, find_receiver
from cms.webhooks.problems import Problem, UnableToSend

CONNECT_SECONDS = 5
# Between two pieces of the answer.
READ_SECONDS = 10
# From the connection to the end of the answer, however slowly its pieces come.
TOTAL_SECONDS = 20
# Nobody reads more than the status; a little of the rest is taken so that the server is not cut off in mid-word.
REPLY_BYTES = 16 * 1024
# A name may have any number of addresses, each of which may take its time.
MOST_ADDRESSES = 4

HEADERS = {"Content-Type": "application/json", "User-Agent": "mark-of-co-production"}
FAILURES = (OSError, HTTPException, HTTPError)
# The first that fits counts: what stands below is wider.
PROBLEMS = (
    (ssl.SSLCertVerificationError, Problem.CERTIFICATE),
    (NewConnectionError, Problem.UNREACHABLE),
    ((TimeoutError, ConnectTimeout), Problem.SLOW),
    (FAILURES, Problem.BROKEN),
)


@dataclass(frozen=True)
class Answer:
    """What came of a message: the HTTP status if there was one, and what is wrong unless it was accepted."""

    status: int | None = None
    problem: Problem | None = None


def send(*, url: str, headers: dict[str, str], body: bytes, allow_private: bool) -> Answer:
    """POST a body, and say what came of it. Never raises for what the other side does."""
    try:
        receiver = find_receiver(url=url, allow_private=allow_private)
        status = _post(receiver, HEADERS | headers, body)
    except UnableToSend as error:
        return Answer(problem=error.problem)
    except FAILURES as error:
        return Answer(problem=next(problem for kinds, problem in PROBLEMS if isinstance(error, kinds)))
    return Answer(status, problem_of(status))


def problem_of(status: int) -> Problem | None:
    """Say what is wrong with an answer; nothing, if the message was accepted."""
    if 200 <= status < 300:
        return None
    if status == 410:
        return Problem.GONE
    return Problem.MOVED if 300 <= status < 400 else Problem.REFUSED


def _post(receiver: Receiver, headers: dict[str, str], body: bytes) -> int:
    """Give the status that the server answers; a redirection is a status like any other."""
    ends = monotonic() + TOTAL_SECONDS
    connection = connect(receiver)
    try:
        connection.timeout = READ_SECONDS
        opened = connection.sock
        with cut_off_at(ends, opened):
            named = {"Host": receiver.netloc} | headers
            connection.request("POST", receiver.target, body, named, preload_content=False, decode_content=False)
            response = connection.getresponse()
        with suppress(*FAILURES), cut_off_at(ends, opened):
            response.read(REPLY_BYTES)
        return response.status
    finally:
        connection.close()


def connect(receiver: Receiver) -> HTTPConnection:
    """Open a connection to the first checked address that takes one; no name is looked up again, nor any proxy."""
    failure = None
    for address in receiver.addresses[:MOST_ADDRESSES]:
        connection = _connection(receiver, address)
        try:
            connection.connect()
            return connection
        except ConnectTimeout as error:  # refused as well as too slow
            failure = error
        except FAILURES:
            connection.close()
            raise
    raise failure


def _connection(receiver: Receiver, address: str) -> HTTPConnection:
    if receiver.scheme == "http":
        return HTTPConnection(address, receiver.port, timeout=CONNECT_SECONDS)
    return HTTPSConnection(
        address,
        receiver.port,
        timeout=CONNECT_SECONDS,
        # The certificate must be for the name, although the connection is to the address.
        server_hostname=receiver.host,
        ssl_context=_trust(),
    )


def _trust() -> ssl.SSLContext:
    """Trust whom the system trusts (SSL_CERT_FILE may name more); small containers bring no list of their own."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@contextmanager
def cut_off_at(ends: float, opened: socket.socket):
    """Cut a connection at a moment of the monotonic clock, whatever is going on. Raises TimeoutError if it was cut.

    A timeout of the socket alone begins again with every byte: a server that sends one a second would never end.
    """
    is_cut = Event()

    def cut():
        is_cut.set()
        with suppress(OSError):
            # Not SSLSocket's own, which would take its state away from under the thread that reads.
            socket.socket.shutdown(opened, socket.SHUT_RDWR)

    timer = Timer(max(0, ends - monotonic()), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if is_cut.is_set():
            raise TimeoutError
