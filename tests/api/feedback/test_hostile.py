"""Strings that mean harm, as what somebody writes: no server error, no markup, and no script that runs."""

from random import Random

import pytest

from tests.api.feedback.readers import START, reader, say, write
from tests.api.offers.test_hostile import writable
from tests.api.scoring.test_hostile import hostile

pytestmark = pytest.mark.django_db

STRINGS = 40


def test_strings_do_no_harm(releases, chromium):
    random, hits = Random(12), []
    tab = chromium.new_context().new_page()
    tab.expose_function("hit", lambda: hits.append(tab.url))
    tab.on("dialog", lambda dialog: (hits.append(dialog.message), dialog.dismiss()))
    for _number in range(STRINGS):
        words = writable(hostile(random))
        for response in (write(words), write(words, page="mark/nothing"), write(f"{words} www.x.test")):
            assert response.status_code in (200, 400, 404)
            tab.set_content(response.content.decode())
    tab.context.close()
    assert hits == []


@pytest.mark.parametrize("field", ["page", "clear", "words", "step", "website"])
@pytest.mark.parametrize("value", ["\x00", "\ufffe\u202e", "x" * 9000, "<b>"])
def test_broken_fields_are_told_so(releases, field, value):
    response = say(**{"clear": "no", field: value})
    assert response.status_code in (200, 400, 404)
    assert b"<b>" not in response.content
    said = reader().get(START, {"page": "mark/listening", "said": value, field: value})
    assert said.status_code in (200, 404)
