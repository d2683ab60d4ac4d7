"""The one builder of public documents."""

from datetime import datetime

from toolkit.documents.canonical import utc_time
from toolkit.documents.reading import Reading
from toolkit.documents.shapes import DOCUMENTS, SCHEMA_VERSION, TRANSLATION_STATES, shaped
from toolkit.documents.terms import terms_in
from toolkit.translation.states import state_by_times


def build_document(page, read: Reading) -> dict:
    """Build the full document of a page, published or draft, in the declared shape of its type."""
    values = {
        **page.mention(read),
        "summary": page.plain_summary,
        "schema_version": SCHEMA_VERSION,
        "translation": _translation(page, read),
        "updated_at": utc_time(page.last_published_at),
        "changes": read.changes_of(page),
        "ancestors": [read.mention(above) for above in read.ancestors(page)],
        "alternates": read.alternates(page),
        **page.document(read),
    }
    if "body" in values and "terms" not in values:
        values["terms"] = terms_in(values, read)
    return shaped(DOCUMENTS[page.document_type], values)


def _translation(page, read: Reading) -> dict:
    source = read.source_of(page)
    published_at = source["published_at"] and datetime.fromisoformat(source["published_at"])
    return {
        "state": _state(page, read, source["locale"], published_at),
        "source_locale": source["locale"],
        "source_updated_at": utc_time(published_at),
        "needs_review": bool(page.translated_from.get("machine")),
    }


def _state(page, read: Reading, source_locale: str, source_published_at: datetime | None) -> str:
    if source_locale == page.locale.language_code:
        return "source"
    state = read.standing_of(page)
    if state in TRANSLATION_STATES:
        return state
    return state_by_times(source_published_at=source_published_at, translation_published_at=page.last_published_at)
