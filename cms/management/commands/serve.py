"""`manage.py serve`: prepare whatever is not there yet, then serve the site, the API and the admin."""

import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from environs import Env

from cms.consent.withdrawal.withdraw import keep_out
from cms.publishing.publish import publish
from cms.roles.rooms import furnish_roles
from cms.translations.rooms import make_all_rooms
from toolkit.bundle.load import load_folder
from toolkit.catalogues import compile_catalogues
from toolkit.documents.canonical import digest
from toolkit.models import Home
from toolkit.translation.standings import follow_all

ADMIN = "admin"
# A log of the worker that is longer, in bytes, is begun anew with the next start.
LONGEST_LOG = 1_000_000
SERVER_OPTIONS = [
    # Neither HTTP/2 without TLS nor websockets are used.
    *("--http", "1", "--no-ws"),
    # Connections that may be open at once. With the default of 1,024, the next visitor waited up to 30 s for the
    # server to drop an idle one; Linux queues 4,096 at most.
    *("--backlog", "4096"),
    # Requests at work at once: enough for the site while some editors' publishes wait for each other. More of them
    # mostly wait for Python: with 16, the slowest answers of `make bench boards` took up to three times as long.
    *("--blocking-threads", "8"),
    # An idle connection is dropped after so many milliseconds, so that its place is free again.
    *("--http1-header-read-timeout", "15000"),
]


class Command(BaseCommand):
    """Prepares the database, the files, the starter content and the first release; keeps what is there."""

    help = __doc__
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--prepare-only", action="store_true", help="Prepare everything, but do not serve.")
        parser.add_argument(
            "--no-worker", action="store_true", help="Leave it to another process (make worker) to keep dates."
        )

    def handle(self, prepare_only, no_worker, **options):
        env = Env()
        self.host, self.port = env.str("HOST", "127.0.0.1"), env.int("PORT", 8000)
        if not prepare_only:
            self.check_port()
        password = self.prepare()
        self.say_where(password, prepare_only)
        if not prepare_only:
            if not no_worker:
                start_worker()
            self.start_server()

    def check_port(self):
        """Say so before any work is done when the port is taken."""
        if not 0 < self.port < 65536:
            raise CommandError(f"PORT must be a number from 1 to 65535, not {self.port}.")
        with socket.socket() as probe:
            # What a server does as well: a port that was just closed counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                raise CommandError(
                    f"Port {self.port} of {self.host} cannot be used ({error}). Stop what is using it, or choose "
                    f"another one: PORT={self.port + 1 if self.port < 65535 else 8001} make run"
                ) from error

    def prepare(self) -> str | None:
        """Bring everything up to date, and give the password of the administrator if one was made."""
        self.step("Preparing the database (the first time takes about half a minute)")
        try:
            call_command("migrate", verbosity=0)
        except OperationalError as error:
            reason = str(error).strip()
            raise CommandError(f"The database does not answer ({reason}). Start it, or mend DATABASE_URL.") from error
        self.step("Preparing words and files")
        compile_catalogues()
        collect_static_files()
        if not Home.objects.exists():
            self.step("Loading the starter content")
            load_folder(progress=self.progress)
        self.step("Preparing the languages")
        follow_all()
        make_all_rooms()
        furnish_roles()
        password = make_administrator()
        self.step("Publishing")
        publish()
        keep_out()
        return password

    def step(self, text: str):
        self.stdout.write(f"{text} …")
        self.stdout.flush()

    def progress(self, done: int, total: int):
        if self.stdout.isatty():
            self.stdout.write(f"\r  {done} of {total} pages", ending="\n" if done == total else "")
            self.stdout.flush()

    def say_where(self, password: str | None, prepare_only: bool):
        """Print the addresses, and the administrator's password the one time that it is known."""
        lines = ["", f"  The site    {settings.SITE_URL}/", f"  The API     {settings.SITE_URL}/api/v1/"]
        lines.append(f"  The admin   {settings.SITE_URL}/admin/")
        if password:
            lines.append(f"              user {ADMIN}, password {password}")
            lines.append("              This password is shown only now. Write it down, or change it in the admin.")
        else:
            lines.append("              A new password for somebody: .venv/bin/python manage.py changepassword NAME")
        lines += ["", "  Start it with: make run" if prepare_only else "  Press Ctrl+C to stop.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def start_server(self):
        """Become the server: this process is replaced by it, so signals reach it directly."""
        arguments = [
            "--interface",
            "wsgi",
            "--host",
            self.host,
            "--port",
            str(self.port),
            *SERVER_OPTIONS,
            "cms.wsgi:application",
        ]
        os.execv(sys.executable, [sys.executable, "-m", "granian", "--log-level", "error", *arguments])


def start_worker():
    """Start the worker beside the server: it ends when this process, which becomes the server, has ended."""
    log = settings.DATA_DIR / "worker.log"
    keep = log.exists() and log.stat().st_size < LONGEST_LOG
    with open(log, "ab" if keep else "wb") as output:
        subprocess.Popen(
            [sys.executable, settings.BASE_DIR / "manage.py", "worker", "--with-parent", str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def collect_static_files():
    """Gather and compress the admin's stylesheets and scripts, unless that was done with these very files."""
    sources = [Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])]
    states = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(sources)]
    stamp, wanted = settings.STATIC_ROOT / "stamp", digest(repr(states).encode())
    if not stamp.exists() or stamp.read_text() != wanted:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(wanted)


def make_administrator() -> str | None:
    """Make an administrator with a random password where there is none, and give the password."""
    users = get_user_model().objects
    if users.filter(is_superuser=True).exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser(ADMIN, password=password)
    return password
