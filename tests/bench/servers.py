"""The servers that are compared, each started on a free loopback port and on the same core."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from unittest.mock import patch

from django.conf import settings

from api.releases.manifest import Entry, blob_path
from api.releases.server import headers_for
from cms.management.commands import serve

# Only Linux says which cores there are; elsewhere serving is not measured.
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
SERVER_CORE, CLIENT_CORE = str(CORES[0]), str(CORES[-1])
OURS = "cms.wsgi:application"
# Questions are counted, and none is refused.
COUNTED = {"API_REQUESTS_PER_MINUTE": str(10**9), "BOARDS_PER_HOUR": str(10**9)}
NGINX_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin"
NGINX_CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    sendfile on;
    open_file_cache max=1000;
    keepalive_requests 100000000;
    client_body_temp_path {folder}/temporary;
    proxy_temp_path {folder}/temporary;
    fastcgi_temp_path {folder}/temporary;
    uwsgi_temp_path {folder}/temporary;
    scgi_temp_path {folder}/temporary;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        gzip_static on;
        {locations}
    }}
}}
"""
NGINX_LOCATION = "location = {path} {{ types {{ }} default_type {type}; try_files /{sha256} =404; {headers} }}"


def free_port() -> int:
    """Give a loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Server:
    """A server that runs: its loopback port, and the process that it was started as."""

    port: int
    pid: int

    def processor_seconds(self) -> float:
        """Give the processor time that the server and its workers have used so far."""
        return _ticks(self.pid) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    process = Path(f"/proc/{pid}")
    # The name in brackets may hold blanks. Fields 14 and 15 of proc(5): user and system time.
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    workers = (process / "task" / str(pid) / "children").read_text().split()
    return int(fields[11]) + int(fields[12]) + sum(_ticks(int(worker)) for worker in workers)


@contextmanager
def running(command: list[str], port: int, environ: dict[str, str]) -> Iterator[Server]:
    """Run a server on its core until the block ends, once it accepts connections."""
    pinned = ["taskset", "-c", SERVER_CORE, *command]
    server = subprocess.Popen(pinned, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        yield Server(port, server.pid)
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, server: subprocess.Popen, seconds: float = 20):
    """Wait until something listens on a loopback port. Raises RuntimeError when the server has ended or is slow."""
    deadline = monotonic() + seconds
    while monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    raise RuntimeError(f"This server did not start: {' '.join(server.args)}")


def granian(application: str = OURS):
    """Run an application in the way `manage.py serve` runs ours, on this run's data."""
    command = serve.Command()
    command.host, command.port = "127.0.0.1", free_port()
    with patch("os.execv") as replaced:
        command.start_server()
    _program, arguments = replaced.call_args.args
    arguments = [application if argument == OURS else argument for argument in arguments]
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings", "PYTHONWARNINGS": "ignore", **COUNTED}
    return running(arguments, command.port, environ)


def nginx(folder: Path, entries: dict[str, Entry]):
    """Run nginx on the same bytes, plain and gzipped, with the same headers, from files of its own."""
    (folder / "files").mkdir()
    for entry in entries.values():
        blob = blob_path(settings.RELEASES_DIR, entry.sha256)
        for suffix in ("", ".gz"):
            shutil.copy(f"{blob}{suffix}", folder / "files" / f"{blob.name}{suffix}")
    locations = "\n        ".join(location(path, entry) for path, entry in entries.items())
    port = free_port()
    config = folder / "nginx.conf"
    config.write_text(NGINX_CONFIG.format(folder=folder, port=port, locations=locations))
    return running([find_nginx(), "-c", str(config)], port, dict(os.environ))


def find_nginx() -> str | None:
    """Give the path of nginx, None when it is not installed."""
    return shutil.which("nginx", path=NGINX_PATH)


def location(path: str, entry: Entry) -> str:
    """Write the part of nginx's configuration that answers one path as we do."""
    # ETag and type are nginx's own.
    headers = [
        (name, value) for name, value in headers_for(path, entry).items() if name not in ("Content-Type", "ETag")
    ]
    lines = " ".join(f'add_header {name} "{value}";' for name, value in headers)
    return NGINX_LOCATION.format(path=path, type=entry.type, sha256=entry.sha256, headers=lines)
