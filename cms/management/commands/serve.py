"""`manage.py serve`: prepare whatever is not there yet, then serve the site, the API and the admin."""

import os
import secrets
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from environs import Env

from cms.consent.withdrawal.withdraw import keep_out
from cms.deployments import alone
from cms.doctor.database import lacking_letters
from cms.publishing.publish import publish
from cms.roles.rooms import furnish_roles
from cms.spared import SPARE, WORKING
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
    # Requests at work at once.
    *("--blocking-threads", str(WORKING + SPARE)),
    # An idle connection is dropped after so many milliseconds, so that its place is free again.
    *("--http1-header-read-timeout", "15000"),
    # One process that is killed is started again; the others go on meanwhile.
    "--respawn-failed-workers",
    # What an ending process is still at work on may take so many seconds.
    *("--workers-kill-timeout", "30"),
]


class Command(BaseCommand):
    """Prepares the database, the files, the starter content and the first release; keeps what is there."""

    help = __doc__
    requires_system_checks = []
    socket: Path | None = None
    processes = 1

    def add_arguments(self, parser):
        parser.add_argument("--prepare-only", action="store_true", help="Prepare everything, but do not serve.")
        parser.add_argument(
            "--no-worker", action="store_true", help="Leave it to another process (make worker) to keep dates."
        )
        parser.add_argument(
            "--files-only", action="store_true", help="Only write what needs no database, where software is built."
        )
        parser.add_argument(
            "--no-prepare", action="store_true", help="Serve at once: --prepare-only has prepared everything."
        )

    def handle(self, prepare_only, no_worker, files_only, no_prepare, **options):
        if prepare_only and no_prepare:
            raise CommandError("--prepare-only and --no-prepare together would do nothing. Choose one of them.")
        if files_only:
            self.prepare_files()
            return
        env = Env()
        self.host, self.port = settings.HOST, settings.PORT
        self.socket, self.processes = env.path("SOCKET", None), env.int("WEB_PROCESSES", default_processes())
        if self.processes < 1:
            raise CommandError(f"WEB_PROCESSES must be 1 or more, not {self.processes}.")
        if not prepare_only:
            self.check_socket() if self.socket else self.check_port()
        if not no_prepare:
            self.say_where(self.prepare(), prepare_only)
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

    def check_socket(self):
        """Say so when the socket cannot be made; take away one that a killed server has left."""
        try:
            if self.socket.is_socket() and not answers(self.socket):
                self.socket.unlink()
            if self.socket.exists():
                raise CommandError(f"{self.socket} is in use. Stop what is using it, or choose another SOCKET.")
            if not self.socket.parent.is_dir():
                raise CommandError(f"There is no folder {self.socket.parent}. Make it, or choose another SOCKET.")
        except OSError as error:
            raise CommandError(f"{self.socket} cannot be used ({error}). Choose another SOCKET.") from error

    def prepare(self) -> str | None:
        """Bring everything up to date, and give the password of the administrator if one was made."""
        self.step("Preparing the database (the first time takes about half a minute)")
        with ExitStack() as held:
            try:
                held.enter_context(alone(connection, say=self.step))
                if says := lacking_letters(connection):
                    name = connection.settings_dict["NAME"]
                    mend = f"createdb --encoding=UTF8 --template=template0 {name}"
                    raise CommandError(f"{says} Delete it, if it is empty, and make it anew: {mend}")
                call_command("migrate", verbosity=0, stdout=self.stdout)
            except OperationalError as error:
                said = str(error).strip()
                raise CommandError(
                    f"The database does not answer ({said}). Start it, or mend DATABASE_URL."
                ) from error
            return self.fill()

    def fill(self) -> str | None:
        """Bring all but the database's tables up to date."""
        keep_private()
        self.prepare_files()
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

    def prepare_files(self):
        """Write the words and the files of the admin in the forms that are served."""
        self.step("Preparing words and files")
        compile_catalogues()
        collect_static_files()

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
        lines += ["", "  All is ready." if prepare_only else "  Press Ctrl+C to stop.", ""]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def start_server(self):
        """Become the server: this process is replaced by it, so signals reach it directly."""
        # With SIGHUP, each process is followed by one with the software that is there now. For so many seconds both
        # are there: a small server takes that long to load all of it.
        where = ["--host", self.host, "--port", str(self.port), "--respawn-interval", "10"]
        if self.socket:
            # Whoever may come to its folder may connect: nginx runs under another name. All processes share it, so
            # that whoever comes while none has loaded its software waits.
            where = ["--uds", str(self.socket), "--uds-permissions", "666", "--respawn-interval", "2"]
        how = ["--interface", "wsgi", *where, "--workers", str(self.processes)]
        arguments = [*how, *SERVER_OPTIONS, "cms.wsgi:application"]
        os.execv(sys.executable, [sys.executable, "-m", "granian", "--log-level", "error", *arguments])


def default_processes() -> int:
    """Give how many processes serve where nobody says it: with PostgreSQL, one for each core.

    With SQLite it is one: the small server that it is for has little memory, and one process at a time can write.
    """
    return cores() if connection.vendor == "postgresql" else 1


def cores() -> int:
    """Give how many cores this process may use: a container may have fewer than the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def answers(path: Path) -> bool:
    """Tell whether somebody listens at a socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


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


def keep_private():
    """Close what a front server under another name must not read: it comes to the releases beside it."""
    database = Path(unquote(urlsplit(str(connection.settings_dict["NAME"])).path))
    if connection.vendor == "sqlite" and database.exists():
        database.chmod(0o600)
    settings.MEDIA_ROOT.mkdir(mode=0o700, exist_ok=True)
    settings.MEDIA_ROOT.chmod(0o700)


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
