"""What a shared draft shows: its document, its page, its pictures and files, built as those of readers are."""

from django.conf import settings
from django.core.files import File
from django.utils.timezone import localtime

from cms.drafts.sharing import Draft
from toolkit.blocks import body_document
from toolkit.documents.build import build_document
from toolkit.documents.library import Library
from toolkit.documents.reading import Reading
from toolkit.models.base import TextPage
from toolkit.preview import preview_reading
from toolkit.rendering import page_html, site_frame


def draft_document(draft: Draft, address: str) -> dict:
    """Give the full document of a draft; its pictures and files are at addresses below that of its link."""
    return with_media_below(build_document(draft.page, preview_reading(draft.page)), address)


def draft_html(draft: Draft, address: str) -> str:
    """Give the page that readers would see, with a line that says what it is.

    A list is whole there, without a form to choose from it, which would lead to what is public.
    """
    read = preview_reading(draft.page)
    document = with_media_below(build_document(draft.page, read), address)
    until = localtime(draft.link.until)
    note = {"until": until.isoformat(timespec="minutes"), "clock": f"{until:%H:%M %Z}"}
    return page_html(document, {**site_frame(read), "draft": note})


def draft_file(draft: Draft, path: str) -> File | None:
    """Give the picture or file at an address of the site, such as /media/a.webp, None where the draft has no such.

    All that a page has stand in its body: a page asks for many at once, and the rest of its document takes longer.
    """
    library = Library()
    if isinstance(draft.page, TextPage):
        body_document(draft.page.body, Reading(library, draft.page.locale.language_code), in_source={})
    return library.files.get(path)


def with_media_below(part, address: str):
    """Give a part of a document with its media moved below an address.

    Files that are in no release are for editors only, but for those of this draft, at an address of their own.
    """
    if isinstance(part, list):
        return [with_media_below(one, address) for one in part]
    if isinstance(part, dict):
        return {name: _moved(name, value, address) for name, value in part.items()}
    return part


def _moved(name: str, value, address: str):
    is_media = name == "src" and value.startswith(settings.MEDIA_URL)
    return f"{address}{value}" if is_media else with_media_below(value, address)
