"""A draft as readers would see it: the same builder, the same template, with the draft in its place."""

from django.utils import timezone

from toolkit.documents.build import build_document
from toolkit.documents.library import STEP, page_types, public_library, share_locales
from toolkit.documents.reading import Reading
from toolkit.rendering import page_html, site_frame


def preview_html(page) -> str:
    """Render a draft, saved or not. The pages above it stand in even when they are drafts themselves."""
    library = public_library(now=timezone.now())
    missing = [path for path in _paths_above(page) if path not in library.by_path]
    above = [draft for kind in page_types() for draft in kind.objects.filter(path__in=missing)]
    share_locales([*above, page])
    read = Reading(library.including([*above, page]), page.locale.language_code)
    return page_html(build_document(page, read), site_frame(read))


def _paths_above(page) -> list[str]:
    return [page.path[:end] for end in range(STEP * 2, len(page.path), STEP)]
