"""From the HTML of rich text to a small tree that is set as it stands: words are data there, never markup.

A block is {"is": "p", "h", "ul" or "ol"}; in a line stands {"is": "words", "strong", "em", "link" or "br"}.
"""

from html.parser import HTMLParser

STRONG = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
# Headings of documents begin at h3, those of a book at its sections.
HEADINGS = {"h3": 2, "h4": 3, "h5": 4}


class _Tree(HTMLParser):
    """Builds the tree; of tags that rich text cannot have, only the words are kept."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.top: dict = {"is": "top", "in": []}
        self.open = [self.top]
        self.tags = ["top"]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "br":
            self._add({"is": "br"})
            return
        node = _node(tag, given)
        if node is None:
            return
        node |= {name: given[name] for name in ("lang", "dir") if given.get(name)}
        self._add(node)
        self.open.append(node)
        self.tags.append(tag)

    def handle_endtag(self, tag):
        if tag in self.tags:
            while self.tags.pop() != tag:
                self.open.pop()
            self.open.pop()

    def handle_data(self, data):
        between = self.open[-1]["is"] in ("top", "ul", "ol") and not data.strip()
        if not between:
            self._add({"is": "words", "words": data})

    def _add(self, node):
        self.open[-1]["in"].append(node)


def _node(tag: str, attributes: dict) -> dict | None:
    if tag in STRONG:
        return {"is": STRONG[tag], "in": []}
    if tag == "a":
        return {"is": "link", "to": attributes.get("href") or "", "in": []}
    if tag in HEADINGS:
        return {"is": "h", "level": HEADINGS[tag], "in": []}
    return {"is": tag, "in": []} if tag in ("p", "ul", "ol", "li") else None


def nodes_of(html: str) -> list[dict]:
    """Give the blocks of a rich text. Words that stand in no block get a paragraph."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return in_blocks(tree.top["in"])


def in_blocks(nodes: list[dict]) -> list[dict]:
    """Put what stands loose in a line into paragraphs."""
    blocks: list[dict] = []
    loose: dict | None = None
    for node in nodes:
        if node["is"] in ("p", "h", "ul", "ol"):
            loose = None
            blocks.append(_with_items(node))
        else:
            if loose is None:
                loose = {"is": "p", "in": []}
                blocks.append(loose)
            loose["in"].append(node)
    return blocks


def _with_items(node: dict) -> dict:
    if node["is"] not in ("ul", "ol"):
        return node
    items = [{**item, "in": in_blocks(item["in"])} for item in node["in"] if item["is"] == "li"]
    return {**node, "in": items}
