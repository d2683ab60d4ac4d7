"""nginx set up as in front of the application, against nginx that just shows the same files."""

import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.test import override_settings

from api.releases.front.layout import Front
from api.releases.front.nginx import http_part, server_part
from api.releases.server import reader_of
from tests.bench.servers import NGINX_CONFIG, find_nginx, free_port, nginx, running
from tests.bench.serving import CASES, CONNECTIONS, INSTALL, PAGE, SECONDS, speeds_of, typical_mark
from tests.bench.table import ratios, show, spread
from tests.releases import released_by

FRONT, PLAIN = "in front", "plain files"
SERVER = """
{http}
upstream toolkit {{ server 127.0.0.1:9; }}
server {{ listen 127.0.0.1:{port}; {server} }}
"""


def measure():
    """Ask both in turn for a page, a document and a 304, and print how they compare."""
    for program in ("taskset", "wrk"):
        if not shutil.which(program) or not find_nginx():
            print(f"\n{INSTALL.format('wrk or nginx')}")
            return
    page, document = typical_mark()
    entries = released_by(reader_of(settings.RELEASES_DIR))
    with ExitStack() as stack:
        folders = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _server in range(2)]
        servers = {
            FRONT: stack.enter_context(front_server(folders[0])),
            PLAIN: stack.enter_context(nginx(folders[1], {path: entries[path] for path in (page, document)})),
        }
        speeds = speeds_of(servers, page, document, seconds=30)
    rows = [
        [case, spread(speeds[FRONT, case], ".0f"), spread(ratios(speeds[FRONT, case], speeds[PLAIN, case]))]
        for case in CASES
    ]
    title = f"nginx in front, {CONNECTIONS} connections ({len(speeds[FRONT, PAGE])} rounds of {SECONDS} s)"
    show(title, ["", "requests a second", f"{FRONT} / {PLAIN}"], rows)


def front_server(folder: Path):
    """Run nginx with what `manage.py nginx_conf` prints, on the lists of the current release."""
    front = folder / "front"
    with override_settings(FRONT_DIR=front):
        Front(settings.RELEASES_DIR, front).look()
    port = free_port()
    config = NGINX_CONFIG.format(folder=folder, port=free_port(), locations="")
    ours = SERVER.format(http=http_part(front), server=server_part(front), port=port)
    (folder / "nginx.conf").write_text("pcre_jit on;\n" + config.rstrip().removesuffix("}") + ours + "}\n")
    return running([find_nginx(), "-c", str(folder / "nginx.conf")], port, dict(os.environ))
