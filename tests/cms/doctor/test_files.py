"""What the doctor says of releases, uploads, static files, the shared storage, rights of files, and the disk."""

import tempfile
from pathlib import Path

import pytest

from cms.doctor import files
from cms.doctor.disk import MB, Room, judge, room_of
from cms.doctor.permissions import is_open, others, owners
from cms.storages import releases_storage
from tests.cms.doctor.looking import ill, verdicts
from tests.e2e.conftest import free_port

GB = 1000 * MB


def test_published_site_is_well(site):
    assert ill(files.look()) == ""
    assert not Path(site.MEDIA_ROOT).exists()


def test_damaged_release_is_told(site):
    pointer = site.RELEASES_DIR / "current"
    sound = pointer.read_bytes()
    for content in (b"7 nonsense", b"", sound.replace(b"1 ", b"2 ", 1)):
        pointer.write_bytes(content)
        assert verdicts(files.look())["release"] == "broken"
        assert "verify_release --repair" in ill(files.look())
    pointer.write_bytes(sound)
    (site.RELEASES_DIR / "000001.json").write_bytes(b"{}")
    assert "Release 1, which readers see, is damaged" in ill(files.look())


def test_site_without_release_is_told(site, tmp_path):
    site.RELEASES_DIR = tmp_path / "none"
    assert "Nothing was published yet" in ill(files.look())


@pytest.mark.parametrize("folder", ["/proc/uploads", "/dev/null/uploads", "/dev/null"])
def test_folder_that_cannot_be_written_is_told(site, folder):
    """/proc can be written by nobody, not even by root."""
    site.MEDIA_ROOT = folder
    assert verdicts(files.look())["media"] == "broken"
    assert "The folder of uploads cannot be written" in ill(files.look())


def test_missing_static_files_are_told(site):
    (site.STATIC_ROOT / "staticfiles.json").unlink()
    assert "make prepare" in ill(files.look())


def test_shared_storage_is_looked_at(site, tmp_path):
    shared = tmp_path / "shared"
    site.STORAGES = site.STORAGES | {"releases": releases_storage(shared.as_uri())}
    assert "The shared storage does not work" in ill(files.look())
    shared.mkdir()
    assert "The shared storage has release none, this server 1" in ill(files.look())
    for name in ("current", "000001.json"):
        (shared / name).write_bytes((site.RELEASES_DIR / name).read_bytes())
    assert ill(files.look()) == ""
    site.STORAGES = site.STORAGES | {"releases": releases_storage("s3://bucket", f"http://127.0.0.1:{free_port()}")}
    assert "The shared storage does not work" in ill(files.look())


@pytest.fixture
def shared_folder():
    """A folder that everybody on this computer can enter."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_private_files_are_told_when_open(shared_folder):
    key, database = shared_folder / "secret-key", shared_folder / "db.sqlite3"
    for file in (key, database):
        file.touch(mode=0o600)
    assert ill(others([key, database, shared_folder / "away"])) == ""
    for mode in (0o640, 0o660):
        key.chmod(mode)
        assert not is_open(key)
    key.chmod(0o644)
    database.chmod(0o602)
    said = ill(others([key, database]))
    assert f"broken: Everybody on this computer can read or write {key}. chmod o-rwx {key}" in said
    assert f"warning: Everybody on this computer can read or write {database}." in said
    shared_folder.chmod(0o700)
    assert ill(others([key, database])) == ""


def test_files_of_another_user_are_told(shared_folder):
    own = shared_folder / "own"
    own.touch()
    we = own.stat().st_uid
    assert owners([shared_folder, own], we).verdict == "ok"
    assert owners([shared_folder, own], we + 1).verdict == "warning"
    assert owners([shared_folder, own, Path("/nowhere")], we).verdict == "ok"


def test_files_of_several_users_are_told(monkeypatch, tmp_path):
    class Owned(type(tmp_path)):
        def stat(self, **_options):
            return type("Stat", (), {"st_uid": len(self.name)})

        def exists(self):
            return True

    assert owners([Owned("a"), Owned("bb")], 1).verdict == "broken"


@pytest.mark.parametrize(
    ("room", "verdict"),
    [
        (Room(free=50 * GB, data=GB), {"space": "ok"}),
        (Room(free=GB, data=GB), {"space": "warning"}),
        (Room(free=150 * MB, data=MB), {"space": "broken"}),
        (Room(free=50 * GB, data=GB, files=9), {"space": "ok", "files": "broken"}),
        (Room(free=50 * GB, data=GB, files=10**6), {"space": "ok"}),
    ],
)
def test_room_is_judged(room, verdict):
    assert verdicts(judge(room)) == verdict
    ill(judge(room))


def test_room_is_measured(tmp_path):
    data, outside = tmp_path / "data", tmp_path / "outside"
    (data / "below").mkdir(parents=True)
    (data / "below" / "file").write_bytes(b"x" * 100_000)
    outside.write_bytes(b"x" * 1_000_000)
    (data / "link").symlink_to(outside)
    room = room_of(data)
    assert 100_000 <= room.data < 200_000
    assert room.free > 0
