"""What nobody sends who means well: texts, numbers, JSON, files, queries and headers, by a generator with a seed."""

import json
from random import Random

from tests.pictures import HTML, MP4, OGG, PDF, SOUND, SVG, WEBM, bomb, picture

# In characters: more than any column holds, and less than a form may send.
LONG = 60_000
HUGE = "9" * 40
NUMBERS = ("-1", "0", "1", "2147483648", "9223372036854775807", "9223372036854775808", "-9223372036854775809", HUGE)
NUMBERS += ("1e309", "NaN", "Infinity", "0x10", "1_000", "٣", "²", "1.5", "--1", "9" * 5000)
DATES = (
    "0000-00-00",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "2026-11-28T25:61",
    "-1-1-1",
    "2026-11-28 10:00+99:99",
)
DATES += ("1900-01-01", "0001-01-01", "9999-12-31 23:59")
TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "\ufeff\u200f\u202e",
    "مرحبا \u202eabc",
    "\U0001f469\u200d\U0001f52c" * 20,
    "e" + "\u0301" * 300,
    "\r\n.\r\nSubject: x",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></form><form>",
    "{{ 7*7 }}{% now %}",
    "%s%n%(x)s{0}{x}",
    "' OR 1=1 --",
    '"; DROP TABLE wagtailcore_page; --',
    "\\",
    "%",
    "%00",
    "%ff%fe",
    "../../../../etc/passwd",
    "/" * 300,
    "http://[::1",
    "https://example.org:99999999/",
    "javascript:alert(1)",
    "//elsewhere.example/",
    "mailto:a@b\nBcc: c@d",
    "None",
    "null",
    "undefined",
    "true",
    "[]",
    "{}",
    "*",
    "^(a+)+$",
    "a AND (b OR NEAR(",
    "\x7f\x1b[31m",
    "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "00000000-0000-0000-0000-000000000000",
    "not-a-uuid",
    "xx",
    "en",
    "zz-ZZ-zz",
    "a" * 300,
    "a" * LONG,
    "<b>" * 3000,
    "a@" * 2000,
    "( " * 5000,
)
VALUES = (*TEXTS, *NUMBERS, *DATES)
# As JSON writes them: half of a pair of surrogates, too, which no UTF-8 has.
JSONS = (
    "",
    "null",
    "true",
    "0",
    "-1",
    "1e999",
    "NaN",
    HUGE,
    '"\\ud800"',
    '"\\u0000"',
    '"text"',
    "[]",
    "[null]",
    "[[]]",
    "{}",
    '{"a":',
    "{'a': 1}",
    '{"a": 1, "a": 2}',
    '{"\\ud800": "\\udfff"}',
    "[" * 5000,
    '{"a":' * 3000,
    '["' + "x" * LONG + '"]',
    "\x00",
    "\ufeff{}",
    "9" * 5000,
)
FILES = (
    ("empty.png", "image/png", b""),
    ("text.png", "image/png", b"not a picture"),
    ("script.svg", "image/svg+xml", SVG),
    ("page.html", "text/html", HTML),
    ("song.mp3", "audio/mpeg", SOUND),
    ("song.ogg", "audio/ogg", OGG),
    ("film.mp4", "video/mp4", MP4),
    ("film.webm", "video/webm", WEBM),
    ("paper.pdf", "application/pdf", PDF),
    ("bomb.png", "image/png", bomb(30_000, 30_000)),
    ("words.txt", "text/plain", b"\xff\xfe\x00W\x00o\xd8"),
    ("words.txt", "text/plain", b"A page.\n\nSome words.\n" * 200),
    ("words.docx", "application/octet-stream", b"PK\x03\x04 and no more"),
    ("words.po", "text/x-gettext", b'msgid ""\nmsgstr "\\xff'),
    ("words.po", "text/x-gettext", b"\x00\x01\x02"),
    ("words.xliff", "application/xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><xliff>&b;</xliff>'),
    ("words.csv", "text/csv", b'"unended,\n=1+1\n'),
    ("board.json", "application/json", b'{"version": 1e999, "marks": [[[[null]]]]}'),
    ("a\x00b.png", "image/png", b"\x89PNG\r\n\x1a\n"),
    ("../../up.png", "image/png", b"GIF89a"),
    ("x" * 400 + ".png", "image/png", b"\xff\xd8\xff"),
    ("‮gnp.exe", "application/x-msdownload", b"MZ"),
    ("", "", b"nameless"),
)
TYPES = ("application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "text/plain")
TYPES += ("application/json", "application/json; charset=utf-99", "application/xml", "", "\x7f", "a/b;c=" + "d" * 999)
TYPES += ("application/x-www-form-urlencoded; charset=utf-16", "application/x-www-form-urlencoded; charset=nonsense")
# Pieces of a query as they stand in an address: broken, not UTF-8, nested, without a name.
PIECES = (
    b"%",
    b"%zz=1",
    b"%ff=%fe",
    b"a=%00",
    b"=",
    b"&&&",
    b"a[]=1&a[b]=2",
    b"a;b",
    b"\xff\xfe",
    b"p=%c3%28",
    b"x=" + b"y" * 8000,
)
HEADERS = {
    "HTTP_ACCEPT": ("*/*;q=0", "text/html;q=x", ",,,;", "application/json", "a" * 5000, "\xff/\xfe", "image/*"),
    "HTTP_ACCEPT_LANGUAGE": ("xx", "en;q=9", "*;q=0", "a-" * 300, "\xff", "cy,ar;q=0.5", "../en", "en\0"),
    "HTTP_ACCEPT_ENCODING": ("br;q=x", "\xff", "identity;q=0", ","),
    "HTTP_RANGE": (
        "bytes=-",
        "bytes=9-1",
        f"bytes={HUGE}-",
        "bytes=0-0,5-",
        "lines=1",
        "bytes=-0",
        "bytes=--1",
        "\xff",
    ),
    "HTTP_IF_NONE_MATCH": ("*", '"', 'W/"x"', "," * 3000, "\xff"),
    "HTTP_IF_MATCH": ("*", '"nothing"'),
    "HTTP_IF_RANGE": ('"x"', "yesterday"),
    "HTTP_IF_MODIFIED_SINCE": (
        "yesterday",
        "Mon, 31 Feb 99999 99:99:99 GMT",
        "0",
        "Sat, 28 Nov 0000 00:00:00 GMT",
        "\xff",
    ),
    "HTTP_IF_UNMODIFIED_SINCE": ("yesterday", "Mon, 01 Jan 0001 00:00:00 GMT"),
    "HTTP_AUTHORIZATION": ("Bearer", "Bearer \xff", f"Bearer {'a' * 27}", "Basic ====", "Bearer a b", "Token \0"),
    "HTTP_IDEMPOTENCY_KEY": ("", "x", "\xff", "00000000-0000-0000-0000-000000000000", "a" * 5000),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest", "\xff"),
    "HTTP_X_FORWARDED_FOR": ("999.1.1.1", "::1, \xff", "'", "," * 100),
    "HTTP_X_FORWARDED_PROTO": ("gopher", "https,http"),
    "HTTP_HOST": ("elsewhere.example", "localhost:99999999", "[::1", "a b", "", "\xff"),
    "HTTP_ORIGIN": ("null", "https://elsewhere.example", "\xff", "http://[::1"),
    "HTTP_REFERER": ("http://[::1", "\xff", "/", "a" * 5000),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE", "\xff"),
    "HTTP_COOKIE": (
        "messages=nonsense; django_language=../..",
        "csrftoken=short; sessionid=\xff",
        "sessionid=" + "a" * 32,
        "=; ;; a",
        'messages="[[\\"__json_message\\"]]"; csrftoken=' + "a" * 64,
    ),
    "HTTP_EXPECT": ("100-continue", "nonsense"),
    "CONTENT_LENGTH": ("", "-1", "3"),
}


def value(random: Random) -> str:
    """Give a value of a field or a parameter."""
    kinds = (TEXTS, NUMBERS, DATES, JSONS)
    return random.choice(random.choices(kinds, weights=(6, 4, 1, 1))[0])


def headers(random: Random) -> dict[str, str]:
    """Give one or two headers, as WSGI names them."""
    names = random.sample(sorted(HEADERS), random.choice((1, 1, 2)))
    return {name: random.choice(HEADERS[name]) for name in names}


def file(random: Random) -> tuple[str, str, bytes]:
    """Give the name, the type and the bytes of a file: one of the list, or a picture with some bytes changed."""
    if random.random() < 0.7:
        return random.choice(FILES)
    kind = random.choice(("PNG", "JPEG", "GIF", "WEBP"))
    content = bytearray(picture(kind))
    for _ in range(random.choice((0, 1, 5))):
        content[random.randrange(len(content))] = random.randrange(256)
    return f"picture.{kind.lower()}", f"image/{kind.lower()}", bytes(content[: random.choice((None, -20, 40))])


def changed_json(text: str, random: Random) -> str:
    """Give JSON with something wrong in it: something else in the place of one of its parts, or one part less."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return random.choice(JSONS)
    if random.random() < 0.2:
        return random.choice(JSONS)
    return json.dumps(changed(data, random))


def changed(data, random: Random):
    """Give data as JSON has it with one part changed or taken out, anywhere in it."""
    if not isinstance(data, (dict, list)) or not data or random.random() < 0.2:
        return random.choice((None, True, -1, 10**40, 1.5, [], {}, [[]], {"a": []}, random.choice(VALUES), "\ud800"))
    names = list(data) if isinstance(data, dict) else range(len(data))
    name, copied = random.choice(names), data.copy()
    if random.random() < 0.3:
        del copied[name]
    else:
        copied[name] = changed(copied[name], random)
    return copied
