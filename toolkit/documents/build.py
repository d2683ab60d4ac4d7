"""The one builder of public documents."""

from datetime import datetime

from toolkit.documents.canonical import utc_time
from toolkit.documents.reading import Reading
from toolkit.documents.shapes import DOCUMENTS, SCHEMA_VERSION, shaped
from toolkit.translation import translation_state


def build_document(page, read: Reading) -> dict:
    """Build the full document of a page, published or draft, in the declared shape of its type."""
    values = {
        **page.mention(read),
        "summary": page.plain_summary,
        "schema_version": SCHEMA_VERSION,
        "translation": _translation(page, read),
        "updated_at": utc_time(page.last_published_at),
        "ancestors": [read.mention(above) for above in read.ancestors(page)],
        "alternates": read.alternates(page),
        **page.document(read),
    }
    return shaped(DOCUMENTS[page.document_type], values)


def _translation(page, read: Reading) -> dict:
    source = read.source_of(page)
    source_published_at = source["published_at"] and datetime.fromisoformat(source["published_at"])
    state = translation_state(
        is_source=source["locale"] == page.locale.language_code,
        source_published_at=source_published_at,
        translation_published_at=page.last_published_at,
    )
    return {
        "state": state,
        "source_locale": source["locale"],
        "source_updated_at": utc_time(source_published_at),
    }
