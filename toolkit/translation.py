"""Where a translation stands against its source."""


def translation_state(
    *, is_source: bool, source_published_at: str | None, translation_published_at: str | None
) -> str:
    """Give "source", "current", or "stale" when the source was published again after the translation.

    The times are ISO 8601 in UTC, which sort as texts.
    """
    if is_source:
        return "source"
    if not source_published_at or not translation_published_at:
        return "current"
    return "stale" if source_published_at > translation_published_at else "current"
