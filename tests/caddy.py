"""A real Caddy in front of the application, set up by the lines of docs/front.md."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.nginx import listening
from tests.programs import ROOT

# No port for others to steer it by; and none of Caddy's own for https.
OPTIONS = "{\n    admin off\n    auto_https off\n}\n"


@contextmanager
def caddy_fronting(folder: Path, *, port: str, upstream: str) -> Iterator[None]:
    """Run Caddy at a loopback port, in front of a server at another one."""
    folder.mkdir()
    (folder / "Caddyfile").write_text(OPTIONS + caddyfile(port, upstream))
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with listening(command, folder, port, XDG_DATA_HOME=str(folder), XDG_CONFIG_HOME=str(folder)):
        yield


def caddyfile(port: str, upstream: str) -> str:
    """Give the Caddyfile that is documented, for these ports."""
    section = (ROOT / "docs/front.md").read_text().partition("\n## Caddy\n")[2]
    written = re.search(r"(?:^    .*\n)*^    toolkit\.example \{\n(?:^    .*\n)*", section, re.MULTILINE)[0]
    assert "unix//run/toolkit/web.socket" in written
    written = written.replace("unix//run/toolkit/web.socket", f"127.0.0.1:{upstream}")
    return re.sub("^    ", "", written, flags=re.MULTILINE).replace("toolkit.example", f"http://localhost:{port}")
