"""A draft as readers would see it: the same builder, the same template, with the draft in its place."""

from wagtail.admin.userbar import Userbar

from toolkit.documents.build import build_document
from toolkit.documents.library import Library, page_types, paths_above
from toolkit.documents.reading import Reading
from toolkit.rendering import offered, page_html, site_frame


def preview_reading(page) -> Reading:
    """Give a reading in which a draft, saved or not, stands in the place of its page.

    The pages above it stand in even when they are drafts or private themselves.
    """
    above = [one for kind in page_types() for one in kind.objects.filter(path__in=paths_above(page))]
    return Reading(Library(drafts=[*above, page]), page.locale.language_code)


def preview_html(page) -> str:
    """Render a draft as its page."""
    read = preview_reading(page)
    return page_html(build_document(page, read), site_frame(read), offered(read, page.document_type))


def with_checker(html: str, page, request) -> str:
    """Put Wagtail's user bar into a preview beside the editor: hidden there, it runs the content checks."""
    bar = Userbar(object=page).render_html({"request": request}).strip()
    return html.replace("</body>", f"{bar}</body>")
