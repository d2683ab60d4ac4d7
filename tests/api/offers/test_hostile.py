"""Hundreds of strings that mean harm, in all fields: no server error, no markup, and no script that runs."""

from random import Random

import pytest

from api.offers.models import Offer
from tests.api.offers.people import look, send
from tests.api.scoring.test_hostile import hostile

pytestmark = pytest.mark.django_db

STRINGS = 60


def writable(text: str) -> str:
    """Give a text as a browser can send it: no form has halves of characters."""
    return text.replace("\ud800", "")


def test_strings_do_no_harm(releases, chromium):
    random, hits = Random(11), []
    tab = chromium.new_context().new_page()
    tab.expose_function("hit", lambda: hits.append(tab.url))
    tab.on("dialog", lambda dialog: (hits.append(dialog.message), dialog.dismiss()))
    kept = 0
    for _number in range(STRINGS):
        words, title, name = (writable(hostile(random)) for _field in range(3))
        sent = send(words=words, title=title[:100], name=name[:100], naming="role", what="idea")
        assert sent.status in (200, 400)
        kept += sent.status == 200
        shown = [sent] if sent.status == 400 else [look(sent.link)]
        for one in shown:
            assert one.status in (200, 400)
            tab.set_content(one.text)
    tab.context.close()
    assert hits == []
    assert Offer.objects.count() == kept > STRINGS // 4


@pytest.mark.parametrize("field", ["what", "title", "words", "about", "language", "naming", "name", "write"])
@pytest.mark.parametrize("value", ["\u0000", "\ufffe\u202e", "x" * 9000])
def test_broken_fields_are_told_so(releases, field, value):
    assert send(**{field: value}).status in (200, 400)
