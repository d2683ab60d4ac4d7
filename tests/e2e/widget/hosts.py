"""Pages of another site: a server on the loopback address with an origin of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Our hall</title>
{head}</head>
<body><main><h1>Our hall</h1>
{body}
</main></body>
</html>"""


def host_page(body: str, *, head: str = "", lang: str = "en", dir: str = "ltr") -> str:
    """Give a page of a site that has nothing to do with the toolkit."""
    return PAGE.format(head=head, body=body, lang=lang, dir=dir)


@dataclass
class Host:
    """Another site: its origin, and its pages by path. Each is HTML with headers of its own."""

    origin: str
    pages: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def show(self, path: str, html: str, **headers: str) -> str:
        """Put a page at a path, and give its address. Underscores in the names of headers are hyphens."""
        self.pages[path] = (html, {name.replace("_", "-"): value for name, value in headers.items()})
        return f"{self.origin}{path}"


@contextmanager
def another_site() -> Iterator[Host]:
    """Serve pages from an origin of their own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            host.asked.append((self.path, dict(self.headers)))
            html, headers = host.pages.get(self.path.partition("?")[0], ("", {}))
            self.send_response(200 if html else 404)
            self.send_header("Content-Type", headers.get("Content-Type", "text/html; charset=utf-8"))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *arguments):
            """A test's output has no place for it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host = Host(f"http://127.0.0.1:{server.server_port}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
