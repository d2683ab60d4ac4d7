"""One deployment at a time brings the database up to date: all others wait for it, on whichever machine they are."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from pathlib import Path
from time import sleep

from django.conf import settings

from api.releases.files import locked

# The number of the lock in a database of ours: nobody else has a reason to take it.
LOCK = 0x6D61726B
# Between two looks at it, in seconds.
PAUSE = 0.3
SAID = "Another deployment is at work on this database: waiting for it"

_is_alone: ContextVar[bool] = ContextVar("is_alone", default=False)


@contextmanager
def alone(connection, *, say: Callable[[str], object]) -> Iterator[None]:
    """Wait until nobody else deploys, and be the one who does; `say` is told that there is somebody to wait for.

    Whoever dies is followed at once: what they held dies with them. It may be called again within itself.
    """
    if _is_alone.get():
        yield
        return
    with ExitStack() as held:
        if not _is_free(connection, held):
            say(SAID)
            while not _is_free(connection, held):
                sleep(PAUSE)
        begun = _is_alone.set(True)
        held.callback(_is_alone.reset, begun)
        yield


def _is_free(connection, held: ExitStack) -> bool:
    """Take the lock if nobody has it, until `held` ends. To wait in the database itself would hold up others there.

    An index that is made while others write waits for everybody who asks the database something at that time.
    """
    if connection.vendor != "postgresql":
        return _is_free_here(lock_folder(), held)
    # A connection of its own: that of a migration may break, and be followed by another.
    with ExitStack() as tried:
        keeper = connection.copy()
        tried.callback(keeper.close)
        with keeper.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
            [is_free] = cursor.fetchone()
        if is_free:
            held.push(tried.pop_all())
        return is_free


def _is_free_here(folder: Path, held: ExitStack) -> bool:
    try:
        held.enter_context(locked(folder, wait=False))
    except BlockingIOError:
        return False
    return True


def lock_folder() -> Path:
    """Give the folder whose lock a deployment holds where the database is a file of this machine."""
    return settings.DATA_DIR / "deployment"
