"""No file of a site has a name of whoever was erased, not even what SQLite has deleted and not written over yet."""

import shutil

from tests.cms.data_protection.planted import EMAIL, FIRST, LAST, USERNAME
from tests.databases import make_sqlite
from tests.needles import all_bytes, needles_in
from tests.once import once
from tests.programs import manage

PLANT = f"""
from django.contrib.auth import get_user_model
from wagtail.log_actions import log
names = {{"first_name": "{FIRST}", "last_name": "{LAST}", "email": "{EMAIL}"}}
person = get_user_model().objects.create_user("{USERNAME}", password="x", **names)
log(person, "wagtail.edit", user=person)
"""


def test_no_byte_of_any_file_has_a_name(common, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(once(common, "sqlite", make_sqlite), data)
    manage(data, "shell", "-v", "0", "-c", PLANT)
    assert needles_in((data / "db.sqlite3").read_bytes())
    manage(data, "erase_person", USERNAME, "--yes")
    assert [path.name for path, content in all_bytes(data) if needles_in(content)] == []
