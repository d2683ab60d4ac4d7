"""The application for servers that speak ASGI."""

from a2wsgi import WSGIMiddleware

from cms.wsgi import application as wsgi

application = WSGIMiddleware(wsgi, workers=8)
