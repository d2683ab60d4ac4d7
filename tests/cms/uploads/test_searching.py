"""Editors search among pictures and files, with any sign in their words, and ask how often each is used."""

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


@pytest.mark.parametrize("kind", ["images", "documents"])
@pytest.mark.parametrize("words", ['"', 'wan"ted', '"wanted', '"\\u0000"', "wanted*", "\\", "'", "NEAR(", "-", "%"])
def test_any_sign_may_be_searched_for(admin_client, kind, words):
    assert admin_client.get(f"/admin/{kind}/results/", {"q": words}).status_code == 200


def test_picture_is_found_by_words_with_quotation_marks(admin_client):
    image = picture("wanted")
    image.title = 'The "big" hall'
    image.save()
    for words in ('"big"', "hall", 'the "big" hall'):
        assert list(admin_client.get("/admin/images/results/", {"q": words}).context["object_list"]) == [image], words
