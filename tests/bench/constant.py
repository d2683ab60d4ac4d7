"""The least that a WSGI application can do: what the server itself costs."""


def application(environ, start_response):
    """Answer everything with the same ten bytes."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "10")])
    return [b"0123456789"]
