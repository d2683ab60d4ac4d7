"""The lines that other sites paste, of what somebody chose. Pure rules: all addresses are given."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.html import escape

# What can be set of the look, by the end of its custom property, with what it is where nobody sets it.
COLOURS = {"paper": "#ffffff", "ink": "#000000", "accent": "#0f5a66", "on-accent": "#ffffff"}
# So much lighter one colour has to be than another for people to read the one on the other (WCAG 1.4.3).
CONTRAST = 4.5
READ_ON = (("ink", "paper"), ("accent", "paper"), ("on-accent", "accent"))


@dataclass(frozen=True)
class Embed:
    """What somebody wants on their page: marks by stage or one by one, a language, colours, a group's board."""

    locale: str
    stages: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    colours: dict[str, str] = field(default_factory=dict)
    board: str = ""

    @property
    def query(self) -> list[tuple[str, str]]:
        """The marks, as the query of an address."""
        return [("stage", one) for one in self.stages] + [("mark", one) for one in self.marks]

    @property
    def attributes(self) -> dict[str, str]:
        """The same as attributes of the element: those that have a value."""
        values = {
            "stage": " ".join(self.stages),
            "mark": " ".join(self.marks),
            "locale": self.locale,
            "board": self.board,
        }
        return {name: value for name, value in values.items() if value}


def element(embed: Embed, *, site: str, words: str) -> str:
    """Give the element, with the link in it that stays where the script does not come."""
    link = f"{site}{scoring_path(embed)}"
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in embed.attributes.items())
    return f'<mark-scoring{attributes}><a href="{escape(link)}">{escape(words)}</a></mark-scoring>'


def scoring_path(embed: Embed) -> str:
    """Give the address at which the same is scored on the toolkit's own site, without any script."""
    query = urlencode(embed.query)
    to = f"join/{embed.board}/" if embed.board else f"?{query}" if query else ""
    return f"/{embed.locale}/score/{to}"


def script_line(*, site: str, path: str, integrity: str, document: str) -> str:
    """Give the line that loads just these bytes of the script and, at the same time, the document that it needs."""
    ahead = f'<link rel="preload" as="fetch" href="{site}{document}" crossorigin="anonymous">'
    about = f'type="module" src="{site}{path}" integrity="{integrity}" crossorigin="anonymous"'
    return f"{ahead}<script {about}></script>"


def frame_path(embed: Embed) -> str:
    """Give the address of the page for frames."""
    query = urlencode([*embed.query, *embed.colours.items()])
    # After the hash: what lets people join a board stands in no server's log.
    board = f"#mark-scoring={embed.board}" if embed.board else ""
    return f"/{embed.locale}/embed/frame/{'?' if query else ''}{query}{board}"


def frame_line(embed: Embed, *, site: str, words: str) -> str:
    """Give the frame for pages that let no script of another site in.

    Its width is no whole number, as HTML has it, but all browsers take it; a style may be forbidden. What it is
    allowed lets people in it pass on the link of a board by a button.
    """
    address = escape(f"{site}{frame_path(embed)}")
    about = 'width="100%" height="720" loading="lazy" allow="clipboard-write; web-share"'
    return f'<iframe src="{address}" title="{escape(words)}" {about}></iframe>'


def colours_rule(embed: Embed) -> str:
    """Give the rule for the page's stylesheet that sets the colours, "" where none are chosen."""
    lines = [f"  --mark-scoring-{name}: {value};" for name, value in embed.colours.items()]
    return "\n".join(["mark-scoring {", *lines, "}"]) if lines else ""


def script_policy(*, site: str, folder: str) -> str:
    """Give what a Content-Security-Policy has to allow for the element, and no more."""
    return f"script-src {site}{folder}; connect-src {site}/api/v1/"


def frame_policy(embed: Embed, *, site: str) -> str:
    """Give what a Content-Security-Policy has to allow for the frame, and no more."""
    return f"frame-src {site}/{embed.locale}/embed/frame/"


def unreadable(colours: dict[str, str]) -> list[tuple[str, str]]:
    """Give the pairs of colours of which people could hardly read the first on the second."""
    all_colours = COLOURS | colours
    return [(text, ground) for text, ground in READ_ON if contrast(all_colours[text], all_colours[ground]) < CONTRAST]


def contrast(one: str, other: str) -> float:
    """Give the contrast of two colours such as #0f5a66, from 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
