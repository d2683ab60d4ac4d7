"""Answering with an uploaded file, wherever uploads are kept."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile

from django.core.files.storage import Storage
from django.http import FileResponse
from whitenoise.responders import StaticFile

from api.headers import disposition_of
from api.releases.views import file_response
from cms.publishing.targets import media_type


def media_response(storage: Storage, name: str, request) -> FileResponse:
    """Answer with an uploaded file, or with a part of it: players of sound and video ask for parts.

    Raises OSError when there is none.
    """
    with on_disk(storage, name) as path:
        headers = {"Content-Type": media_type(name), **disposition_of(media_type(name))}
        return file_response(StaticFile(path, list(headers.items())), request)


@contextmanager
def on_disk(storage: Storage, name: str) -> Iterator[str]:
    """Give the path of an uploaded file: its own, or that of a copy, which is there until the block ends.

    Whoever has opened it by then may go on reading.
    """
    if not storage.exists(name):
        raise FileNotFoundError(f"there is no {name}")
    try:
        path = storage.path(name)
    except NotImplementedError:
        # What Django says of storages whose files are elsewhere, such as in S3.
        path = None
    if path:
        yield path
        return
    with NamedTemporaryFile() as copy:
        with storage.open(name) as file:
            shutil.copyfileobj(file, copy)
        copy.flush()
        yield copy.name
