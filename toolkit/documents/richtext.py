"""Rich text on its way out: links resolved against what is public, markup held to an allow-list."""

import re
from html import escape

import nh3
from django.utils.text import Truncator
from wagtail.rich_text import get_text_for_indexing
from wagtail.rich_text.rewriters import LinkRewriter

ALLOWED = {
    "a": {"href", "hreflang"},
    # A paragraph that is not translated yet says which language it is in.
    **dict.fromkeys(["p", "h3", "h4", "li"], {"lang", "dir"}),
    **dict.fromkeys(["ul", "ol", "b", "strong", "i", "em", "br"], set()),
}
# Taken out by nh3 or pointing at a page that is not public: the words stay, the link goes.
DEAD_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)


def public_html(html: str | None, read) -> str:
    """Give the HTML that the public may see.

    `html` is Wagtail's stored form; `read` resolves the pages it links to. Links to pages that are not public
    vanish and leave their words.
    """
    rewrite = LinkRewriter(rules={"page": lambda attributes: _page_link(attributes, read)})
    clean = nh3.clean(
        rewrite(html or ""),
        tags=set(ALLOWED),
        attributes=ALLOWED,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    return DEAD_LINK.sub(r"\1", clean)


def _page_link(attributes: dict, read) -> str:
    page = read.page_with_id(attributes.get("id"))
    if page is None:
        return "<a>"
    language = page.locale.language_code
    hreflang = "" if language == read.locale else f' hreflang="{language}"'
    return f'<a href="{escape(page.public_path)}"{hreflang}>'


def plain_text(html: str, length: int = 160) -> str:
    """Give the words of rich text without markup, cut at about `length` letters."""
    return Truncator(get_text_for_indexing(html)).chars(length)
