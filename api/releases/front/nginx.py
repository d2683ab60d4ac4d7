"""What nginx is told, as text: how it finds what is released, with which headers it answers, and what it leaves.

No release is named in it: which file is at which address stands in lists, which nginx reads when it is reloaded.
"""

from pathlib import Path

from django.conf import settings

from api.releases.front.kinds import FOLDERS, JSON, KINDS, Kind
from toolkit.documents.canonical import digest

# In front of what is asked of a document by somebody who takes no JSON: nothing is listed so.
NO_JSON = "no JSON"
# Where a header has more than one form of a file to choose from, caches are told so.
PACKED = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
NOTHING = "none"
# A client that finds nobody to answer comes back after so many seconds.
RETRY_SECONDS = 30

HTTP = """\
# Made by: manage.py nginx_conf http. Do not change it: make it again after each update.
# It belongs into the block http {{ }}; Debian's nginx.conf takes all of /etc/nginx/conf.d/*.conf there.

map_hash_max_size 262144;
map_hash_bucket_size 512;

map $request_method $toolkit_asked {{
    default "";
    GET $is_args$uri;
    HEAD $is_args$uri;
}}
# Who sends no Accept header takes anything; where a form is refused (q=0), the application looks closer.
map $http_accept $toolkit_json {{
    default "{no_json}";
    "" "";
    "~*;\\s*q\\s*=\\s*0(?:\\.0*)?\\s*(?:,|;|$)" "{no_json}";
    "~*(?:^|,)\\s*(?:application/json|application/\\*|\\*/\\*)\\s*(?:,|;|$)" "";
}}
map $toolkit_asked $toolkit_file {{
    default {nothing};
    # The brackets let nginx start before there is a list.
    include {folder}/lists/files.ma[p];
}}
map $toolkit_json$toolkit_asked $toolkit_document {{
    default {nothing};
    include {folder}/lists/documents.ma[p];
}}
map $toolkit_file $toolkit_file_tag {{
    "~/(?<file_digest>[0-9a-f]{{64}})$" '"$file_digest"';
}}
map $toolkit_document $toolkit_document_tag {{
    "~/(?<document_digest>[0-9a-f]{{64}})$" '"$document_digest"';
}}
# Where the client has the bytes already: the file that they are in, if it is still there. Nearly all say one tag.
map $http_if_none_match$toolkit_file $toolkit_known_file {{
    default "";
    "~^\\"(?<known_digest>[0-9a-f]{{64}})\\"(?<known_file>.+/\\1)$" {root}/$known_file;
    "~[ ,/]\\"(?<known_digest>[0-9a-f]{{64}})\\"(?:.*\\")?(?<known_file>[^ \\"]+/\\1)$" {root}/$known_file;
    "~^\\s*\\*\\s*(?<known_file>.+/(?<known_digest>[0-9a-f]+))$" {root}/$known_file;
}}
map $http_if_none_match$toolkit_document $toolkit_known_document {{
    default "";
    "~^\\"(?<known_digest>[0-9a-f]{{64}})\\"(?<known_file>.+/\\1)$" {root}/$known_file;
    "~[ ,/]\\"(?<known_digest>[0-9a-f]{{64}})\\"(?:.*\\")?(?<known_file>[^ \\"]+/\\1)$" {root}/$known_file;
    "~^\\s*\\*\\s*(?<known_file>.+/(?<known_digest>[0-9a-f]+))$" {root}/$known_file;
}}
"""

SERVER = """\
# Made by: manage.py nginx_conf server. Do not change it: make it again after each update.
# It belongs into the block server {{ }}; the upstream `toolkit` is where the application listens.

root {root};
types {{ }}
default_type application/octet-stream;
charset off;
etag off;
if_modified_since off;
max_ranges 1;
merge_slashes off;
server_tokens off;
# Nobody needs to know who reads what.
access_log off;
log_not_found off;
client_max_body_size {most_sent};

gzip off;
gzip_static on;
gzip_vary on;
gzip_http_version 1.0;
gzip_proxied any;{brotli}

sendfile on;
tcp_nopush on;
# What has been taken back is gone from here after two seconds at the latest.
open_file_cache max=20000 inactive=60s;
open_file_cache_valid 2s;
open_file_cache_min_uses 1;
open_file_cache_errors on;

# The application sees who asks, and how. {whom_it_believes}
proxy_http_version 1.1;
proxy_set_header Connection close;
proxy_set_header Host $http_host;
proxy_set_header X-Forwarded-For {asks};
proxy_set_header X-Forwarded-Proto {scheme};
proxy_connect_timeout 2s;
proxy_read_timeout 60s;
error_page 502 504 =503 /waiting.html;

{locations}

location @toolkit {{
    proxy_pass http://toolkit;
}}

location @toolkit_api {{
    proxy_pass http://toolkit;
    error_page 502 504 =503 /waiting.json;
}}

# What readers are told while no application answers.
location = /waiting.html {{
    internal;
    root {folder}/lists;
    default_type "text/html; charset=utf-8";
    add_header Retry-After {retry} always;
{waiting}
}}

location = /waiting.json {{
    internal;
    root {folder}/lists;
    default_type application/problem+json;
    add_header Retry-After {retry} always;
{waiting_json}
}}
"""

