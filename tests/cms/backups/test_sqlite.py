"""SQLite: whoever has the old file open can do no harm to the new one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from cms.backups.backup import DamagedBackup
from cms.backups.sqlite import SqliteDatabase


def filled(path: Path, word: str) -> Path:
    with closing(sqlite3.connect(path)) as made:
        made.execute("create table said (word text)")
        made.execute("insert into said values (?)", [word])
        made.commit()
    return path


@pytest.fixture
def database(tmp_path) -> SqliteDatabase:
    return SqliteDatabase(filled(tmp_path / "live.sqlite3", "now"))


def words(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as found:
        return [word for [word] in found.execute("select word from said")]


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_who_has_the_old_file_open_writes_nothing(database, tmp_path, mode):
    with closing(sqlite3.connect(database.path)) as late:
        late.execute(f"pragma journal_mode = {mode}")
        late.execute("select * from said").fetchall()
        database.close(tmp_path / "aside")
        filled(tmp_path / "db.sqlite3", "then")
        database.switch(tmp_path, tmp_path / "aside")
        with pytest.raises(sqlite3.DatabaseError):
            late.execute("insert into said values ('lost')")
    assert words(database.path) == ["then"]
    assert words(tmp_path / "aside" / "live.sqlite3") == ["now"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["aside", "live.sqlite3"]


def test_what_was_closed_opens_again(database, tmp_path):
    database.close(tmp_path / "aside")
    assert not database.exists()
    database.reopen(tmp_path / "aside")
    assert words(database.path) == ["now"]


def test_cut_off_before_it_was_taken_away_nothing_is_lost(database, tmp_path):
    filled((tmp_path / "aside").mkdir() or tmp_path / "aside" / "live.sqlite3", "older")
    database.reopen(tmp_path / "aside")
    assert words(database.path) == ["now"]


def test_damaged_one_can_be_closed(database, tmp_path):
    database.path.write_bytes(b"no database at all" * 100)
    database.close(tmp_path / "aside")
    assert not database.exists()


def test_written_while_somebody_writes(database, tmp_path):
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("insert into said values ('not committed')")
        with database.written(tmp_path / "copy.sqlite3") as finish:
            assert finish() == {"said": 1}
    assert words(tmp_path / "copy.sqlite3") == ["now"]


def test_unsound_database_is_told(database, tmp_path):
    content = bytearray(database.path.read_bytes())
    content[4096:4200] = b"\xff" * 104
    (tmp_path / "copy.sqlite3").write_bytes(content)
    with pytest.raises(DamagedBackup, match="not a sound database"):
        database.tried(tmp_path / "copy.sqlite3", tmp_path)


def test_rows_that_point_to_nothing_are_told(database, tmp_path):
    with closing(sqlite3.connect(database.path)) as made:
        made.execute("create table parent (id integer primary key)")
        made.execute("create table child (parent integer references parent (id))")
        made.execute("insert into child values (7)")
        made.commit()
    with pytest.raises(DamagedBackup, match="1 rows that point to nothing, in child"):
        database.tried(database.path, tmp_path)
