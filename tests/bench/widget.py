"""The widget beside SurveyJS and a bare form: what a visitor's browser loads, and when somebody can begin to score.

Twelve questions from 1 to 10 each. SurveyJS is fetched from the npm registry into a folder of this run.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import brotli
from playwright.sync_api import Browser, CDPSession, Page

from api.content.addresses import WIDGET
from api.scoring.rules import MOST_MARKS
from api.widget.bundle import script
from api.widget.snippets import Embed, element, script_line
from tests.bench.servers import granian
from tests.bench.table import ratios, rounds, show, spread
from tests.e2e.crash.devices import Device
from tests.gates.browser import launch

PACKAGES = ("survey-core@2.5.38", "survey-js-ui@2.5.38")
FILES = ("survey-core/survey-core.min.css", "survey-core/survey.core.min.js", "survey-js-ui/survey-js-ui.min.js")
QUESTIONS = 12
# A phone of some years ago, on a line that is called fast 3G.
THROTTLED = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER = 4
START = """
const question = (n) => ({ type: "rating", name: `q${n}`, title: `Question ${n}`, rateMin: 1, rateMax: 10 });
const survey = new Survey.Model({ elements: Array.from({ length: COUNT }, (_, n) => question(n)) });
SurveyUI.renderSurvey(survey, document.getElementById("survey"));
"""
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
# Tells when the first control is there that somebody can use, and which tasks were long.
WATCH = """
window.longest = 0;
new PerformanceObserver((list) => {
    for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
}).observe({ type: "longtask", buffered: true });
const look = () => {
    const root = document.querySelector("mark-scoring")?.shadowRoot ?? document;
    const control = root.querySelector("input[type=radio]");
    if (control?.getBoundingClientRect().width) window.usable = performance.now();
    else requestAnimationFrame(look);
};
look();
"""
TYPING = """() => {
    window.keys = [];
    new PerformanceObserver((list) => {
        for (const { name, processingStart, processingEnd } of list.getEntries())
            if (name === "keydown" || name === "input") window.keys.push(processingEnd - processingStart);
    }).observe({ type: "event", durationThreshold: 16 });
    new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: "longtask" });
    window.longest = 0;
}"""


@dataclass
class Loaded:
    """What came of one visit: bytes on the line, requests beside the page, and seconds."""

    sizes: int
    requests: int
    usable: float
    longest_task: float


@contextmanager
def site(pages: dict[str, tuple[str, bytes]]) -> Iterator[str]:
    """Serve files, packed by brotli as far as can be, and give the origin."""
    packed = {path: (kind, brotli.compress(content, quality=11)) for path, (kind, content) in pages.items()}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            kind, content = packed.get(self.path, ("text/plain", b""))
            self.send_response(200 if content else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Encoding", "br")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            """A table's output has no place for it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def survey_files() -> dict[str, tuple[str, bytes]]:
    """Fetch SurveyJS, and give its files and a page with the twelve questions."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, *PACKAGES]
        subprocess.run(command, check=True, capture_output=True)
        found = {f"/{Path(name).name}": (Path(folder) / "node_modules" / name).read_bytes() for name in FILES}
    kinds = {".css": "text/css", ".js": "text/javascript"}
    files = {path: (kinds[Path(path).suffix], content) for path, content in found.items()}
    start = START.replace("COUNT", str(QUESTIONS))
    links = '<link rel="stylesheet" href="/survey-core.min.css">' + "".join(
        f'<script defer src="/{name}"></script>' for name in ("survey.core.min.js", "survey-js-ui.min.js", "start.js")
    )
    page = f'{HEAD}<title>Survey</title>{links}<div id="survey"></div>'
    return {**files, "/start.js": ("text/javascript", start.encode()), "/survey": ("text/html", page.encode())}


def form_page() -> bytes:
    """Give a form that somebody has written by hand, without script or style."""
    numbers = "".join(
        f'<label><input type="radio" name="q{{q}}" value="{number}">{number}</label>' for number in range(1, 11)
    )
    questions = "".join(
        f"<fieldset><legend>Question {q}</legend>{numbers.replace('{q}', str(q))}</fieldset>"
        for q in range(QUESTIONS)
    )
    return f"{HEAD}<title>Form</title><form>{questions}</form>".encode()


def widget_page(toolkit: str, codes: list[str]) -> bytes:
    newest = script()
    lines = script_line(
        site=toolkit, path=newest.path, integrity=newest.integrity, document=WIDGET.format(locale="en")
    )
    placed = element(Embed("en", marks=tuple(codes)), site=toolkit, words="Score these marks together")
    return f"{HEAD}<title>Hall</title>{lines}{placed}".encode()


def visit(browser: Browser, address: str, *, throttled: bool) -> Loaded:
    """Come to a page with an empty cache, and wait until somebody can score."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_init_script(WATCH)
    page = context.new_page()
    line = context.new_cdp_session(page)
    sizes: dict[str, int] = {}
    line.send("Network.enable")
    line.on("Network.loadingFinished", lambda done: sizes.update({done["requestId"]: done["encodedDataLength"]}))
    if throttled:
        slow_down(line)
    page.goto(address)
    page.wait_for_function("window.usable", timeout=60_000)
    page.wait_for_timeout(300)
    usable, longest = page.evaluate("[window.usable / 1000, window.longest]")
    context.close()
    return Loaded(sum(sizes.values()), len(sizes), usable, longest)


