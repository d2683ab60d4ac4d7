"""A language as an XLIFF 2 file (OASIS, version 2.0): a unit for each text, written always the same, and read."""

from django.utils.dateparse import parse_datetime
from lxml import etree

from cms.translations.files.entries import Entry, Language
from cms.translations.files.po import Unreadable

FORM, TYPE = "xlf", "application/xliff+xml"
NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
PREVIOUS, AT, NOTE, CONTEXT = "previous-source", "translations-until", "about", "context"


def write(language: Language, entries: list[Entry], *, name: str) -> bytes:
    """Give a language as an XLIFF 2.0 file in UTF-8. Each plural form of words with a number is a unit of its own."""
    root = etree.Element(
        "xliff", nsmap={None: NAMESPACE}, version="2.0", srcLang=language.source, trgLang=language.code
    )
    file = etree.SubElement(root, "file", id="toolkit", original=name)
    _notes(file, [(AT, language.at.isoformat() if language.at else "")])
    for number, entry in enumerate(entries, start=1):
        for place, (source, words) in enumerate(_pairs(entry)):
            _unit(file, f"t{number}.{place}", entry, source, words)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _pairs(entry: Entry) -> list[tuple[str, str]]:
    if not entry.plural:
        return [(entry.source, entry.words)]
    return [(entry.source if place == 0 else entry.plural, form) for place, form in enumerate(entry.forms)]


def _unit(file, unit_id: str, entry: Entry, source: str, words: str):
    unit = etree.SubElement(file, "unit", id=unit_id)
    said = [(CONTEXT, entry.context), *((NOTE, note) for note in entry.notes)]
    _notes(unit, said + ([(PREVIOUS, entry.previous)] if entry.previous else []))
    state = "initial" if not words or entry.unsure else "final"
    segment = etree.SubElement(unit, "segment", state=state)
    for tag, text in (("source", source), ("target", words)):
        if text or tag == "source":
            element = etree.SubElement(segment, tag)
            element.text = text
            element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _notes(parent, notes: list[tuple[str, str]]):
    holder = etree.SubElement(parent, "notes")
    for category, text in notes:
        etree.SubElement(holder, "note", category=category).text = text


def read(content: bytes) -> tuple[Language, list[Entry]]:
    """Read an XLIFF 2 file. Raises Unreadable. Nothing outside of it is looked up."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("no-xliff") from None
    if root.tag != f"{{{NAMESPACE}}}xliff" or not root.get("trgLang"):
        raise Unreadable("no-xliff")
    at = next((note.text for note in _all(root, "note") if note.get("category") == AT), "") or ""
    language = Language(root.get("trgLang").lower(), root.get("srcLang", ""), _moment(at))
    return language, _joined([_read(unit) for unit in _all(root, "unit")])


def _read(unit) -> tuple[str, Entry]:
    notes = {note.get("category"): note.text or "" for note in _all(unit, "note")}
    segments = list(_all(unit, "segment"))
    source = "".join(_text(one, "source") for one in segments)
    words = "".join(_text(one, "target") for one in segments)
    unsure = any(one.get("state", "initial") == "initial" for one in segments)
    entry = Entry(notes.get(CONTEXT, ""), source, words, notes.get(PREVIOUS, ""), unsure)
    return unit.get("id", "").partition(".")[0], entry


def _joined(units: list[tuple[str, Entry]]) -> list[Entry]:
    """Put the plural forms of words together again: units with the same number."""
    found: dict[str, Entry] = {}
    for number, (unit_id, entry) in enumerate(units):
        first = found.get(unit_id) if unit_id else None
        if first is None or first.context != entry.context:
            found[unit_id or str(number)] = entry
        else:
            first.forms = [*(first.forms or [first.words]), entry.words]
            first.plural = entry.source
            first.unsure = first.unsure or entry.unsure
    return list(found.values())


def _text(segment, tag: str) -> str:
    element = next(_all(segment, tag), None)
    return "" if element is None else "".join(element.itertext())


def _all(element, tag: str):
    return element.iter(f"{{{NAMESPACE}}}{tag}")


def _moment(value: str):
    try:
        moment = parse_datetime(value)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
