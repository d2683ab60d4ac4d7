"""The page for those who put the widget on their site: attributes, events, look, policies. In English, as code is."""

from django.template.loader import render_to_string

from api.widget.bundle import FOLDER, NEWEST, script
from api.widget.snippets import COLOURS
from toolkit.assets import asset

ADDRESS = f"{FOLDER}docs/"
TEMPLATE = "docs/widget.html"
ATTRIBUTES = {
    "stage": "Codes of stages: all of their marks. Several with spaces between them.",
    "mark": "Codes of marks. With neither of the two, all marks of the toolkit.",
    "locale": "The language, such as cy. Without it, that of the page (the nearest lang around the element).",
    "board": "The 27 letters at the end of a board’s join link: whoever comes is asked to join it.",
    "toolkit": "Address of the toolkit, where the script comes from somewhere else.",
}
PROPERTIES = {
    **{f"--mark-scoring-{name}": f"{usual} in light colours" for name, usual in COLOURS.items()},
    "--mark-scoring-radius": "0.5em, of corners",
    "--mark-scoring-font": "system-ui, sans-serif",
}
PARTS = {
    "widget": "all of it",
    "title": "the heading",
    "mark": "each mark",
    "mark-title": "its heading",
    "score": "the group of radio buttons",
    "number": "each number, and each reason to give none",
    "button": "each button",
    "notice": "what people need to know, or what went wrong",
    "note": "a snake, a ladder, an action, a dissent",
    "status": "what is saved, and what is not sent yet",
}
EVENTS = {
    "mark-scoring:score": {
        "mode": "“alone” or “board”",
        "mark": "code of the mark, empty for one of the group’s own",
        "kind": "“score”, “not-yet”, “not-relevant” or “cleared”; never the score itself",
    },
    "mark-scoring:agree": {"mark": "as above", "round": "number of the round"},
    "mark-scoring:error": {
        "code": "“unreachable”, “no-such-mark”, “broken”, or the code of what the API said",
        "status": "HTTP status, 0 where there was none",
    },
}


def guide_html(site: str) -> str:
    """Render the page for a toolkit at an address."""
    context = {
        "stylesheets": [asset(name).path for name in ("site.css", "docs.css")],
        "icon": asset("icon.svg").path,
        "site": site,
        "folder": FOLDER,
        "newest": NEWEST,
        "script": script(),
        "attributes": ATTRIBUTES,
        "properties": PROPERTIES,
        "parts": PARTS,
        "events": EVENTS,
    }
    return render_to_string(TEMPLATE, context)
