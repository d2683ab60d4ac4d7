"""The one builder of public documents."""

from toolkit import locales
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
        "ancestors": [above.mention(read) for above in read.ancestors(page)],
        "alternates": [
            {"locale": other.locale.language_code, "path": other.public_path} for other in read.alternates(page)
        ],
        **page.document(read),
    }
    return shaped(DOCUMENTS[page.document_type], values)


def _translation(page, read: Reading) -> dict:
    original = read.library.by_key.get((page.key, locales.source()), page)
    state = translation_state(
        is_source=original.locale_id == page.locale_id,
        source_published_at=original.last_published_at,
        translation_published_at=page.last_published_at,
    )
    return {"state": state, "source_locale": original.locale.language_code}
