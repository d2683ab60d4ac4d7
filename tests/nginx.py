"""A real nginx in front of the application, set up from the files that operators use."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.programs import ROOT, children_of, manage

# Debian keeps it out of the path of plain users.
PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
MAIN = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
{user}
{module}
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/http.conf;
    include {folder}/site.conf;
}}
"""


def find_nginx() -> str | None:
    """The path of nginx, None when it is not installed."""
    return shutil.which("nginx", path=PATH)


@contextmanager
def fronting(
    folder: Path, data: Path, front: Path, *, port: str, upstreams: list[str], options: tuple[str, ...] = ()
) -> Iterator[list[str]]:
    """Run nginx in front of servers at these ports, or of one at a socket; give the command that steers it.

    `options` are those of `manage.py nginx_conf server`.
    """
    command = [find_nginx(), "-c", str(folder / "nginx.conf")]
    write_configuration(folder, data, front, port, upstreams, options)
    with listening(command, folder, port):
        yield command


@contextmanager
def listening(command: list[str], folder: Path, port: str, **settings: str) -> Iterator[None]:
    """Run a server of others until the block ends, which begins when it listens at its loopback port."""
    with open(folder / "printed", "w") as printed:
        server = subprocess.Popen(command, stdout=printed, stderr=subprocess.STDOUT, env={**os.environ, **settings})
    try:
        while not listens(port):
            assert server.poll() is None, (folder / "printed").read_text()
            # It tells nobody when it is ready.
            time.sleep(0.05)
        yield
    finally:
        server.terminate()
        server.wait(timeout=30)


def is_of_one_mind(folder: Path) -> bool:
    """Tell whether one process of this nginx answers: while it takes up a list, that of before does, too."""
    pid = int((folder / "nginx.pid").read_text())
    return len(children_of(pid)) == 1


def listens(port: str) -> bool:
    """Tell whether somebody listens at a loopback port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def write_configuration(
    folder: Path, data: Path, front: Path, port: str, upstreams: list[str], options: tuple[str, ...] = ()
):
    """Write what docs/install.md tells to write, at a loopback port."""
    folder.mkdir(exist_ok=True)
    brotli = ["--brotli"] if BROTLI.exists() else []
    for part, asked in (("http", []), ("server", [*brotli, *options])):
        (folder / f"{part}.conf").write_text(manage(data, "nginx_conf", part, *asked, FRONT_DIR=str(front)))
    site = (ROOT / "deploy/nginx.conf").read_text()
    if upstreams[0].startswith("/"):
        site = site.replace("/run/toolkit/web.socket", upstreams[0])
    else:
        servers = "\n".join(f"    server 127.0.0.1:{one} max_fails=1 fail_timeout=1s;" for one in upstreams)
        site = re.sub("(?: +server unix:.*;\n)+", f"{servers}\n", site)
    site = re.sub(r"listen 80;\s+listen \[::\]:80;", f"listen 127.0.0.1:{port};", site)
    (folder / "site.conf").write_text(site.replace("snippets/toolkit.conf", f"{folder}/server.conf"))
    module = f"load_module {BROTLI};" if BROTLI.exists() else ""
    # The folders of tests are closed to others, such as the one whom Debian's nginx runs as.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, module=module, user=user))
