"""What every answer tells browsers to refuse: one table, with a row for each kind of answer.

docs/security-headers.md shows the table; tests hold every address to its row.
"""

import re
from enum import StrEnum

from toolkit.assets import FIRST_SCRIPTS
from toolkit.films import ORIGINS


class Kind(StrEnum):
    """A kind of answer, by the name of its row."""

    PAGE = "page"
    OWN_PAGE = "page of one's own"
    DRAFT = "draft that is shared"
    EMBED = "page with the lines to paste"
    FRAME = "frame for other sites"
    API = "API"
    WIDGET = "widget script"
    MEDIA = "picture, sound or file of a page"
    UPLOAD = "upload that people of the admin see"
    FILE = "other file"
    WORKER = "service worker"
    ADMIN = "admin"
    EDITOR = "editor in the admin"
    PREVIEW = "preview in the admin"


CSP = "Content-Security-Policy"
FRAMES = "X-Frame-Options"
REFERRER = "Referrer-Policy"
OPENER = "Cross-Origin-Opener-Policy"
RESOURCE = "Cross-Origin-Resource-Policy"
PERMISSIONS = "Permissions-Policy"
TYPES = "X-Content-Type-Options"
TLS = "Strict-Transport-Security"
DISPOSITION = "Content-Disposition"
NAMES = (CSP, FRAMES, REFERRER, OPENER, RESOURCE, PERMISSIONS, TYPES, TLS)


def policy(*more: str, frame_ancestors: str = "'none'", form_action: str = "'none'") -> str:
    """Give a Content-Security-Policy that allows nothing but what is named."""
    last = (f"form-action {form_action}", "base-uri 'none'", f"frame-ancestors {frame_ancestors}")
    return "; ".join(["default-src 'none'", *more, *last])


# Of scripts that stand in a page, the one of ours alone.
OUR_SCRIPTS = " ".join(["'self'", *(f"'{one}'" for one in FIRST_SCRIPTS)])
OF_PAGES = (
    f"script-src {OUR_SCRIPTS}",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
)
# Films of other sites stand in pages and drafts, each in a frame that is there when a reader has pressed for it.
FILMS = f"frame-src {' '.join(ORIGINS)}"
PAGE_POLICY = policy(*OF_PAGES, FILMS, form_action="'self'")
OWN_PAGE_POLICY = policy(*OF_PAGES, form_action="'self'")
# The page with the lines to paste shows in a frame what they give.
EMBED_POLICY = policy(*OF_PAGES, "frame-src 'self'", form_action="'self'")
# In the frame runs the widget, and nothing else. Any site may show it.
FRAME_POLICY = policy("script-src 'self'", "style-src 'self'", "connect-src 'self'", frame_ancestors="*")
NOTHING = policy()
# A browser that is led to a picture, a sound or a film makes a page around it, which loads it once more.
MEDIA_POLICY = policy("img-src 'self'", "media-src 'self'")
# An upload that is opened by itself is of no origin, and nothing in it runs: it reaches nobody's session.
UPLOAD_POLICY = policy("img-src 'self'", "media-src 'self'", "sandbox")
WORKER_POLICY = policy("connect-src 'self'")
# By an attribute that says `return;`, and by nothing else, the editor of pictures learns whether a screen is touched.
TOUCHED = "'unsafe-hashes' 'sha256-i+qr4lq34KgNHiW62lWi9aInEBwiEOrfCzaNPCvkqD8='"
OF_ADMIN = (
    f"script-src {OUR_SCRIPTS}",
    f"script-src-attr {TOUCHED}",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
)
ADMIN_POLICY = policy(*OF_ADMIN, form_action="'self'")
# The editor of rich text writes styles into the page that are new with each paragraph.
EDITOR_POLICY = policy(*OF_ADMIN, "style-src-elem 'self' 'unsafe-inline'", form_action="'self'")
PREVIEW_POLICY = policy(*OF_PAGES, FILMS, form_action="'self'", frame_ancestors="'self'")

# What no page of ours ever asks a device for.
NEVER_ASKED = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
)
ASKS_NOTHING = ", ".join(f"{feature}=()" for feature in NEVER_ASKED)

OF_ALL = {TYPES: "nosniff"}
OF_A_PAGE = {**OF_ALL, FRAMES: "DENY", OPENER: "same-origin", RESOURCE: "same-origin", PERMISSIONS: ASKS_NOTHING}
OF_A_FILE = {**OF_ALL, CSP: NOTHING, FRAMES: "DENY", REFERRER: "no-referrer"}

