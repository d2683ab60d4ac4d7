"""A sample of each block as it would stand in a document, for the block picker. The words are nobody's."""

from django.utils.translation import gettext_lazy as _

_MENTION = {"code": "sample", "key": "", "locale": "en", "lang": "en", "dir": "ltr", "path": "#"}

# The page around a sample, as far as block templates look at it.
PREVIEW_PAGE = {"lang": "en", "dir": "ltr", "path": ""}

SAMPLES = {
    "text": {"html": "<p>Begin with what people need to know first. Then stop, and let them ask.</p>"},
    "tip": {"html": "<p>Ask everyone what would make the meeting easier for them.</p>"},
    "note": {"html": "<p>Some words mean different things to different people.</p>"},
    "citation": {
        "html": "<p>People should be part of the decisions that touch their lives.</p>",
        "source": _("Who wrote it, its title, the year"),
        "url": "",
    },
    "quote": {
        "quote": {
            **_MENTION,
            "type": "quote",
            "title": _("A quote from All voices"),
            "kind": "ladder",
            "html": "<p>They asked me before they decided. That was new.</p>",
            "credit": {"naming": "illustrative", "name": _("A role"), "year": 2026, "thanks": ""},
            "original_language": "",
        }
    },
    "idea": {
        "idea": {
            **_MENTION,
            "type": "idea",
            "title": _("An idea from the Lake"),
            "kind": "activity",
            "summary": _("What it is, in a sentence."),
            "time": "20",
            "minutes": 20,
            "group_size": "4–12",
            "people_from": 4,
            "people_to": 12,
            "setting": "either",
        }
    },
    "image": {
        "image": {"src": "", "width": 600, "height": 200},
        "alt": _("What the picture shows, in words"),
        "decorative": False,
        "caption": _("A caption below the picture"),
    },
    "media": {
        "kind": "video",
        "title": _("A video"),
        "src": "",
        "url": "https://example.org/",
        "player": None,
        "transcript": "<p>All that is said, in words.</p>",
    },
    "pair": {
        "html": "<p>We listen to each other.</p>",
        "image": None,
    },
}
