"""From an upload or a paste to a document that its owner can look through."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from cms.imports.guessing import guess
from cms.imports.models import Import, Paragraph
from toolkit.importing.rules.lines import Line


@transaction.atomic
def bring_in(
    *, user, name: str, suffix: str, content: bytes, lines: list[Line], locale: str, stage: str, now: datetime
) -> Import:
    """Keep a document, and what each of its lines is taken for."""
    document = Import.objects.create(
        user=user,
        name=Path(name).name[-255:],
        suffix=suffix,
        original=content,
        locale=locale,
        stage=stage,
        made_at=now,
        changed_at=now,
    )
    paragraphs = guess(lines)
    for paragraph in paragraphs:
        paragraph.document = document
    Paragraph.objects.bulk_create(paragraphs, batch_size=500)
    return document
