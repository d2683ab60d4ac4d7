"""Rich text on its way out: from the HTML that Wagtail's editor keeps to Markdown that reads back as the same."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import groupby

from bs4 import BeautifulSoup, Comment, NavigableString, Tag

HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
LISTS = ("ul", "ol")
BLOCKS = {*HEADINGS, *LISTS, "p", "li", "div", "blockquote"}
INLINE = {"b": "b", "strong": "b", "i": "i", "em": "i", "a": "a"}
STARS = {"b": "**", "i": "*"}
EMPTY = "<p></p>"
BREAK = "\\\n"
# Addresses that the public may see; of all other links, only the words are kept, here as on the site.
OUTSIDE = re.compile(r"(?:https?|mailto|tel):|[^:]*(?:[/?#]|$)", re.IGNORECASE)

LINE_ENDS = re.compile(r"[ \t-\r\x1c-\x1f\x85]*[\t-\r\x1c-\x1f\x85][ \t-\r\x1c-\x1f\x85]*")
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#?[A-Za-z0-9]+;)")
ESCAPE_OR_ENTITY = re.compile(r"\\|&(?=#?[A-Za-z0-9]+;)")
UNUSUAL_SPACE = re.compile(r"[^\S \n]")
# What would begin a list, a heading or another block, were it not for a backslash.
LINE_START = re.compile(
    r"^\d{1,9}(?=[.)])|^(?=#{1,6}(?: |$)|>|\+(?: |$)|- |-[- ]*$|=+ *$|~~~|:::)",
    re.MULTILINE,
)
FIRST_BREAKS = re.compile(r"^(?:\\\n)+")
LAST_BREAKS = re.compile(r"(?:\\\n)+$")

# Gives the address that stands for a link in Markdown, None for a link that leads nowhere.
Link = Callable[[dict], str | None]


def outside_link(attributes: dict) -> str | None:
    """Give the address of a link that leads out of the site, None when the public may not see it."""
    href = " ".join(CONTROLS.sub(" ", attributes.get("href") or "").split())
    return href if href and OUTSIDE.match(href) else None


def to_markdown(html: str, link: Link = outside_link) -> str:
    """Turn HTML of the closed vocabulary into Markdown; of any other markup, the words are kept.

    `to_html(…, verbatim=True)` gives the same HTML again: the same elements, with the same words in them.
    """
    return "\n\n".join(_blocks(BeautifulSoup(html, "html.parser").contents, link))


def _blocks(nodes: Iterable, link: Link) -> list[str]:
    """Give the pieces of Markdown that stand below each other."""
    pieces, before, other_marker = [], "", False
    for leaf in _leaves(nodes):
        name = leaf.name if isinstance(leaf, Tag) else "p"
        # Two lists in a row would run into one: every other one gets the other marker.
        other_marker = name == before and not other_marker
        piece = _list(leaf, link, other_marker) if name in LISTS else _words(name, leaf, link)
        if piece:
            pieces.append(piece)
            before = name
    return pieces


def _leaves(nodes: Iterable) -> Iterable:
    """Give lists, headings and paragraphs; words that stand in none of these come as a list of nodes."""
    for is_inline, group in groupby(nodes, key=_is_inline):
        if is_inline:
            words = list(group)
            if any(node.name == "br" or node.get_text().strip() for node in words):
                yield words
            continue
        for node in group:
            if node.name in LISTS or not node.find(BLOCKS):
                yield node
            else:
                yield from _leaves(node.contents)


def _is_inline(node) -> bool:
    return not isinstance(node, Tag) or (node.name not in BLOCKS and not node.find(BLOCKS))


def _words(name: str, nodes: Iterable, link: Link) -> str:
    """Give a heading or a paragraph."""
    text = _paragraph(_inline(nodes, link))
    if name not in HEADINGS:
        return text or EMPTY
    line = f"{HEADINGS[name]} {text.replace(BREAK, '<br>')}"
    # A heading may end in such signs again, and they would not be part of it.
    return re.sub("(?<= )(?=#+$)", r"\\", line).rstrip()


def _paragraph(text: str) -> str:
    """Give inline Markdown so that nothing in it can be taken for the beginning of something else."""
    # A picture would begin where an exclamation mark stands before a link.
    text = LINE_START.sub(lambda found: f"{found[0]}\\", text.replace("![", "\\!["))
    for breaks in (FIRST_BREAKS, LAST_BREAKS):
        text = breaks.sub(lambda found: "<br>" * (len(found[0]) // len(BREAK)), text)
    return re.sub("^ | $", "&#32;", text, flags=re.MULTILINE)


# --- Lists -----------------------------------------------------------------------------------------------------


def _list(node: Tag, link: Link, other_marker: bool) -> str:
    lines = []
    for number, (words, lists) in enumerate(_items(node), start=1):
        numbered = f"{number}{')' if other_marker else '.'} "
        marker = numbered if node.name == "ol" else "* " if other_marker else "- "
        text = "\n".join([_paragraph(_inline(words, link)) or EMPTY, *_blocks(lists, link)])
        lines.append(marker + text.replace("\n", "\n" + " " * len(marker)))
    return "\n".join(lines)


def _items(node: Tag) -> list[tuple[list, list]]:
    """Give the items of a list: their words, and the lists that stand below these words."""
    items = []
    for child in node.contents:
        if isinstance(child, Tag) and child.name == "li":
            items += _split_item(child)
        elif isinstance(child, Tag) and child.name in LISTS:
            items = items or [([], [])]
            items[-1][1].append(child)
        elif child.get_text().strip():
            items.append(([child], []))
    return items


def _split_item(item: Tag) -> list[tuple[list, list]]:
    parts = [([], [])]
    for child in item.contents:
        if isinstance(child, Tag) and child.name in LISTS:
            parts[-1][1].append(child)
            continue
        if parts[-1][1] and not child.get_text().strip():
            continue
        if parts[-1][1]:
            # Words after a list have no place in Markdown's short form: they are the next item.
            parts.append(([], []))
        words = parts[-1][0]
        if isinstance(child, Tag) and child.name in BLOCKS:
            if any(word.get_text().strip() for word in words):
                words.append(Tag(name="br"))
            words += child.contents
        else:
            words.append(child)
    return parts


# --- Words -----------------------------------------------------------------------------------------------------


def _inline(nodes: Iterable, link: Link, inside: str = "") -> str:
    """Give inline Markdown; `inside` says which of the letters a, b and i it stands in already."""
    written = ""
    items = list(_merged(_flat(nodes, link, inside)))
    for item, following in zip(items, [*items[1:], ""], strict=False):
        if isinstance(item, str):
            written += _escape(item)
        elif item.name == "br":
            written += BREAK
        elif item.name == "a":
            written += f"[{_inline(item, link, inside + 'a')}]({_destination(link(item.attrs))})"
        else:
            before_space = following[:1] in ("", " ") if isinstance(following, str) else following.name == "br"
            written += _emphasis(item, link, inside, after=written[-1:], before_space=before_space)
    return written


def _flat(nodes: Iterable, link: Link, inside: str) -> Iterable:
    """Give texts and tags that mean something, taking the words out of all other tags and out of dead links."""
    for node in nodes:
        if isinstance(node, NavigableString):
            yield "" if isinstance(node, Comment) else str(node)
        elif node.name == "br":
            yield node
        elif INLINE.get(node.name, inside) in inside or (node.name == "a" and link(node.attrs) is None):
            yield from _flat(node.contents, link, inside)
        else:
            yield node


def _merged(items: Iterable) -> Iterable:
    for is_text, group in groupby(items, key=lambda item: isinstance(item, str)):
        if is_text:
            yield _plain("".join(group))
        else:
            yield from group


def _plain(text: str) -> str:
    """Give text without what HTML does not show: line ends are spaces, control letters are nothing."""
    return CONTROLS.sub("", LINE_ENDS.sub(" ", text))


def _escape(text: str) -> str:
    text = SPECIAL.sub(_escaped, text)
    return UNUSUAL_SPACE.sub(lambda found: "&nbsp;" if found[0] == "\xa0" else f"&#{ord(found[0])};", text)


def _escaped(found: re.Match) -> str:
    return f"\\{found[0]}"


def _destination(address: str) -> str:
    safe = ESCAPE_OR_ENTITY.sub(_escaped, address)
    return "<" + re.sub("[<>]", _escaped, safe) + ">" if re.search(r"[\s()<>]", safe) else safe


def _emphasis(node: Tag, link: Link, inside: str, *, after: str, before_space: bool) -> str:
    """Give bold or italic words: between stars where Markdown is sure to see them, else between tags."""
    kind = INLINE[node.name]
    words = _inline(node, link, inside + kind)
    has_marks = any(not isinstance(item, str) for item in _flat(node, link, inside + kind))
    begins = words and (_is_letter(words[0]) or (after in ("", " ", "\n") and words[0] != " "))
    ends = words and (_is_letter(words[-1]) or (before_space and words[-1] != " "))
    if begins and ends and after != "*" and not has_marks:
        return f"{STARS[kind]}{words}{STARS[kind]}"
    return f"<{kind}>{words}</{kind}>"


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"
