"""The secret key that an installation makes for itself."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from cms.secret_key import kept_secret_key

AT_ONCE, TIMES = 8, 50


def test_key_is_made_and_kept(tmp_path):
    key = kept_secret_key(tmp_path)
    assert len(key) == 50
    assert kept_secret_key(tmp_path) == key
    assert [(file.name, file.stat().st_mode & 0o077) for file in tmp_path.iterdir()] == [("secret-key", 0)]


def test_processes_that_start_together_have_one_key(tmp_path):
    together = Barrier(AT_ONCE)

    def start(folder) -> str:
        together.wait()
        return kept_secret_key(folder)

    with ThreadPoolExecutor(AT_ONCE) as processes:
        for time in range(TIMES):
            folder = tmp_path / str(time)
            folder.mkdir()
            assert len(set(processes.map(start, [folder] * AT_ONCE))) == 1