# What nginx tells the application of whoever asks: where it speaks TLS itself, and where another before it does.
AT_THE_FRONT = {
    "whom_it_believes": "What others say of that is written over.",
    "asks": "$remote_addr",
    "scheme": "$scheme",
}
BEHIND_PROXY = {
    "whom_it_believes": "The server that speaks TLS before this one says so: nobody else may reach this one.",
    "asks": "$http_x_forwarded_for",
    "scheme": "$http_x_forwarded_proto",
}

FOLDER = """\
location {below} {{
    proxy_pass http://toolkit;{waiting}

{kinds}
}}"""
WAITING = "\n    error_page 502 504 =503 /waiting.json;"
KIND = """\
    location ~ {pattern} {{
        default_type "{type}";
        try_files /$toolkit_{name} @toolkit{api};{ranges}
        add_header ETag $toolkit_{name}_tag;
        add_header Last-Modified "";
{headers}
        if (-f $toolkit_known_{name}) {{
            add_header ETag '"$known_digest"';
{known_headers}
            return 304;
        }}
    }}"""


def http_part(front: Path) -> str:
    """Give what belongs into nginx's block http."""
    return HTTP.format(folder=front, root=root_of(front), nothing=NOTHING, no_json=NO_JSON)


def server_part(front: Path, *, brotli: bool = False, behind_proxy: bool = False) -> str:
    """Give what belongs into the block server of the site.

    `brotli` where nginx has the module for it, `behind_proxy` where another server before it speaks TLS.
    """
    return SERVER.format(
        **(BEHIND_PROXY if behind_proxy else AT_THE_FRONT),
        folder=front,
        root=root_of(front),
        brotli="\nbrotli_static on;" if brotli else "",
        locations=locations(),
        most_sent=f"{settings.LARGEST_REQUEST // 1024**2}m",
        retry=RETRY_SECONDS,
        waiting=added(of_waiting("text/html"), 4, " always"),
        waiting_json=added(of_waiting(JSON), 4, " always"),
    )


def root_of(front: Path) -> Path:
    """Give the folder that files are found below. Its name changes with the headers: an old configuration, with
    others, finds nothing any more, and leaves everything to the application.
    """
    return front / digest(f"{HTTP}{SERVER}{locations()}".encode())[:12]


def locations() -> str:
    """Give the locations, folder by folder."""
    return "\n\n".join(
        FOLDER.format(
            below=below,
            waiting=WAITING if below == "/api/" else "",
            kinds="\n".join(location(kind) for kind in KINDS if kind.below == below),
        )
        for below in FOLDERS
    )


def location(kind: Kind) -> str:
    """Give the location of a kind: a file with its headers, or that the client has it already."""
    headers = kind.headers
    media_type = headers.pop("Content-Type")
    known = headers | ({"Vary": "Accept-Encoding"} if kind.type.startswith(PACKED) else {})
    return KIND.format(
        pattern=without_capitals(kind.pattern),
        type=media_type,
        name="document" if kind.type == JSON else "file",
        api="_api" if kind.below == "/api/" else "",
        ranges="\n        max_ranges 0;" if kind.type == JSON else "",
        headers=added(headers, 8),
        known_headers=added(known, 12),
    )


def without_capitals(pattern: str) -> str:
    """Give a pattern for addresses in small letters alone: nginx's lists do not tell capitals from them."""
    return pattern if pattern.startswith("^/") else f"^[^A-Z]*{pattern.removeprefix('^') or '$'}"


def of_waiting(media_type: str) -> dict[str, str]:
    """Give the headers of what is said while nobody answers: as others of that type, but kept by nobody."""
    headers = next(kind for kind in KINDS if kind.type == media_type).headers
    del headers["Content-Type"]
    return headers | {"Cache-Control": "no-store"}


def added(headers: dict[str, str], indent: int, always: str = "") -> str:
    """Give the lines that add headers; `always` where they belong to errors, too."""
    lines = (f"add_header {name} {quoted(value)}{always};" for name, value in headers.items())
    return "\n".join(f"{' ' * indent}{line}" for line in lines)


def quoted(text: str) -> str:
    """Give a string of nginx's configuration. Raises ValueError for what it cannot say."""
    if "$" in text:
        raise ValueError(f"nginx would take a part of this for a variable: {text}")
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def list_line(key: str, value: str) -> str:
    """Give a line of a list: at which address (or with which question mark before it) which file is."""
    escaped = key.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}" {value};\n'
