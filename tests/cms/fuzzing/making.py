"""Makes the call of a number about an address or a form: what is wrong with it, say the number and the seed."""

import json
import re
from random import Random
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit

from tests.cms.fuzzing import nasty
from tests.cms.fuzzing.asking import Call
from tests.cms.fuzzing.forms import Form
from tests.cms.fuzzing.places import Place
from tests.cms.fuzzing.streams import STREAMS, stream

# In this order each address is asked.
METHODS = ("GET", "POST", "HEAD", "GET", "PUT", "POST", "OPTIONS", "GET")
METHODS += ("PATCH", "GET", "POST", "DELETE", "GET", "POST", "TRACE", "GET")
SENDING = ("POST", "PUT", "PATCH", "DELETE")
# What lists and searches ask for, here and there.
OF_LISTS = "p page q query ordering order order_by limit offset filters layout columns export results_only since show"
OF_THINGS = "id ids locale collection_id tag user object_type action type page_type child_of stage mark kind"
OF_SCRIPTS = "next result multiple w-formset _w_filter_fragment date_from date_to timestamp_after fields title"
PARAMETERS = f"{OF_LISTS} {OF_THINGS} {OF_SCRIPTS}".split(" ")
COUNT = re.compile(r"-(count|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS)$")
NUMBERED = re.compile(r"-(\d+)-")
BOUNDARY = "a-line-between-parts"
DIGITS = re.compile(r"\d+")


class Maker:
    """Makes calls: of a place or a form, with the names of fields that were seen on forms that lead to its route."""

    def __init__(self, seed: str, names: dict[str, list[str]]):
        self.seed, self.names = seed, names

    def call(self, number: int, who: str, about: Place | Form, turn: int) -> Call:
        """Make the call of a number; `turn` is how often the same has been asked before."""
        random = Random(f"{self.seed} {number}")
        if isinstance(about, Form):
            path, query, more = self.of_form(about, random)
        else:
            path, query, more = self.of_place(about, METHODS[turn % len(METHODS)], random)
        more["headers"] = nasty.headers(random) if random.random() < 0.15 else {}
        return Call(number, who, about.route, path=path, query=query, is_guarded=random.random() < 0.02, **more)

    def of_place(self, place: Place, method: str, random: Random) -> tuple[bytes, bytes, dict]:
        """Ask at an address, with something else in its path, its query or its body."""
        path, query = changed_address(place.address, random, self.names.get(place.route, ()))
        more = {"method": method}
        if method in SENDING:
            given = place.sent.get(method.lower(), place.sent.get("post", {}))
            more |= self.json(given, random) if place.is_json else self.body(place, given, random)
        return path, query, more

    def of_form(self, form: Form, random: Random) -> tuple[bytes, bytes, dict]:
        """Send a form, with something wrong in one field or a few; now and then with nothing wrong."""
        fields = list(form.fields)
        if form.buttons:
            fields.append(random.choice(form.buttons))
        for name in filter(STREAMS.get, form.streams):
            fields += stream(name, random)
        files = {name: nasty.file(random) for name in form.files if random.random() < 0.9}
        for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
            changed_fields(fields, random)
        if form.method == "GET":
            path = urlsplit(form.action).path
            return unquote_to_bytes(path), encoded(fields, random), {"method": "GET"}
        path, query = split(form.action)
        has_files = form.has_files if random.random() < 0.95 else not form.has_files
        return path, query, {"method": "POST", **sent(fields, files, has_files, random)}

    def body(self, place: Place, given: dict, random: Random) -> dict:
        """Give a body for an address: some of the fields that its forms have, with any values."""
        known = self.names.get(place.route) or PARAMETERS
        fields = [(name, str(value)) for name, value in given.items()]
        fields += [(name, nasty.value(random)) for name in random.sample(known, min(len(known), random.randrange(4)))]
        for _ in range(random.randrange(3)):
            changed_fields(fields, random)
        files = {"file": nasty.file(random)} if random.random() < 0.2 else {}
        return sent(fields, files, bool(files) or random.random() < 0.3, random)

    def json(self, given: dict, random: Random) -> dict:
        text = json.dumps(given)
        text = nasty.changed_json(text, random) if random.random() < 0.8 else text
        kind = "application/json" if random.random() < 0.95 else random.choice(nasty.TYPES)
        return {"body": text.encode("utf-8", "surrogatepass"), "type": kind}


