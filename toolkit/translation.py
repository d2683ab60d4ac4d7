"""Where a translation stands against its source."""

from datetime import datetime


def translation_state(
    *, is_source: bool, source_published_at: datetime | None, translation_published_at: datetime | None
) -> str:
    """Give "source", "current", or "stale" when the source was published again after the translation."""
    if is_source:
        return "source"
    if not source_published_at or not translation_published_at:
        return "current"
    return "stale" if source_published_at > translation_published_at else "current"
