"""Servers to send to: real ones on this machine, that keep what they get and answer as they are told."""

import ssl
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread

# A key, and a certificate of a hundred years for receiver.example: for tests alone, on this machine alone.
CERTIFICATE = Path(__file__).parent / "receiver.pem"


@dataclass(frozen=True)
class Received:
    """A request that has arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


class Receiver(ThreadingHTTPServer):
    """Answers with a status, or with each of a list in turn, or as a function of the handler wants."""

    daemon_threads = True

    def __init__(self, answer=200, *, tls=False):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.received: list[Received] = []
        self.server_names: list[str] = []
        self.lock, self.is_closing = Lock(), Event()
        self.scheme = "https" if tls else "http"
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            context.sni_callback = lambda connection, name, context: self.server_names.append(name)
            # The handshake belongs to the thread of its connection.
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def url(self, host: str = "127.0.0.1", path: str = "/hook?for=us") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def close(self):
        self.is_closing.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """Say nothing: that senders hang up is what some tests are about."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        with self.server.lock:
            self.server.received.append(Received(self.path, dict(self.headers.items()), body))
            answer = self.server.answer
            if isinstance(answer, list):
                answer = answer.pop(0)
        if callable(answer):
            answer(self)
        else:
            self.reply(answer)

    def reply(self, status: int, **headers: str):
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def pieces(self, start: bytes, piece: bytes, pause: float):
        """Send something, and then the same piece for as long as somebody listens."""
        with suppress(OSError):
            self.wfile.write(start)
            while not self.server.is_closing.wait(pause):
                self.wfile.write(piece)
        self.close_connection = True

    def log_message(self, *arguments):
        """Say nothing."""


def silence(handler):
    """Never answer."""
    handler.server.is_closing.wait(60)
    handler.close_connection = True
