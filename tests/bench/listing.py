"""How fast lists of 10,000 things are answered, page by page and filtered, against Wagtail's own API."""

import json
import re
import shutil
from collections import defaultdict
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from urllib.parse import quote

from django.conf import settings
from wagtail.models import Page

from api.content.addresses import IS_DOCUMENT, LIST, ORDER
from api.content.pages import PER_PAGE, list_page
from api.releases.manifest import current_release, entries_of, read_blob
from api.search.files import make
from api.search.things import thing_of
from cms.publishing.targets import JSON, Resource
from tests.bench.servers import CLIENT_CORE, Server, granian
from tests.bench.serving import CONNECTIONS, INSTALL, SECONDS, answered
from tests.bench.table import ratios, rounds, show, spread
from tests.releases import write_release
from toolkit.documents.addresses import api_path
from toolkit.documents.canonical import canonical_bytes
from toolkit.documents.shapes import IDEA_KINDS, SUMMARIES, shaped

THINGS = 10_000
FILTERED, FIRST, DOCUMENT = "filtered, any page", "first page", "document"
ASKED_FIRST, ASKED_BEFORE = "search, asked for the first time", "search, asked before"
CASES = FIRST, DOCUMENT, FILTERED, ASKED_FIRST, ASKED_BEFORE
# An idea's text has so many sentences, which some other text of the starter content has, too.
SENTENCES = 12
# More searches than are kept, and fewer.
MANY, FEW = 3_000, 100
OURS, WAGTAIL = "ours", "Wagtail's API"
STAGES = ["planning", "process", "completing", "review"]
# Asks for one address after the other, so that no answer is kept from the last request.
SCRIPT = """
local addresses, number = {{ {} }}, 0
request = function()
    number = number % #addresses + 1
    return wrk.format("GET", addresses[number])
end
"""


@dataclass(frozen=True)
class Load:
    """Addresses of a server that are asked for in turn."""

    server: Server
    addresses: list[str]
    script: Path

    def per_second(self) -> float:
        """Give how often the server answers in a second of its processor time. Raises RuntimeError."""
        self.script.write_text(SCRIPT.format(", ".join(map(json.dumps, self.addresses))))
        load = [
            "taskset",
            "-c",
            CLIENT_CORE,
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{SECONDS}s",
            "-s",
            str(self.script),
        ]
        return answered([*load, f"http://127.0.0.1:{self.server.port}/"], self.server)


def measure():
    """Write a release of 10,000 ideas, ask for their lists and documents, and print how often that is answered."""
    for program in ("taskset", "wrk"):
        if not shutil.which(program):
            print(f"\n{INSTALL.format(program)}")
            return
    add_ideas()
    script = Path(settings.DATA_DIR) / "addresses.lua"
    with ExitStack() as stack:
        servers = {OURS: stack.enter_context(granian())}
        servers[WAGTAIL] = stack.enter_context(granian("tests.bench.wagtail_api:application"))
        loads = {
            (name, case): Load(server, addresses_of(name, case), script)
            for name, server in servers.items()
            for case in CASES
            if addresses_of(name, case)
        }
        speeds = defaultdict(list)
        for _round in rounds(seconds=40):
            for name, load in loads.items():
                speeds[name].append(load.per_second())
    print_table(speeds)


def add_ideas():
    """Write a release with 10,000 ideas more, alike but for what they can be filtered by."""
    folder = settings.RELEASES_DIR
    entries = entries_of(folder, current_release(folder))
    kept = {path: read_blob(folder, entry.sha256) for path, entry in entries.items() if entry.sha256}
    path = next(path for path in kept if path.startswith("/api/v1/en/ideas/") and path.count("/") > 5)
    idea, stage = json.loads(kept[path]), json.loads(kept["/api/v1/en/stages/process/"])
    random, pool = Random(1), sentences(kept)
    ideas = [like(idea, stage, number, random.sample(pool, SENTENCES)) for number in range(THINGS)]
    kept |= {one["api"]: canonical_bytes(one) for one in ideas}
    kept[ORDER.format(locale="en", collection="ideas")] = canonical_bytes({"keys": [one["key"] for one in ideas]})
    address = LIST.format(locale="en", collection="ideas")
    first = [shaped(SUMMARIES["idea"], one) for one in ideas[:PER_PAGE]]
    kept[address] = canonical_bytes(list_page(address, first, count=THINGS))
    resources = [
        Resource(name, content, entries[name].type if name in entries else JSON) for name, content in kept.items()
    ]
    make(folder, write_release(resources, folder).resources)


