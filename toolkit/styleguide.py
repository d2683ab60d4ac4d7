"""Made-up things in every state in which the site shows them, for the page on which its parts are looked at."""

import re

from toolkit.assets import FOLDER
from toolkit.films import player_of

PATH = "/styleguide/"
LONG_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch"
KINDS = ("snake", "ladder", "observation")
MOTIFS = ("snake", "ladder", "observation", "meaning", "score", "idea")
# The custom properties that are colours.
TOKENS = (FOLDER / "site" / "tokens.css").read_text(encoding="utf-8")
COLOURS = re.findall(
    r"^  --([a-z-]+): (?:#|var\(--if-light)", (FOLDER / "site" / "tokens.css").read_text(), re.MULTILINE
)
MANY = 200
# Of nobody: no film has this number.
FILM = "https://youtu.be/___________"


def styleguide_document(direction: str) -> dict:
    """Give what the page of the site's parts has in the place of a document, in one direction: "ltr" or "rtl"."""
    language = {"locale": "en", "lang": "en", "dir": direction}
    place = {"path": PATH, "ancestors": [_mention("Home", "toolkit", direction)], "alternates": []}
    parts = {"colours": COLOURS, "motifs": MOTIFS, "body": _body(direction), "prompts": _prompts(direction)}
    lists = {"none": [], "one": [_idea(1, direction)], "many": [_idea(at, direction) for at in range(1, MANY + 1)]}
    around = {name: _mention(f"The {name} one", "mark", direction) for name in ("previous", "next")}
    translation = {"state": "partial", "needs_review": True, "source_locale": "en"}
    told = {"title": "The parts of the site", "summary": "Each in every state, with the words that it can hold."}
    return {
        "type": "styleguide",
        **language,
        **place,
        **told,
        **parts,
        **around,
        "lists": lists,
        "translation": translation,
        "guides": [around["next"]],
        "easy_read": _mention("A part (Easy Read)", "easy-read", direction, "ar" if direction == "ltr" else "en"),
    }


def _mention(title: str, kind: str, direction: str, lang: str = "en") -> dict:
    return {"type": kind, "title": title, "summary": "", "path": PATH, "lang": lang, "dir": direction}


def _idea(number: int, direction: str) -> dict:
    facts = {"time": "10 minutes", "group_size": "3 to 20 people", "setting": "either"} if number % 3 else {}
    title = f"{LONG_WORD} {number}" if number % 50 == 2 else f"Idea {number}"
    summary = "One sentence that says what it is." * (number % 4)
    return {**_mention(title, "idea", direction), "kind": "activity", "summary": summary, **facts}


def _quote(kind: str, direction: str) -> dict:
    credit = {"naming": "illustrative", "name": "Somebody at a meeting", "year": 2026, "thanks": ""}
    words = {"snake": "<p>Nobody asked.</p>", "ladder": f"<p>They asked, and wrote it down: {LONG_WORD}.</p>"}
    html = words.get(kind, "<p>It takes as long as it takes.</p>" * 6)
    said = {**_mention("What was said", "quote", direction), "kind": kind, "html": html, "credit": credit}
    return {**said, "code": kind, "original_language": "cy" if kind == "snake" else ""}


def _body(direction: str) -> list[dict]:
    words = f"<p>Words with <b>weight</b>, <i>stress</i> and <a href='{PATH}'>a link</a>.</p>"
    listed = "<ul><li>One</li><li>Two</li></ul><ol><li>First</li><li>Second</li></ol>"
    arabic = {"lang": "ar", "dir": "rtl"}
    return [
        {"type": "text", "html": f"<h3>A heading</h3>{words}<h4>A smaller one</h4>{listed}"},
        {"type": "text", "html": "<h3>فقرة لم تترجم بعد</h3><p>كلمات بلغة أخرى.</p>", **arabic},
        *({"type": "quote", "quote": _quote(kind, direction)} for kind in KINDS),
        {"type": "tip", "html": "<p>Something to try, in a sentence.</p>"},
        {"type": "note", "html": "<p>Something to know, in a sentence.</p>"},
        {"type": "citation", "html": "<p>What a report says.</p>", "source": "A report", "url": ""},
        {
            "type": "image",
            "image": {"src": "/not-here.webp", "width": 640, "height": 360},
            "alt": "A picture that is missing",
        },
        {
            "type": "media",
            "kind": "audio",
            "title": "A recording",
            "url": "https://example.org/",
            "transcript": words,
        },
        {
            "type": "media",
            "kind": "video",
            "title": "A film elsewhere",
            "url": FILM,
            "player": player_of(FILM),
            "transcript": words,
        },
        {"type": "idea", "idea": _idea(4, direction)},
        {
            "type": "pair",
            "html": "<p>One short sentence.</p>",
            "image": {"src": "/gone.webp", "width": 400, "height": 400},
        },
        {"type": "pair", "html": f"<p>No picture yet: {LONG_WORD}.</p>", "image": None},
    ]


def _prompts(direction: str) -> list[dict]:
    texts = {
        "meaning": "What is it?",
        "ladders": "What helps?",
        "snakes": "What hinders?",
        "score": "How far are we?",
    }
    return [{"code": code, "text": text, "lang": "en", "dir": direction} for code, text in texts.items()]
