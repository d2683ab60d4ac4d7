"""The page that a reader speaks of, as the current release has it. Needs no database."""

import json
import re
from dataclasses import dataclass

from django.conf import settings

from api.releases.server import reader_of
from toolkit import locales
from toolkit.documents.addresses import COLLECTION_OF, api_path

# As a page names itself in its form: "mark/listening".
NAME = re.compile(r"([a-z-]+)/([\w-]+)", re.ASCII)


@dataclass(frozen=True)
class Subject:
    """A page: its document, the name by which forms know it, and the id of the release that has it."""

    name: str
    document: dict
    release: int


def subject_of(name: str, locale: str) -> Subject | None:
    """Give the page of a name in a language or, where it is not in that one, in the source's; None for no page."""
    named = NAME.fullmatch(name)
    if not named or named[1] not in (*COLLECTION_OF, "toolkit"):
        return None
    reader = reader_of(settings.RELEASES_DIR)
    release = reader.current()
    for code in (locale, locales.source()):
        content = reader.content_of(release, api_path(type=named[1], code=named[2], locale=code))
        document = content and json.loads(content)
        if document and (document["type"], document["code"]) == named.groups():
            return Subject(name, document, release.id)
    return None
