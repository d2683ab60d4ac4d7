"""The targets of the widget: its script, and the document that it reads in each language."""

from django.utils.translation import override

from api.content.addresses import WIDGET
from api.scoring.rules import HIGHEST, LOWEST
from api.widget.bundle import NEWEST, script
from api.widget.guide import ADDRESS, TEMPLATE, guide_html
from api.widget.shapes import WidgetDocument
from api.widget.words import months, words
from cms.publishing.targets import HTML, JSON, Built, Resource, target
from toolkit import locales
from toolkit.catalogues import needs_review
from toolkit.documents.canonical import canonical_bytes
from toolkit.documents.reading import Reading
from toolkit.documents.shapes import SCHEMA_VERSION, shaped

JAVASCRIPT = "text/javascript"


@target("widget-docs")
def widget_guide(read: Reading, _argument: str, _memory: dict) -> Built:
    """Write the page for those who put the widget on their site."""
    for kind, argument in (("templates", TEMPLATE), ("code", "")):
        read.know(kind, argument, locale="")
    return Built([Resource(ADDRESS, guide_html(read.know("site-url", locale="")).encode(), HTML)], read.read_set)


@target("script")
def widget_script(read: Reading, _argument: str, memory: dict) -> Built:
    """Write the script. Those of earlier deployments stay: other sites' pages name them, byte for byte."""
    now = script()
    earlier = [path for path in memory.get("scripts", ()) if path != now.path]
    resources = [Resource(path, now.content, JAVASCRIPT, smallest=True) for path in (NEWEST, now.path)]
    return Built(resources, read.read_set, {"scripts": sorted([*earlier, now.path])}, kept=earlier)


@target("widget")
def widget_document(read: Reading, _argument: str, _memory: dict) -> Built:
    """Write all that the widget needs in one language."""
    if read.locale not in read.know("codes", locale="") or read.home is None:
        return Built([], read.read_set)
    read.know("catalogue")
    language = {"lang": read.locale, "dir": locales.direction(read.locale)}
    with override(read.locale):
        worded = {"words": words(), "months": months()}
    document = {
        "schema_version": SCHEMA_VERSION,
        "type": "widget",
        "locale": read.locale,
        **language,
        "needs_review": needs_review(read.locale),
        "lowest": LOWEST,
        "highest": HIGHEST,
        "stages": _stages(read, language),
        "prompts": read.know("prompts"),
        **worded,
    }
    address = WIDGET.format(locale=read.locale)
    content = canonical_bytes(shaped(WidgetDocument, document))
    return Built([Resource(address, content, JSON, smallest=True)], read.read_set)


def _stages(read: Reading, language: dict) -> list[dict]:
    stages = read.children(read.home, "stage")
    return [
        {
            **_titled(read.mention(stage), language),
            "marks": [_titled(read.mention(mark), language) for mark in read.children(stage, "mark")],
        }
        for stage in stages
    ]


def _titled(mention: dict, language: dict) -> dict:
    """Give a mention without what the document says already: its language, where that is the same."""
    return {name: value for name, value in mention.items() if language.get(name) != value}
