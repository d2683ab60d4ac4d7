"""From a book to what the compiler sets: sections, things and blocks of small nodes, with every word of ours."""

from collections.abc import Callable
from urllib.parse import quote

from django.utils.translation import gettext, override

from toolkit.booklet.nodes import nodes_of
from toolkit.booklet.words import IDEA_KIND_WORDS, QUOTE_KIND_WORDS, SETTING_WORDS, words
from toolkit.templatetags.document import day, language_name

# A section is a heading of the first level, a thing in it of the second.
SECTION, THING = 1, 2


def set_book(book: dict, *, site_url: str, picture: Callable[[str], str]) -> dict:
    """Give a book as data for the template. `picture` keeps a picture and gives the name of its file, or ""."""
    with override(book["locale"]):
        return _Setting(book, site_url, picture).whole()


class _Setting:
    def __init__(self, book: dict, site_url: str, picture: Callable[[str], str]):
        self.book = book
        self.site_url = site_url
        self.picture = picture
        self.places = {
            document["path"]: document["id"]
            for section in book["sections"]
            for document in (section["document"], *section["things"])
        } | {
            term["path"]: term["id"] for section in book["sections"] for term in section["document"].get("terms", [])
        }

    def whole(self) -> dict:
        """Give everything: what stands on the cover, the words of ours, the sections."""
        home = self.book["sections"][0]["document"]
        return {
            "title": home["title"],
            "summary": home["summary"],
            **self._language(home),
            "book": {"lang": self.book["lang"], "dir": self.book["dir"]},
            "address": self.site_url + home["path"],
            "changed": day(self.book["updated_at"]) if self.book["updated_at"] else "",
            "words": words(),
            "prompts": self.book["prompts"],
            "sections": [self._section(section) for section in self.book["sections"]],
        }

    def _section(self, section: dict) -> dict:
        document = section["document"]
        is_home = section["type"] == "introduction"
        return {
            **self._head(document),
            # The title of the toolkit is that of the book.
            **({"title": gettext("About this toolkit"), **self._own_language()} if is_home else {}),
            "summary": "" if is_home else document["summary"],
            "label": gettext("Stage %(number)s") % {"number": document["number"]} if "number" in document else "",
            "type": section["type"],
            "blocks": self._blocks(document, SECTION),
            "things": [self._thing(thing) for thing in section["things"]],
            "terms": [self._term(term) for term in document.get("terms", [])],
        }

    def _head(self, document: dict) -> dict:
        note = "" if document["lang"] == self.book["lang"] else str(language_name(document["lang"]))
        return {
            "id": document["id"],
            "title": document["title"],
            "summary": document["summary"],
            "note": note,
            **self._language(document),
        }

    def _thing(self, document: dict) -> dict:
        ideas = [idea for idea in document.get("ideas", []) if idea["path"] in self.places]
        return {
            **self._head(document),
            "type": document["type"],
            "label": str(IDEA_KIND_WORDS.get(document.get("kind"), "")),
            "facts": self._facts(document) if document["type"] == "idea" else [],
            "blocks": self._blocks(document, THING),
            "ideas": [self._idea(idea) for idea in ideas] if document["type"] == "mark" else [],
            "credits": [self._credit(credit) for credit in document.get("credits", [])],
            "source": self._source(document.get("source", ""), document.get("source_url", "")),
        }

    def _idea(self, idea: dict) -> dict:
        return {"title": idea["title"], "ref": self.places[idea["path"]], **self._language(idea)}

    def _term(self, term: dict) -> dict:
        return {"id": term["id"], "title": term["title"], "in": self._nodes(term["html"]), **self._language(term)}

    def _facts(self, idea: dict) -> list[dict]:
        own = self._language(idea)
        return [
            {"name": name, "value": value, **language}
            for name, value, language in (
                (gettext("Time"), idea["time"], own),
                (gettext("Group size"), idea["group_size"], own),
                (gettext("Where"), str(SETTING_WORDS.get(idea["setting"], "")), self._own_language()),
            )
            if value
        ]

    # --- Blocks ----------------------------------------------------------------------------------------------------

    def _blocks(self, document: dict, above: int) -> list[dict]:
        last, blocks = [above], []
        for block in document.get("body", []):
            set_block = getattr(self, f"_set_{block['type']}", None)
            shown = set_block and set_block(block)
            if shown:
                blocks.append({"type": block["type"], **self._language(block), **shown})
        for block in blocks:
            _without_gaps(block.get("in", []), last)
        return blocks

    def _set_text(self, block: dict) -> dict:
        return {"in": self._nodes(block["html"])}

    _set_tip = _set_note = _set_text

    def _set_citation(self, block: dict) -> dict:
        return {"in": self._nodes(block["html"]), "source": self._source(block["source"], block["url"])}

    def _set_quote(self, block: dict) -> dict:
        quote = block["quote"]
        original = quote["original_language"]
        return {
            **self._language(quote),
            "kind": quote["kind"],
            "label": str(QUOTE_KIND_WORDS[quote["kind"]]),
            "in": self._nodes(quote["html"]),
            "credit": self._credit(quote["credit"]),
            "first_said": _first_said(original) if original and original != quote["lang"] else "",
        }

    def _set_image(self, block: dict) -> dict:
        return {
            "file": self.picture(block["image"]["src"]),
            "alt": block["alt"],
            "decorative": block["decorative"] or not block["alt"],
            "caption": block["caption"],
        }

    def _set_idea(self, block: dict) -> dict:
        idea = block["idea"]
        return {
            **self._language(idea),
            "title": idea["title"],
            "summary": idea["summary"],
            "facts": self._facts(idea),
            "ref": self.places.get(idea["path"], ""),
        }

    def _set_media(self, block: dict) -> dict:
        address = block["url"] or (block["src"] and self.site_url + block["src"])
        return {
            "title": self._source(block["title"], address),
            "in": self._nodes(block["transcript"]),
        }

    # --- Small things -----------------------------------------------------------------------------------------------

    def _credit(self, credit: dict) -> dict:
        return {
            "name": words()["not_named"] if credit["naming"] == "not-named" else credit["name"],
            "is_ours": credit["naming"] == "not-named",
            "year": str(credit["year"] or ""),
            "illustrative": credit["naming"] == "illustrative",
            "thanks": credit["thanks"],
        }

    def _source(self, text: str, address: str) -> list[dict]:
        if not text:
            return []
        said = {"is": "words", "words": text}
        return [self._link({"is": "link", "to": address, "in": [said]}) if address else said]

    def _nodes(self, html: str) -> list[dict]:
        return self._led(nodes_of(html))

    def _led(self, nodes: list[dict]) -> list[dict]:
        """Have links lead within the book where they can, else to the site or away."""
        return [self._link(node) if node["is"] == "link" else self._with_led(node) for node in nodes]

    def _with_led(self, node: dict) -> dict:
        return {**node, "in": self._led(node["in"])} if "in" in node else node

    def _link(self, node: dict) -> dict:
        address, _, part = node["to"].partition("#")
        inner = self._led(node["in"])
        if address in self.places and not part:
            return {"is": "ref", "ref": self.places[address], "in": inner}
        to = self.site_url + node["to"] if node["to"].startswith("/") else node["to"]
        if not to or not _text_of(inner).strip():
            return {"is": "em", "in": inner}
        shown = "" if to in _text_of(inner) else to
        return {"is": "link", "to": quote(to, safe="%/:=&?~#+!$,;'@()*[]"), "note": shown, "in": inner}

    def _language(self, thing: dict) -> dict:
        return {"lang": thing["lang"], "dir": thing["dir"]}

    def _own_language(self) -> dict:
        return self._language(self.book)


def _first_said(language: str) -> str:
    return gettext("First said in another language: %(language)s") % {"language": language_name(language)}


def _without_gaps(nodes: list[dict], last: list[int]):
    """Give headings their level in the book; none is more than one below that before it, whatever editors chose."""
    for node in nodes:
        if node["is"] == "h":
            node["level"] = last[0] = min(node["level"], last[0] + 1)


def _text_of(nodes: list[dict]) -> str:
    return "".join(node.get("words", "") + _text_of(node.get("in", [])) for node in nodes)
