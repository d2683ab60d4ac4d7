"""What editors, translators and operators do to a site, a function for each act, for tests that do them at random."""

from tests.cms.acts import deploying, files, languages, places, showing, words
from tests.cms.acts.desk import ACTS, Desk, NothingToDo

ROOMS = (deploying, files, languages, places, showing, words)
__all__ = ["ACTS", "Desk", "NothingToDo"]
