"""Looking for words everywhere: in each table, and in each file that this site keeps."""

import json
from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import Model

from toolkit.withdrawal.words import normal, passages

# In letters and words: what is shorter is said by many people.
SHORTEST, FEWEST = 25, 5
# More passages than that say nothing that the longest do not.
MOST = 300
SIGNS = " .,;:!?…“”‘’\"'«»()"
COMPRESSED = (".br", ".gz")
KINDS = ("CharField", "TextField", "JSONField", "SlugField", "EmailField", "URLField", "FileField")


def telling(words: Iterable[str]) -> list[str]:
    """Give the passages by which words can be found again: the longest, none that anybody might say."""
    found = {passage.strip(SIGNS) for text in words for passage in passages(text)}
    long = [one for one in found if len(one) >= SHORTEST and len(normal(one).split()) >= FEWEST]
    return sorted(long, key=len, reverse=True)[:MOST]


def forms_of(passage: str) -> set[str]:
    """Give the forms in which a passage may be kept: as it is, in HTML, in JSON."""
    html = {passage, escape(passage), escape(passage, quote=False)}
    return html | {json.dumps(one)[1:-1] for one in html}


def tables_with(found: Iterable[str]) -> Iterator[tuple[type[Model], list]]:
    """Give each model that has a passage in any of its fields, with the keys of its rows."""
    forms = sorted({form for passage in found for form in forms_of(passage)})
    for model in apps.get_models() if forms else ():
        columns = [field.attname for field in model._meta.concrete_fields if field.get_internal_type() in KINDS]
        if not columns or model._meta.proxy:
            continue
        rows = model._base_manager.values_list("pk", *columns).iterator()
        if keys := [row[0] for row in rows if _has_any(forms, row[1:])]:
            yield model, keys


def _has_any(forms: list[str], values: tuple) -> bool:
    text = "\n".join(value if isinstance(value, str) else json.dumps(value, default=str) for value in values)
    return any(form in text for form in forms)


def files_with(found: Iterable[str]) -> Iterator[Path]:
    """Give each file of this site that holds a passage. Uploads and what the software brings are not looked through.

    What is compressed stands beside the same, uncompressed.
    """
    forms = [form.encode() for passage in found for form in forms_of(passage)]
    others = [Path(settings.MEDIA_ROOT), Path(settings.STATIC_ROOT)]
    for path in sorted(settings.DATA_DIR.rglob("*")) if forms else ():
        is_ours = not any(path.is_relative_to(other) for other in others)
        if is_ours and path.is_file() and path.suffix not in COMPRESSED:
            content = path.read_bytes()
            if any(form in content for form in forms):
                yield path


def clean_logs(found: Iterable[str]) -> int:
    """Put stars in the place of passages in this site's own logs, and give how many files had any."""
    forms = [form.encode() for passage in found for form in forms_of(passage)]

    def without(content: bytes) -> bytes:
        for form in forms:
            content = content.replace(form, b"***")
        return content

    return rewrite_logs(without)


def rewrite_logs(change: Callable[[bytes], bytes], *, dry_run: bool = False) -> int:
    """Change this site's own logs, and give how many files that changes."""
    count = 0
    for path in sorted(settings.DATA_DIR.glob("*.log*")):
        content = path.read_bytes()
        changed = change(content)
        count += changed != content
        if changed != content and not dry_run:
            # Whoever writes to it goes on at its end.
            with path.open("r+b") as log:
                log.write(changed)
                log.truncate()
    return count