def slow_down(line: CDPSession):
    line.send("Network.emulateNetworkConditions", THROTTLED)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def type_a_note(browser: Browser, address: str, link: str) -> tuple[list[float], float]:
    """Write a note on a board of sixty marks, four times slower, and give how long keys took, in milliseconds."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page: Page = context.new_page()
    page.goto(f"{address}#mark-scoring={link}")
    page.get_by_role("button", name="Join", exact=True).click()
    page.locator("section.mark").first.wait_for()
    mark = page.locator("section.mark").nth(30)
    mark.locator("summary").click()
    field = mark.locator("textarea")
    page.evaluate(TYPING)
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    field.press_sequentially("We begin each meeting with tea, and nobody is in a hurry.", delay=60)
    page.wait_for_timeout(500)
    keys, longest = page.evaluate("[window.keys, window.longest]")
    context.close()
    return keys, longest


def measure():
    """Print both tables."""
    others = {**survey_files(), "/form": ("text/html", form_page())}
    with launch() as browser, granian() as server:
        toolkit = f"http://localhost:{server.port}"
        device = Device(f"{toolkit}/", dropped=0)
        marks = [mark["code"] for stage in fetch(toolkit)["stages"] for mark in stage["marks"]]
        with site(others | {"/widget": ("text/html", widget_page(toolkit, marks[:QUESTIONS]))}) as origin:
            compare(browser, origin)
            device.open_board(marks, [f"Our own {n}" for n in range(MOST_MARKS - len(marks))])
            keys, longest = type_a_note(browser, f"{origin}/widget", device.link())
    slow = [key for key in keys if key > 16]
    print(
        f"\n  Typing a note among {MOST_MARKS} marks, 4 × slower: {len(slow)} of 57 keys took longer than 16 ms",
        end="",
    )
    print(f" (the longest {max(keys, default=0):.0f} ms; longest task {longest:.0f} ms)")


def fetch(toolkit: str) -> dict:
    """Give the widget's document."""
    status, document = Device(f"{toolkit}/", dropped=0).send("GET", "/en/widget/")
    assert status == 200
    return document


def compare(browser: Browser, origin: str):
    names = ("widget", "survey", "form")
    slow: dict[str, list[Loaded]] = {name: [] for name in names}
    quick: dict[str, list[Loaded]] = {name: [] for name in names}
    for _round in rounds(seconds=60):
        for name in names:
            slow[name].append(visit(browser, f"{origin}/{name}", throttled=True))
            quick[name].append(visit(browser, f"{origin}/{name}", throttled=False))
    usable = {name: [one.usable for one in slow[name]] for name in names}
    rows = [
        [
            name,
            f"{slow[name][0].sizes / 1000:.1f}",
            str(slow[name][0].requests - 1),
            spread(usable[name]),
            spread([one.longest_task for one in quick[name]], ".0f"),
            spread(ratios(usable[name], usable["widget"])),
        ]
        for name in names
    ]
    head = ["", "kB with headers", "requests", "usable after s", "longest task ms", "× ours"]
    show("Twelve questions, 1.6 Mbit/s, 150 ms, processor 4 × slower (tasks: not slowed down)", head, rows)
    share = slow["survey"][0].sizes / slow["widget"][0].sizes
    print(f"  SurveyJS is {share:.1f} × our bytes.")