TABLE = {
    Kind.PAGE: {**OF_A_PAGE, CSP: PAGE_POLICY, REFERRER: "same-origin"},
    Kind.OWN_PAGE: {**OF_A_PAGE, CSP: OWN_PAGE_POLICY, REFERRER: "no-referrer"},
    Kind.DRAFT: {**OF_A_PAGE, CSP: PAGE_POLICY, REFERRER: "no-referrer"},
    Kind.EMBED: {**OF_A_PAGE, CSP: EMBED_POLICY, REFERRER: "no-referrer"},
    Kind.FRAME: {**OF_ALL, CSP: FRAME_POLICY, REFERRER: "no-referrer", PERMISSIONS: ASKS_NOTHING},
    Kind.API: {**OF_A_FILE, RESOURCE: "cross-origin"},
    Kind.WIDGET: {**OF_A_FILE, RESOURCE: "cross-origin"},
    Kind.MEDIA: {**OF_A_FILE, CSP: UPLOAD_POLICY, RESOURCE: "cross-origin"},
    Kind.UPLOAD: {**OF_A_FILE, CSP: UPLOAD_POLICY, RESOURCE: "same-origin"},
    Kind.FILE: {**OF_A_FILE, CSP: MEDIA_POLICY, RESOURCE: "same-origin"},
    Kind.WORKER: {**OF_A_FILE, CSP: WORKER_POLICY, RESOURCE: "same-origin"},
    Kind.ADMIN: {**OF_A_PAGE, CSP: ADMIN_POLICY, REFERRER: "same-origin"},
    Kind.EDITOR: {**OF_A_PAGE, CSP: EDITOR_POLICY, REFERRER: "same-origin"},
    Kind.PREVIEW: {**OF_A_PAGE, CSP: PREVIEW_POLICY, FRAMES: "SAMEORIGIN", REFERRER: "same-origin"},
}

# Where Django answers: what an HTML answer is there, and what any other is. The first address that fits counts.
PLACES = (
    (r"/admin/pages/(?:add/.+/preview|\d+/edit/preview|workflow/preview/\d+/\d+)/", Kind.PREVIEW, Kind.FILE),
    (r"/admin/pages/\d+/(?:view_draft|revisions/\d+/view)/", Kind.PREVIEW, Kind.FILE),
    (r"/admin/(?:block-preview|translations/[^/]+/[^/]+/preview)/", Kind.PREVIEW, Kind.FILE),
    (r"/admin/pages/(?:add/.+|\d+/edit)/", Kind.EDITOR, Kind.FILE),
    (r"/admin/start/handbook/", Kind.PAGE, Kind.FILE),
    (r"/admin(?:/.*)?", Kind.ADMIN, Kind.FILE),
    (r"/draft/[^/]+/media/.*", Kind.DRAFT, Kind.MEDIA),
    (r"/draft/.*", Kind.DRAFT, Kind.FILE),
    (r"/media/.*", Kind.PAGE, Kind.UPLOAD),
    (r"/api(?:/.*)?", Kind.PAGE, Kind.API),
    (r"/widget/.*", Kind.PAGE, Kind.WIDGET),
    (r"/assets/.*", Kind.PAGE, Kind.FILE),
    (r"/static/.*", Kind.PAGE, Kind.FILE),
    (r"/healthz", Kind.PAGE, Kind.FILE),
    (r"/sw\.js", Kind.PAGE, Kind.WORKER),
    (r"/[^/]+/embed/", Kind.EMBED, Kind.FILE),
    (r"/[^/]+/embed/frame/", Kind.FRAME, Kind.FILE),
    # A frame that its host has put into a sandbox counts as another site.
    (r"/[^/]+/embed/frame/style\.css", Kind.PAGE, Kind.WIDGET),
    (r"/[^/]+/(?:score|give|feedback)/.*", Kind.OWN_PAGE, Kind.FILE),
)
ALL_PLACES = [(re.compile(pattern, re.DOTALL), html, other) for pattern, html, other in PLACES]
# Everything else is a page of the site, or a file beside one, such as a feed.
ELSEWHERE = (Kind.PAGE, Kind.FILE)


def kind_at(path: str, media_type: str) -> Kind:
    """Give what an answer at an address is; of a redirect, what a page there would be."""
    html, other = next((kinds for place, *kinds in ALL_PLACES if place.fullmatch(path)), ELSEWHERE)
    return html if media_type.startswith("text/html") else other


def released_kind(path: str, media_type: str) -> Kind:
    """Give what a file of a release is: its uploads are everybody's, while Django shows those of editors."""
    return Kind.MEDIA if path.startswith("/media/") else kind_at(path, media_type)


# The uploads that a browser shows by itself, and that cannot do anything: all others are saved. SVG can hold scripts.
SHOWN = re.compile(r"(?:audio|video)/.+|image/(?:avif|gif|jpeg|png|webp)")


def disposition_of(media_type: str) -> dict[str, str]:
    """Give the header by which an upload is saved and not opened, as far as it should be. Players do not mind it."""
    return {} if SHOWN.fullmatch(media_type) else {DISPOSITION: "attachment"}


def headers_of(kind: Kind, hsts_seconds: int) -> dict[str, str]:
    """Give the headers of a kind of answer. `hsts_seconds` is 0 where the answer does not come by TLS."""
    return {**TABLE[kind], **({TLS: f"max-age={hsts_seconds}"} if hsts_seconds else {})}
