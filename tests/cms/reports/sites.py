"""Other sites, as servers on this machine: they keep what they were asked, and answer as they are told."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class OtherSite(ThreadingHTTPServer):
    """Answers with what stands in `answers` for "METHOD /path", else for the path, else 200; `asked` has it all."""

    daemon_threads = True

    def __init__(self, answers: dict | None = None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers or {}
        self.asked: list[str] = []
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def close(self):
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address):
        """Say nothing: that askers hang up is their right."""


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        what = f"{self.command} {self.path}"
        self.server.asked.append(what)
        status = self.server.answers.get(what, self.server.answers.get(self.path, 200))
        leads_to = status if isinstance(status, str) else ""
        self.send_response(302 if leads_to else status)
        self.send_header("Content-Length", "0")
        if leads_to:
            self.send_header("Location", leads_to)
        self.end_headers()

    do_HEAD = do_GET = answer

    def log_message(self, *arguments):
        """Say nothing."""
