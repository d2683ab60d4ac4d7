"""The targets by which others find the site's pages: sitemaps, robots.txt and the feeds."""

from urllib.parse import quote
from xml.sax.saxutils import escape

from django.utils.dateparse import parse_datetime
from django.utils.feedgenerator import Atom1Feed

from cms.publishing.targets import XML, Built, Resource, is_public, target
from toolkit.documents.addresses import COLLECTIONS
from toolkit.documents.reading import Reading
from toolkit.rendering import FEED

SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
SITEMAP = "/sitemaps/{locale}-{collection}.xml"


@target("robots")
def robots(read: Reading, _argument: str, _memory: dict) -> Built:
    """Say what robots may read, and where the sitemap is."""
    refused = ["Disallow: /admin/", "Disallow: /*/search/?"]
    lines = ["User-agent: *", *refused, f"Sitemap: {_address(read, '/sitemap.xml')}", ""]
    return Built([Resource("/robots.txt", "\n".join(lines).encode(), "text/plain")], read.read_set)


@target("sitemaps")
def sitemap_index(read: Reading, _argument: str, _memory: dict) -> Built:
    """List the sitemaps of all locales."""
    languages = read.know("languages", locale="")
    paths = [SITEMAP.format(locale=one["locale"], collection=name) for one in languages for name in COLLECTIONS_TOO]
    rows = "".join(f"<sitemap><loc>{_address(read, path)}</loc></sitemap>\n" for path in paths)
    return Built([_xml("/sitemap.xml", f"<sitemapindex {SITEMAPS}>\n{rows}</sitemapindex>\n")], read.read_set)


# The home page is in no collection of the API.
COLLECTIONS_TOO = {**COLLECTIONS, "pages": ["toolkit", *COLLECTIONS["pages"]]}


@target("sitemap")
def sitemap(read: Reading, collection: str, _memory: dict) -> Built:
    """List the pages of a collection, each with its versions in other languages.

    Without times: so it stays as it is while words are edited. What has changed lately stands in the feed.
    """
    if not is_public(read):
        return Built([], read.read_set)
    keys = [key for kind in COLLECTIONS_TOO[collection] for key in read.know("type", kind)]
    read.library.load(keys)
    rows = "".join(_sitemap_row(read, read.know("alternates", key)) for key in keys)
    path = SITEMAP.format(locale=read.locale, collection=collection)
    return Built([_xml(path, f"<urlset {SITEMAPS}>\n{rows}</urlset>\n")], read.read_set)


def _sitemap_row(read: Reading, alternates: list[dict]) -> str:
    here = next((one["path"] for one in alternates if one["locale"] == read.locale), None)
    if here is None:
        return ""
    # Who reads none of the languages gets the source's version, else that of the first one after it.
    languages = [(one["locale"], one["path"]) for one in alternates] + [("x-default", alternates[0]["path"])]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language}" href="{_address(read, path)}"/>'
        for language, path in languages
    )
    return f"<url><loc>{_address(read, here)}</loc>{links if len(alternates) > 1 else ''}</url>\n"


@target("feed")
def feed(read: Reading, _argument: str, _memory: dict) -> Built:
    """List what was published last in a locale, as an Atom feed."""
    if not is_public(read):
        return Built([], read.read_set)
    outline = read.know("frame")["outline"]
    path = FEED.format(locale=read.locale)
    atom = Atom1Feed(
        title=outline["title"],
        link=_address(read, outline["path"]),
        description="",
        language=read.locale,
        feed_url=_address(read, path),
    )
    for key, published_at in read.know("latest"):
        page = read.know("mention", key)
        address = _address(read, page["path"])
        moment = parse_datetime(published_at)
        atom.add_item(
            page["title"], address, page.get("summary", ""), updateddate=moment, unique_id=f"urn:uuid:{key}"
        )
    return Built([Resource(path, atom.writeString("utf-8").encode(), "application/atom+xml")], read.read_set)


def _address(read: Reading, path: str) -> str:
    return escape(read.know("site-url", locale="") + quote(path))


def _xml(path: str, content: str) -> Resource:
    return Resource(path, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'.encode(), XML)
