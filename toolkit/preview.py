"""A draft as readers would see it: the same builder, the same template, with the draft in its place."""

from toolkit.documents.build import build_document
from toolkit.documents.library import Library, page_types, paths_above
from toolkit.documents.reading import Reading
from toolkit.rendering import offered, page_html, site_frame


def preview_html(page) -> str:
    """Render a draft, saved or not. The pages above it stand in even when they are drafts themselves."""
    above = [draft for kind in page_types() for draft in kind.objects.filter(path__in=paths_above(page))]
    hidden = [draft for draft in above if not draft.live]
    read = Reading(Library(drafts=[*hidden, page]), page.locale.language_code)
    return page_html(build_document(page, read), site_frame(read), offered(read, page.document_type))
