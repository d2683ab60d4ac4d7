"""Asking a WSGI application, byte by byte as a server would hand a request on."""

from wsgiref.util import setup_testing_defaults


class Answer:
    """What a WSGI application answers to one request."""

    def __init__(self, application, path: str | bytes, method: str = "GET", **headers):
        path, _, query = (path if isinstance(path, bytes) else path.encode()).partition(b"?")
        # WSGI keeps the bytes of a path as latin-1.
        environ = {"PATH_INFO": path.decode("latin-1"), "QUERY_STRING": query.decode("latin-1")}
        environ |= {f"HTTP_{header.upper()}": value for header, value in headers.items()}
        environ |= {"REQUEST_METHOD": method, "HTTP_HOST": headers.get("host", "localhost")}
        environ |= {"CONTENT_LENGTH": headers["content_length"]} if "content_length" in headers else {}
        setup_testing_defaults(environ)
        chunks = application(environ, self._start)
        self.body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()

    def _start(self, status, headers, exc_info=None):
        self.status = int(status.split()[0])
        self.headers = dict(headers)
        assert len(self.headers) == len(headers), "a header stands twice"
