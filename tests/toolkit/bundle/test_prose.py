"""Rich text and Markdown: whatever an editor may have kept comes back from a file as the same."""

from bs4 import BeautifulSoup, NavigableString
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.bundle.markdown import to_html
from toolkit.bundle.prose import to_markdown

# Letters that mean something to Markdown, HTML or YAML, beside some of several scripts.
TRICKY = [
    *"abz 1290.)#*_[]<>&\\`:;-+=~!\"'|(){}^$%@/?,é²ŵعא\u0301\u200d\u200f\xa0\u2003\u2028—…😀",
    "...",
    "--",
    "(c)",
]
TRICKY += ["&amp;", "&#35;", ":::", "::: tip", "---", "<b>", "</b>", "<br>", "<p></p>", "http://a.b", "source: x"]
LEAVES = ["a", "b", "i"]
ADDRESSES = ["https://a.b/", "https://a.b/?c=1&copy;=2", "/d e/(f)", "mailto:g@h.i", "#j", "https://ŵ.cymru/\\k"]

texts = st.lists(st.sampled_from(TRICKY), max_size=8).map("".join)


def element(name: str, inner: list, **attributes) -> tuple:
    """Give an element as a tuple, the form that trees are compared in."""
    return (name, tuple(sorted(attributes.items())), tuple(inner))


def inline(allowed: str = "abi", depth: int = 3):
    """Give a strategy for what may stand in a paragraph."""
    kinds = [texts, st.just(element("br", []))]
    if depth:
        for name in allowed:
            inner = inline(allowed.replace(name, ""), depth - 1)
            made = st.builds(
                lambda inner, href, name=name: element(name, inner, **({"href": href} if name == "a" else {})),
                inner,
                st.sampled_from(ADDRESSES),
            )
            kinds.append(made)
    return st.lists(st.one_of(kinds), max_size=4)


def lists(depth: int = 2):
    """Give a strategy for lists, one in the other."""
    below = st.lists(st.deferred(lambda: lists(depth - 1)), max_size=2) if depth else st.just([])
    items = st.builds(lambda words, inner: element("li", [*words, *inner]), inline(depth=1), below)
    return st.builds(element, st.sampled_from(["ul", "ol"]), st.lists(items, min_size=1, max_size=3))


def rich_text():
    """Give a strategy for everything that the editor's vocabulary can say."""
    words = st.builds(element, st.sampled_from(["p", "h3", "h4"]), inline())
    return st.lists(st.one_of(words, lists()), max_size=4)


def as_html(tree) -> str:
    """Write a tree as HTML."""
    soup = BeautifulSoup("", "html.parser")

    def node(item):
        if isinstance(item, str):
            return NavigableString(item)
        name, attributes, inner = item
        tag = soup.new_tag(name, attrs=dict(attributes))
        tag.extend(map(node, inner))
        return tag

    soup.extend(map(node, tree))
    return str(soup)


def as_tree(html: str) -> list:
    """Read HTML as a tree, with texts in one piece: how Wagtail writes it does not matter."""

    def items(parent):
        found = []
        for child in parent.children:
            if not isinstance(child, NavigableString):
                found.append(element(child.name, items(child), **child.attrs))
            elif found and isinstance(found[-1], str):
                found[-1] += str(child)
            elif str(child):
                found.append(str(child))
        return found

    return items(BeautifulSoup(html, "html.parser"))


@settings(max_examples=400, deadline=None)
@given(rich_text())
def test_rich_text_comes_back_the_same(tree):
    html = as_html(tree)
    assert as_tree(to_html(to_markdown(html), verbatim=True)) == as_tree(html)
