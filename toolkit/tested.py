"""What the tests of the software found, in words: figures that `make tested` writes into `tested.json` beside it."""

import json
from pathlib import Path

from django.utils.translation import gettext

from toolkit import locales
from toolkit.documents.reading import Reading, known_as

FILE = Path(__file__).with_name("tested.json")


@known_as("tested")
def _tested(_read: Reading, _argument: str) -> dict:
    return read_figures()


def read_figures() -> dict:
    """Give what was found by each kind of test, with its `date` and `version`; None where it was not done."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def checks(figures: dict) -> list[dict]:
    """Give what was checked by a computer, in words of the active language: `title`, `about`, `facts`, `date`.

    A fact is a name with a value: a figure, words, or a list of languages with their own names.
    """
    return [{**TOLD[name](figures[name]), "date": figures[name]["date"]} for name in TOLD if figures.get(name)]


def _axe(found: dict) -> dict:
    widths = ", ".join(map(str, found["widths"]))
    return {
        "title": gettext("Barriers that a computer can find"),
        "about": gettext(
            "A program called axe looks at each page for common barriers, such as text that is too pale or a button "
            "without a name. It looks in light and in dark colours, on a small phone and on a large screen."
        ),
        "facts": [
            (gettext("Pages looked at"), found["pages"]),
            (gettext("Languages"), [_language(code) for code in found["locales"]]),
            (gettext("Widths of the window, in pixels"), widths),
            (gettext("Problems found"), found["found"]),
        ],
    }


def _language(code: str) -> dict:
    return {"code": code, "name": locales.own_name(code), "dir": locales.direction(code)}


def _html(found: dict) -> dict:
    return {
        "title": gettext("How the pages are built"),
        "about": gettext(
            "A program called the Nu HTML Checker looks for mistakes in the code of each page. Such mistakes can "
            "confuse a screen reader."
        ),
        "facts": [(gettext("Pages looked at"), found["pages"]), (gettext("Mistakes found"), found["found"])],
    }


def _keyboard(found: dict) -> dict:
    return {
        "title": gettext("Without a mouse"),
        "about": gettext(
            "A computer presses the Tab key on pages of every kind. It looks whether every link, button and field "
            "comes, in the right order, and can be seen when it comes."
        ),
        "facts": [(gettext("Pages looked at"), found["pages"]), (gettext("Problems found"), found["found"])],
    }


def _reading_age(found: dict) -> dict:
    return {
        "title": gettext("Plain words"),
        "about": gettext(
            "A formula called Flesch–Kincaid says from which age each English page can be read. It counts words and "
            "syllables. It cannot tell whether a text makes sense."
        ),
        "facts": [
            (gettext("Pages looked at"), found["pages"]),
            (gettext("Our limit, in years of age"), found["limit"]),
            (gettext("The hardest page, in years of age"), found["highest"]),
            (gettext("All pages on average, in years of age"), found["average"]),
        ],
    }


def _criteria(found: dict) -> dict:
    return {
        "title": gettext("The rules, one by one"),
        "about": gettext(
            "WCAG 2.2 is a list of rules for websites that everyone can use. Its levels A and AA have 55 rules. For "
            "each of them, whoever made this software wrote down whether it is met, and how that is known."
        ),
        "facts": [
            (gettext("Rules met"), found["met"]),
            (gettext("Rules met in part"), found["partly"]),
            (gettext("Rules not met"), found["not met"]),
            (gettext("Rules for something that is not on this site"), found["not used"]),
        ],
    }


def _lighthouse(found: dict) -> dict:
    return {
        "title": gettext("Speed and good habits"),
        "about": gettext(
            "A program called Lighthouse gives marks from 0 to 100. These are the lowest that any page got."
        ),
        "facts": [
            (gettext("Pages looked at"), found["pages"]),
            (gettext("Access for everyone"), found["accessibility"]),
            (gettext("Speed"), found["performance"]),
            (gettext("Good habits"), found["best-practices"]),
            (gettext("Can be found by search engines"), found["seo"]),
        ],
    }


# In the order in which readers see them.
TOLD = {
    "axe": _axe,
    "html": _html,
    "keyboard": _keyboard,
    "reading_age": _reading_age,
    "criteria": _criteria,
    "lighthouse": _lighthouse,
}