def sentences(kept: dict[str, bytes]) -> list[str]:
    """Give all sentences of the released ideas, marks and quotes, each once."""
    texts = (thing_of(json.loads(kept[path])).body for path in kept if IS_DOCUMENT.fullmatch(path))
    return sorted({found.strip() for text in texts for found in re.split(r"(?<=[.!?])\s", text) if found.strip()})


def like(idea: dict, stage: dict, number: int, words: list[str]) -> dict:
    """Give an idea like another, with a code, a kind, a stage and words of its own."""
    mention = {**shaped(SUMMARIES["stage"], stage), "code": STAGES[number // len(IDEA_KINDS) % len(STAGES)]}
    own = {"code": f"idea-{number}", "key": f"key-{number}", "kind": IDEA_KINDS[number % len(IDEA_KINDS)]}
    address = api_path(type="idea", code=own["code"], locale="en")
    said = {
        "title": words[0][:60],
        "summary": words[1],
        "body": [{"type": "text", "html": f"<p>{' '.join(words)}</p>"}],
    }
    return {**deepcopy(idea), **own, **said, "api": address, "stages": [mention], "marks": []}


def addresses_of(name: str, case: str) -> list[str]:
    """Give the addresses that a server is asked for."""
    if name == WAGTAIL:
        marks = Page.objects.filter(live=True).type(Page).order_by("path").values_list("pk", flat=True)[:50]
        details = [f"/api/v2/pages/{pk}/?fields=*" for pk in marks if pk > 1]
        return {FIRST: ["/api/v2/pages/?type=toolkit.Mark&limit=20&fields=*"], DOCUMENT: details}.get(case, [])
    pages = range(2, 60)
    filters = [f"kind={kind}&stage={stage}" for kind in IDEA_KINDS for stage in STAGES]
    return {
        FIRST: ["/api/v1/en/ideas/"],
        DOCUMENT: [f"/api/v1/en/ideas/idea-{number}/" for number in range(500)],
        FILTERED: [f"/api/v1/en/ideas/?{query}&page={1 + page % 20}" for page in pages for query in filters],
        ASKED_FIRST: searches(MANY),
        ASKED_BEFORE: searches(FEW),
    }[case]


def searches(count: int) -> list[str]:
    """Give addresses of so many searches: a word, or two that stand side by side, of what marks say."""
    folder, random = settings.RELEASES_DIR, Random(2)
    entries = entries_of(folder, current_release(folder))
    marks = {path: read_blob(folder, entry.sha256) for path, entry in entries.items() if "/marks/" in path}
    pool = [words for sentence in sentences(marks) if len(words := re.findall(r"\w{4,}", sentence)) > 1]
    return [f"/api/v1/en/search/?q={quote(' '.join(some_of(random.choice(pool), random)))}" for _one in range(count)]


def some_of(words: list[str], random: Random) -> list[str]:
    """Give a word, or two that stand side by side."""
    place = random.randrange(len(words) - 1)
    return words[place : place + random.choice((1, 2))]


def print_table(speeds: dict[tuple[str, str], list[float]]):
    """Print requests per second, and how often ours is that of Wagtail's API."""
    rows = []
    for case in CASES:
        ours, other = speeds[OURS, case], speeds.get((WAGTAIL, case))
        against = [spread(other, ".0f"), spread(ratios(ours, other), ".0f")] if other else ["", ""]
        rows.append([case, spread(ours, ".0f"), *against])
    title = f"Lists of {THINGS:,} things from one core ({len(speeds[OURS, FIRST])} rounds of {SECONDS} s)"
    show(title, ["", "ours, requests a second", WAGTAIL, f"ours / {WAGTAIL}"], rows)
