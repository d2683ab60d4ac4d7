"""Editors search among pictures and files, and ask at the same time how often each is used."""

import pytest

from tests.hidden_site import picture, sound

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("kind", "make"), [("images", picture), ("documents", sound)])
def test_words_and_a_count_are_asked_together(admin_client, kind, make):
    title = make("wanted").title
    for asked, there in (({"usage_count_max": "0"}, 1), ({"usage_count_min": "1"}, 0)):
        answer = admin_client.get(f"/admin/{kind}/results/", {"q": title, **asked})
        assert answer.status_code == 200
        assert len(answer.context["object_list"]) == there
