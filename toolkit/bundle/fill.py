"""From a content file to the fields and the text of a page."""

import json
from difflib import SequenceMatcher

from toolkit.bundle.fields import CREDIT
from toolkit.bundle.format import BlockText, PageFile
from toolkit.bundle.references import linked, referred
from toolkit.bundle.uploads import Uploads
from toolkit.consent import Consent, Naming
from toolkit.models import Home, IdeaCredit, Quote
from toolkit.models.easy_read import SLUG
from toolkit.models.home import PROMPTS

# What a new attribution says where a file does not: these are nobody's words.
ILLUSTRATIVE = {"naming": Naming.ILLUSTRATIVE, "consent": Consent.NOT_NEEDED}
EMPTY = {"year": None, "thanks": "", "consent_date": None, "consent_until": None, "consent_scope": ""}


def fill(page, file: PageFile, uploads: Uploads):
    """Give a page the fields and the text of its file. Raises MissingPage or UnreadableFile.

    What never is in a file stays as it is on the page: the private notes on consent.
    """
    page.title = file.fields["title"]
    page.slug = file.fields.get("slug") or default_slug(file)
    FILLERS.get(file.type, _fill_text)(page, file, uploads)


def default_slug(file: PageFile) -> str:
    """Give the last part of a page's address, where its file does not say another."""
    fixed = {"toolkit": f"home-{file.locale}", "easy-read": SLUG}
    return fixed.get(file.type, file.code)


def _fill_text(page, file: PageFile, uploads: Uploads):
    page.summary = file.fields["summary"]
    before = page.body.get_prep_value()
    page.body = [_block(block, file, uploads) for block in file.blocks]
    _keep_block_ids(page.body, before)


def _fill_home(page: Home, file: PageFile, uploads: Uploads):
    _fill_text(page, file, uploads)
    for name in PROMPTS:
        setattr(page, f"prompt_{name}", file.fields["prompts"][name])


def _fill_quote(page: Quote, file: PageFile, uploads: Uploads):
    page.words = linked(file.html, file)
    page.kind = file.fields["kind"]
    page.original_language = file.fields.get("original_language", "")
    _attribute(page, file.fields, name=file.fields.get("credit", ""))


def _fill_term(page, file: PageFile, uploads: Uploads):
    page.meaning = linked(file.html, file)


def _fill_idea(page, file: PageFile, uploads: Uploads):
    _fill_text(page, file, uploads)
    for name in ("kind", "time", "group_size", "setting", "source", "source_url"):
        setattr(page, name, file.fields.get(name, ""))
    for name in ("minutes", "people_from", "people_to"):
        setattr(page, name, file.fields.get(name))
    served = [("stage", code) for code in file.fields.get("stages", [])]
    served += [("mark", code) for code in file.fields.get("marks", [])]
    page.serves = [(kind, referred(kind, code, file)) for kind, code in served]
    page.credits = _credits(page, file.fields.get("credits", []))


FILLERS = {"toolkit": _fill_home, "quote": _fill_quote, "term": _fill_term, "idea": _fill_idea}


def _block(block: BlockText, file: PageFile, uploads: Uploads) -> tuple:
    if block.type in ("quote", "idea"):
        return block.type, referred(block.type, block.code, file)
    html, said = linked(block.html, file), block.attributes
    if block.type == "citation":
        return block.type, {"text": html, "source": said["source"], "url": said.get("url", "")}
    if block.type == "image":
        return block.type, {
            "image": uploads.picture(said["file"]) if said["file"] else None,
            "alt": said.get("alt", ""),
            "decorative": said.get("decorative") == "yes",
            "caption": said.get("caption", ""),
        }
    if block.type == "pair":
        return block.type, {"image": uploads.picture(said["file"]) if said["file"] else None, "text": html}
    if block.type == "media":
        return block.type, {
            "kind": said["kind"],
            "title": said["title"],
            "file": uploads.document(said["file"]) if said.get("file") else None,
            "url": said.get("url", ""),
            "transcript": html,
        }
    return block.type, html


def _keep_block_ids(body, before: list[dict]):
    """Let blocks keep the ids that they had: translations are kept by them."""
    old = [json.dumps([item["type"], item["value"]], sort_keys=True) for item in before]
    new = [json.dumps([item["type"], item["value"]], sort_keys=True) for item in body.get_prep_value()]
    for change, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal" or (change == "replace" and end - start == last - first):
            for was, place in zip(range(start, end), range(first, last), strict=True):
                body[place].id = before[was]["id"]


# --- Credits ---------------------------------------------------------------------------------------------------


def _attribute(said_by, fields: dict, *, name: str):
    """Give a quote or a credit its attribution.

    Of somebody who is not to be named, no file has the name; of words that are there, a file may leave out who
    agreed to what. Both stay as they are.
    """
    for field, value in {**EMPTY, **{name: fields[name] for name in CREDIT if name in fields}}.items():
        setattr(said_by, field, value)
    if name or said_by.naming != Naming.NOT_NAMED:
        said_by.name = name


def _credits(page, wanted: list[dict]) -> list[IdeaCredit]:
    """Give the credits of an idea in the order of its file.

    A credit that somebody took back stays taken back, and one that waits for an answer goes on waiting.
    """
    there = list(page.credits.all())
    credits = []
    for fields in wanted:
        credit = _matching(there, fields)
        if credit:
            there.remove(credit)
        if credit is None or credit.consent != Consent.WITHDRAWN:
            credit = credit or IdeaCredit(locale=page.locale, **ILLUSTRATIVE, **_credit_key(fields))
            _attribute(credit, fields, name=fields["name"])
        credits.append(credit)
    credits += [credit for credit in there if not credit.may_be_public]
    for place, credit in enumerate(credits):
        credit.sort_order = place
    return credits


def _matching(credits: list[IdeaCredit], fields: dict) -> IdeaCredit | None:
    for credit in credits:
        if str(credit.translation_key) == fields.get("key"):
            return credit
    return next((credit for credit in credits if fields["name"] and credit.name == fields["name"]), None)


def _credit_key(fields: dict) -> dict:
    return {"translation_key": fields["key"]} if "key" in fields else {}
