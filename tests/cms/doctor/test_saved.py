"""What the doctor says of backups."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.backups.state import Backups
from cms.doctor import saved
from tests.cms.doctor.looking import ill, verdicts

NOW = timezone.now()


def test_site_without_backups_is_told(settings):
    settings.BACKUP_DIR = None
    assert ill(saved.look()).startswith("warning: No backups are made")


def test_folder_without_a_backup_is_told(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    assert ill(saved.look()).startswith("broken: There is no backup yet that was restored on trial.")


@pytest.mark.parametrize(("hours", "verdict"), [(3, "ok"), (30, "broken")])
def test_age_of_the_newest_is_judged(monkeypatch, tmp_path, hours, verdict):
    made = NOW - timedelta(hours=hours)
    monkeypatch.setattr(saved, "check_backups", lambda: Backups(tmp_path, NOW, 1, made, made))
    assert verdicts(saved.look()) == {"backup": verdict}
