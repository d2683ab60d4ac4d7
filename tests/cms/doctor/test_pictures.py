"""What the doctor says of the pictures of pages."""

import pytest

from cms.doctor import pictures
from tests.cms.doctor.looking import verdicts


@pytest.mark.parametrize(("can", "verdict"), [(True, "ok"), (False, "warning")])
def test_letters_that_cannot_be_drawn_are_told(can, verdict, monkeypatch):
    monkeypatch.setattr("toolkit.sharing.lines.CAN_SHAPE", can)
    assert verdicts(pictures.look()) == {"letters": verdict}
