"""Following: every serving process looks by itself whether the shared storage has a new release, and pulls it."""

import logging
import random
from pathlib import Path
from threading import Event, Thread

from api.releases.files import locked
from api.releases.manifest import release_ids
from api.releases.pull import has_news, pull
from api.releases.shared import SharedStorage, shared_storage
from api.releases.tree import DamagedRelease

logger = logging.getLogger(__name__)

# Seconds between two looks, give or take a fifth, so that servers which started together do not ask together.
PAUSE = 2
JITTER = 0.2
# While the storage is away or holds a damaged release, looks become rarer up to this.
LONGEST_PAUSE = 30


class Follower:
    """Brings a release folder up to the shared storage's current release, over and over again, in a thread."""

    def __init__(self, folder: Path, shared: SharedStorage):
        self.folder = folder
        self.shared = shared
        self.pause = PAUSE
        self.trouble = ""
        self.ended = Event()

    def start(self):
        """Begin to follow. A server without any release waits for one: it would have nothing to show."""
        if not release_ids(self.folder):
            self.look(wait=True)
        Thread(target=self._run, name="follow-releases", daemon=True).start()

    def _run(self):
        while not self.ended.wait(self.pause * random.uniform(1 - JITTER, 1 + JITTER)):
            self.look()

    def look(self, *, wait: bool = False):
        """Look once, and pull what is new. Whatever goes wrong, the release that is here stays up."""
        try:
            if has_news(self.folder, self.shared):
                with locked(self.folder, wait=wait):
                    pull(self.folder, self.shared)
        except BlockingIOError:
            # Another process of this server publishes or pulls: there is nothing to do twice.
            self.pause = PAUSE
        except (OSError, DamagedRelease) as error:
            self._note(str(error))
        except Exception as error:
            logger.exception("Pulling a release broke")
            self._note(repr(error))
        else:
            self._note("")

    def _note(self, trouble: str):
        """Log what is wrong once, and when it is right again."""
        if trouble and trouble != self.trouble:
            logger.error("No release was pulled, the one that is here stays up: %s", trouble)
        elif self.trouble and not trouble:
            logger.warning("Releases are pulled again")
        self.trouble = trouble
        self.pause = min(self.pause * 2, LONGEST_PAUSE) if trouble else PAUSE


def follow(folder: Path):
    """Follow the shared storage where there is one.

    To be called in the process that serves: a thread does not outlast a fork.
    """
    if shared := shared_storage():
        Follower(folder, shared).start()