def split(address: str) -> tuple[bytes, bytes]:
    parts = urlsplit(address)
    return unquote_to_bytes(parts.path), parts.query.encode()


def changed_address(address: str, random: Random, known) -> tuple[bytes, bytes]:
    """Put something else in the place of one part of a path, or in a query; or leave either as it is."""
    path, query = split(address)
    if random.random() < 0.3:
        path = changed_path(path, random)
    if random.random() < 0.6:
        names = [*known, *random.sample(PARAMETERS, 4)] if random.random() < 0.8 or not known else known
        asked = parse_qsl(query.decode("latin-1"), keep_blank_values=True) if random.random() < 0.7 else []
        asked += [(random.choice(names), nasty.value(random)) for _ in range(random.choice((1, 1, 2, 3)))]
        query = encoded(asked, random)
    return path, query


def changed_path(path: bytes, random: Random) -> bytes:
    parts = path.split(b"/")
    numbers = [index for index, part in enumerate(parts) if DIGITS.fullmatch(part.decode("latin-1"))]
    index = random.choice(numbers) if numbers and random.random() < 0.7 else random.randrange(1, max(2, len(parts)))
    short = random.choice([text for text in nasty.VALUES if len(text) < 6000])
    parts[index] = random.choice((short.encode("utf-8"), b"\xff\xfe", b"\0", random.choice(nasty.NUMBERS).encode()))
    return b"/".join(parts)


def changed_fields(fields: list[tuple[str, str]], random: Random):
    """Change something about one of the fields of a form: its value, its name, whether it is there, or twice."""
    if not fields:
        fields.append((random.choice(PARAMETERS), nasty.value(random)))
        return
    index = random.randrange(len(fields))
    counts = [number for number, (name, _value) in enumerate(fields) if COUNT.search(name)]
    if counts and random.random() < 0.25:
        index = random.choice(counts)
    name, value = fields[index]
    what = random.random()
    if what < 0.1:
        del fields[index]
    elif what < 0.2:
        fields.insert(index, (name, nasty.value(random)))
    elif what < 0.25:
        fields[index] = (
            NUMBERED.sub(f"-{random.choice(nasty.NUMBERS)}-", name) + random.choice(("", "", "\0", "[]")),
            value,
        )
    elif COUNT.search(name):
        fields[index] = (name, random.choice((*nasty.NUMBERS, "", "x", "7", "1000", "1001", "5000")))
    elif value[:1] in ("{", "[") and what < 0.9:
        fields[index] = (name, nasty.changed_json(value, random))
    else:
        fields[index] = (name, nasty.value(random))


def encoded(fields: list[tuple[str, str]], random: Random) -> bytes:
    """Give a query, now and then with a piece in it that no browser writes."""
    text = urlencode(fields, quote_via=quote, errors="surrogatepass").encode()
    return b"&".join((text, random.choice(nasty.PIECES))) if random.random() < 0.1 else text


def sent(fields: list[tuple[str, str]], files: dict, has_files: bool, random: Random) -> dict:
    """Give the body and the type of a form, now and then broken, or of another type than it says."""
    body = multipart(fields, files) if has_files else encoded(fields, random)
    kind = f"multipart/form-data; boundary={BOUNDARY}" if has_files else "application/x-www-form-urlencoded"
    if random.random() < 0.04:
        kind = random.choice(nasty.TYPES)
    if random.random() < 0.02:
        body = body[: len(body) // 2]
    return {"body": body, "type": kind}


def multipart(fields: list[tuple[str, str]], files: dict) -> bytes:
    parts = [(f'name="{name}"', "", value.encode("utf-8", "surrogatepass")) for name, value in fields]
    parts += [
        (f'name="{name}"; filename="{called}"', kind, content) for name, (called, kind, content) in files.items()
    ]
    lines = []
    for what, kind, content in parts:
        head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; {what}\r\n"
        head += f"Content-Type: {kind}\r\n" if kind else ""
        lines += [head.encode("utf-8", "surrogatepass"), b"\r\n", content, b"\r\n"]
    return b"".join([*lines, f"--{BOUNDARY}--\r\n".encode()])
