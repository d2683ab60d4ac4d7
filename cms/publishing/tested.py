"""The target of the page that says how the software was tested, from the figures of its own tests."""

from cms.publishing.targets import HTML, Built, Resource, is_public, target
from toolkit.documents.reading import Reading
from toolkit.rendering import page_html, tested_document, tested_path


@target("tested")
def tested(read: Reading, _argument: str, _memory: dict) -> Built:
    """Write the page, unless a page of the toolkit stands there."""
    if not is_public(read) or not tested_path(read, read.locale):
        return Built([], read.read_set)
    read.know("catalogue")
    read.know("templates", "pages/tested.html", locale="")
    site, figures = read.know("frame"), read.know("tested", locale="")
    document = tested_document(site, read.locale, _alternates(read), figures)
    return Built([Resource(document["path"], page_html(document, site).encode(), HTML)], read.read_set)


def _alternates(read: Reading) -> list[dict]:
    codes = [language["locale"] for language in read.know("languages", locale="")]
    return [{"locale": code, "path": path} for code in codes if (path := tested_path(read, code))]
