"""A storage that speaks S3, on a loopback port of this process. What is in it outlasts its being away."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

# What clients sign with; this storage takes anything.
KEYS = {
    "AWS_ACCESS_KEY_ID": "only-for-tests",
    "AWS_SECRET_ACCESS_KEY": "only-for-tests",
    "AWS_DEFAULT_REGION": "us-east-1",
}


class Storage:
    """The storage: it can be away for a while, so that nobody answers at its port."""

    port = 0

    def start(self):
        application = DomainDispatcherApplication(create_backend_app)
        self.server = make_server("127.0.0.1", self.port, application, True, request_handler=MotoRequestHandler)
        self.port = self.server.server_port
        self.thread = Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def s3_server() -> Iterator[Storage]:
    """Run the storage until the block ends."""
    storage = Storage()
    storage.start()
    try:
        yield storage
    finally:
        storage.stop()
