"""From a page to the content file that says everything about it."""

from datetime import UTC, datetime
from pathlib import Path

from toolkit.bundle.fields import DRAFT, REQUIRED, checked_fields
from toolkit.bundle.fill import default_slug
from toolkit.bundle.format import BlockText, PageFile
from toolkit.bundle.naming import Names
from toolkit.bundle.prose import to_markdown
from toolkit.bundle.references import file_type
from toolkit.bundle.selection import Chosen
from toolkit.consent import Naming
from toolkit.models.home import PROMPTS

IDEA_FACTS = ("time", "minutes", "group_size", "people_from", "people_to", "setting", "source", "source_url")


def describe(chosen: Chosen, names: Names) -> PageFile:
    """Give the content file of a page.

    What is not public says that it is a draft. The private notes on consent, and the names of those who are not to
    be named, are never in it.
    """
    page, kind = chosen.page, file_type(type(chosen.page))
    file = PageFile(Path(chosen.path), page.locale.language_code, {"type": kind}, blocks_of(page, names))
    said = {
        "type": kind,
        "title": page.title,
        "slug": page.slug if page.slug != default_slug(file) else "",
        "order": chosen.order,
        **DESCRIBERS.get(kind, _text)(page, chosen, names),
        "state": "" if chosen.is_public else DRAFT,
        "translation": chosen.standing,
        "review": "needed" if page.translated_from.get("machine") else "",
        "key": page.key,
        "expire_at": _time(page.expire_at),
    }
    times = {"published_at": _time(page.first_published_at), "updated_at": _time(page.last_published_at)}
    # A public page without them gets none on another site either.
    always = {*REQUIRED[kind], *(times if chosen.is_public else ())}
    file.fields = checked_fields(_filled({**said, **times}, always))
    return file


def _filled(said: dict, always=()) -> dict:
    """Leave out what says nothing."""
    return {name: value for name, value in said.items() if name in always or value not in ("", None, [])}


def _time(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(UTC)


# --- Fields ----------------------------------------------------------------------------------------------------


def _text(page, chosen: Chosen, names: Names) -> dict:
    return {"summary": page.summary}


def _home(page, chosen: Chosen, names: Names) -> dict:
    return {"summary": page.summary, "prompts": {name: getattr(page, f"prompt_{name}") for name in PROMPTS}}


def _quote(page, chosen: Chosen, names: Names) -> dict:
    language = {"original_language": page.original_language}
    return {"kind": page.kind, "credit": _name(page), **_attribution(page), **language}


def _idea(page, chosen: Chosen, names: Names) -> dict:
    served = [(item["type"], names.code(item["type"], item["value"])) for item in page.serves.get_prep_value()]
    credits = [credit for credit in page.credits.all() if names.may_travel(credit)]
    return {
        "kind": page.kind,
        "summary": page.summary,
        "stages": [code for kind, code in served if kind == "stage" and code],
        "marks": [code for kind, code in served if kind == "mark" and code],
        **{name: getattr(page, name) for name in IDEA_FACTS},
        "credits": [
            {"name": _name(credit), **_filled(_attribution(credit)), "key": str(credit.translation_key)}
            for credit in credits
        ],
    }


DESCRIBERS = {
    "toolkit": _home,
    "quote": _quote,
    "idea": _idea,
    "term": lambda page, chosen, names: {},
}


def _name(said_by) -> str:
    return "" if said_by.naming == Naming.NOT_NAMED else said_by.name


def _attribution(said_by) -> dict:
    names = ("year", "naming", "thanks", "consent", "consent_date", "consent_until", "consent_scope")
    return {name: getattr(said_by, name) for name in names}


# --- Text ------------------------------------------------------------------------------------------------------


def blocks_of(page, names: Names) -> list[BlockText]:
    """Give the text of a page block by block."""
    if not hasattr(page, "body"):
        return [_markdown("text", page.words if hasattr(page, "words") else page.meaning, names)]
    blocks = []
    for item in page.body.get_prep_value():
        block = _block(item["type"], item["value"], names)
        # A text that follows another, or has no words yet, would not be seen without a beginning and an end.
        if block and block.type == "text":
            follows_text = blocks and blocks[-1].type == "text" and not blocks[-1].fenced
            block.fenced = bool(follows_text or not block.lines)
        blocks += [block] if block else []
    return blocks


def _block(kind: str, value, names: Names) -> BlockText | None:
    """Give one block, None when what it mentions is not in the bundle."""
    if kind in ("quote", "idea"):
        code = names.code(kind, value)
        return BlockText(kind, code, fenced=True, verbatim=True) if code else None
    if kind == "image":
        decorative = "yes" if value.get("decorative") else ""
        said = {"alt": value.get("alt"), "decorative": decorative, "caption": value.get("caption")}
        return _with({"file": names.picture(value.get("image")), **_filled(said)}, _markdown(kind, "", names))
    if kind == "pair":
        return _with({"file": names.picture(value.get("image"))}, _markdown(kind, value.get("text"), names))
    if kind == "media":
        said = {"file": names.document(value.get("file")), "url": value.get("url")}
        first = {"kind": value.get("kind") or "video", "title": value.get("title") or ""}
        return _with({**first, **_filled(said)}, _markdown(kind, value.get("transcript"), names))
    if kind == "citation":
        said = {"source": value.get("source") or "", **_filled({"url": value.get("url")})}
        return _with(said, _markdown(kind, value.get("text"), names))
    return _markdown(kind, value, names)


def _with(attributes: dict, block: BlockText) -> BlockText:
    block.attributes = attributes
    return block


def _markdown(kind: str, html: str | None, names: Names) -> BlockText:
    text = to_markdown(html or "", names.link)
    return BlockText(kind, lines=text.split("\n") if text else [], fenced=kind != "text", verbatim=True)
