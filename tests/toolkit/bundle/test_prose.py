"""Rich text and Markdown: whatever an editor may have kept comes back from a file as the same."""

import pytest
from bs4 import BeautifulSoup, NavigableString
from hypothesis import example, given, settings
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
@example([element("h3", ["#"]), element("h3", ["########"]), element("h4", ["a ##"])])
@example([element("p", ["Look!", element("a", ["here"], href="/a")])])
@example([element("p", [element("i", ["a"]), element("b", ["b"])])])
@example([element("p", ["a", element("b", ["Pay:"]), " b ", element("i", ["“c”"]), "d"])])
@given(rich_text())
def test_rich_text_comes_back_the_same(tree):
    html = as_html(tree)
    assert as_tree(to_html(to_markdown(html), verbatim=True)) == as_tree(html)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<p><b>Pay:</b> a <i>fair</i> share</p>", "**Pay:** a *fair* share"),
        ("<p>a<b> b</b>c</p>", "a<b> b</b>c"),
        ("<h3>How to</h3><ul><li>one<ol><li>two</li></ol></li></ul>", "### How to\n\n- one\n  1. two"),
        ("<ul><li>one</li></ul><ul><li>two</li></ul>", "- one\n\n* two"),
        ("<p>one<br/>two</p><p></p><p>three</p>", "one\\\ntwo\n\n<p></p>\n\nthree"),
        ("<p>1. Not a list, R&amp;D &amp;amp; *so on*</p>", "1\\. Not a list, R&D \\&amp; \\*so on\\*"),
        ('<p><a href="https://a.b/(c)?d&amp;e">words</a></p>', "[words](<https://a.b/(c)?d&e>)"),
        ('<p><a href="javascript:alert(1)">words</a> <a linktype="document" id="1">more</a></p>', "words more"),
        ("<div><p>one</p><span>two</span></div>three", "one\n\ntwo\n\nthree"),
        ("<ul><li><p>one</p><p>two</p></li></ul>", "- one\\\n  two"),
        ("<p>“Don't”&nbsp;(c)...</p>", "“Don't”&nbsp;(c)..."),
        ("", ""),
    ],
)
def test_markdown_is_what_people_would_write(html, markdown):
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ('"Don\'t"', "<p>&quot;Don't&quot;</p>"),
        ("one\ntwo", "<p>one two</p>"),
        ("<b>never closed", "<p><b>never closed</b></p>"),
        ("<u>no</u> <script>", "<p>&lt;u&gt;no&lt;/u&gt; &lt;script&gt;</p>"),
        ("[a](https://ŵ.cymru/é)", '<p><a href="https://ŵ.cymru/é">a</a></p>'),
    ],
)
def test_text_of_bundles_stands_as_written(markdown, html):
    assert to_html(markdown, verbatim=True) == html
