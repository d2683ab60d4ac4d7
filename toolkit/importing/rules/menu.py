"""The links of a menu: words that are always links, words that may be, and short lines among them."""

from toolkit.importing.rules.layout import is_short, opens_passage
from toolkit.importing.rules.lines import Page
from toolkit.importing.rules.parts import is_part
from toolkit.importing.rules.patterns import any_of, one_of
from toolkit.importing.rules.signs import bare
from toolkit.importing.rules.site_name import PART_OF, site_names

LINK_WHY = "link of a menu"

PLACES = [
    r"home(?: page)?|(?:main )?menu|close(?: menu)?|search|you are here|site ?map|english|cymraeg",
    r"(?:to )?top(?: of (?:the )?page)?|(?:back|return) to (?:the )?(?:top|home|start)(?: of .{3,20})?",
    r"(?:skip|jump) to .{3,40}|(?:expand|collapse|open|close|show|hide) all(?: sections)?",
    r"on this page|in this section|quick links|table of contents|related (?:pages|links)",
]
SMALL_PRINT = [
    r"privacy (?:policy|notice|statement)|cookie (?:policy|settings|notice|preferences)|cookies",
    r"terms (?:and conditions|of use)|accessibility statement|freedom of information",
]
DEEDS = [
    r"log ?in|sign in|contact us|yes|no|print|download(?: pdf)?|(?:read|show|view|load) (?:more|all|less)",
    r"(?:share|print|save|download|rate|email) (?:this|the) (?:page|section|article)(?: .{1,20})?",
]
NETWORKS = [
    one_of("facebook twitter x linkedin instagram youtube bluesky whatsapp mastodon rss"),
    r"follow us(?: on .{3,40})?",
]
LINK = any_of(*PLACES, *SMALL_PRINT, *DEEDS, *NETWORKS)
# A menu has these words, but they may as well be the title of a mark: furniture with no passage under them.
WEAK_LINK = any_of(
    one_of("accessibility share next previous back news events blog faqs? help feedback email listen"),
    one_of("resources support jobs careers publications toolkits? media people privacy copyright contact"),
    one_of("contents register legal terms newsletter subscribe donate volunteer"),
    r"about(?: us)?|our (?:work|people|team)|get (?:involved|in touch)",
    r"(?:find out|read|learn|see) more(?: about .{2,50})?",
)


def is_link(text: str) -> bool:
    return bool(LINK.fullmatch(text))


def sort_weak_links(page: Page) -> None:
    """From the bottom up, for what stands under a line may turn out to be a link too."""
    for index in reversed(page.unsorted()):
        if _is_weak_link(page, index):
            page.sort(index, "furniture", LINK_WHY)


def _is_weak_link(page: Page, index: int) -> bool:
    line = page.lines[index]
    weak = line.level is None and not line.quoted and WEAK_LINK.fullmatch(bare(page.plain[index]))
    return bool(weak) and not opens_passage(page, index)


def sort_menu(page: Page) -> None:
    """Short lines among the links at the top are links too; the last of them is the page's own title."""
    if any(line.level for line in page.lines):
        return
    for index in _short_lines_of_menu(page)[:-1]:
        page.sort(index, "furniture", LINK_WHY)
    _sort_name_on_top(page)


def _short_lines_of_menu(page: Page) -> list[int]:
    """The lines at the top not known as links, if links stand before them or there are several links."""
    short: list[int] = []
    links = leading = 0
    for index in range(len(page)):
        known = page.whys[index] == LINK_WHY
        if not known and not _may_be_in_menu(page, index):
            break
        links += known
        leading += known and not short
        short += [index] * (page.kinds[index] is None)
    return short if leading or links > 1 else []


def _may_be_in_menu(page: Page, index: int) -> bool:
    if page.kinds[index] == "furniture":
        return not PART_OF.match(page.plain[index])
    return is_short(page, index) and not is_part(page.plain[index])


def _sort_name_on_top(page: Page) -> None:
    """The name of the site over the title of the page; "Introduction" below it would leave no other title."""
    name = page.after(-1)
    title = page.after(name) if name is not None else None
    if name is None or title is None or bare(page.plain[name]) not in site_names(page):
        return
    part_of = title + 1 < len(page) and bool(PART_OF.match(page.plain[title + 1]))
    if is_short(page, title) and (part_of or not is_part(page.plain[title])):
        page.sort(name, "furniture", "name of the site")
