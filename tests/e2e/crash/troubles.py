"""What may go wrong in the middle of a build, for one process: each function lets one thing do so."""

import ctypes
import resource
from functools import wraps

import psycopg
from django.conf import settings
from django.db import connection

from cms.publishing import pages


def in_mid_build(trouble):
    """Let something happen before the first page of a build is rendered."""

    @wraps(trouble)
    def install():
        render, happened = pages.page_html, []

        def rendering(document, *around):
            if not happened:
                happened.append(trouble())
            return render(document, *around)

        pages.page_html = rendering

    return install


@in_mid_build
def connection_is_cut():
    """The database server ends the connection; it takes new ones."""
    server, backend = connection.get_connection_params(), connection.connection.info.backend_pid
    names = {name: server[name] for name in ("host", "port", "user", "dbname")}
    with psycopg.connect(**names, autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s)", [backend])


@in_mid_build
def database_is_moved():
    """The file of the database is moved away."""
    database = settings.DATA_DIR / "db.sqlite3"
    database.rename(database.with_name("away.sqlite3"))


def template_raises_on_one_page():
    """One mark cannot be rendered."""
    render = pages.page_html

    def rendering(document, *around):
        if document["code"] == "listening":
            raise RuntimeError("The template is broken for this one")
        return render(document, *around)

    pages.page_html = rendering


def files_stay_small():
    """No file may grow beyond a few bytes: nearly what a full disk is like."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def root_may_not_all():
    """The mode of a file holds for root as well: the process gives up what root may do beyond others."""
    version_3, this_process = 0x20080522, 0
    header, none = (ctypes.c_uint32 * 2)(version_3, this_process), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(header, none) == 0
