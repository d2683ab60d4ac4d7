"""A language as a PO file (gettext), which stays the same byte for byte while nothing changes."""

from datetime import datetime

import polib
from django.utils.dateparse import parse_datetime

from cms.translations.files.entries import Entry, Language

FORM, TYPE = "po", "text/x-gettext-translation"
AT = "X-Translations-Until"
# In letters. Poedit and msgcat take other widths; the words are the same.
WIDTH = 100


class Unreadable(ValueError):
    """A file that cannot be read: the message says why, and what to do."""


def write(language: Language, entries: list[Entry], *, plural_forms: str, name: str) -> bytes:
    """Give a language as a PO file in UTF-8."""
    file = polib.POFile(wrapwidth=WIDTH)
    moment = language.at.isoformat() if language.at else ""
    file.metadata = {
        "Project-Id-Version": name,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": "",
        "PO-Revision-Date": language.at.strftime("%Y-%m-%d %H:%M+0000") if language.at else "",
        "Last-Translator": "",
        "Language-Team": "",
        "Language": language.code.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_forms,
        AT: moment,
    }
    file.extend(_written(entry) for entry in entries)
    return str(file).encode() + b"\n"


def _written(entry: Entry) -> polib.POEntry:
    flags = [*(["fuzzy"] if entry.unsure else []), *entry.flags]
    said = {"msgstr": entry.words}
    if entry.plural:
        said = {"msgid_plural": entry.plural, "msgstr_plural": dict(enumerate(entry.forms))}
    return polib.POEntry(
        msgctxt=entry.context or None,
        msgid=entry.source,
        previous_msgid=entry.previous or None,
        comment="\n".join(entry.notes),
        flags=flags,
        **said,
    )


def read(content: bytes) -> tuple[Language, list[Entry]]:
    """Read a PO file. Raises Unreadable."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("not-utf-8") from None
    if "\0" in text or "msgid" not in text:
        raise Unreadable("no-po")
    try:
        file = polib.pofile(text)
    except (OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, SyntaxError):
        raise Unreadable("no-po") from None
    if not file.metadata.get("Language"):
        raise Unreadable("no-header")
    language = Language(file.metadata["Language"].replace("_", "-").lower(), "", _moment(file.metadata.get(AT, "")))
    return language, [_read(entry) for entry in file if not entry.obsolete]


def _read(entry: polib.POEntry) -> Entry:
    forms = [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)]
    return Entry(
        entry.msgctxt or "",
        entry.msgid,
        entry.msgstr,
        entry.previous_msgid or "",
        "fuzzy" in entry.flags,
        plural=entry.msgid_plural,
        forms=forms,
    )


def _moment(value: str) -> datetime | None:
    try:
        moment = parse_datetime(value)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
