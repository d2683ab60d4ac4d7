"""What may be offered, and how it is read."""

import pytest

from api.offers.rules import LONGEST_WORDS, Refused, as_compared, read_offer
from api.offers.words import REASONS, sentence
from tests.api.offers.people import FIELDS

GIVEN = {**FIELDS, "board": ""}


def read(**fields):
    return read_offer({**GIVEN, **fields}, places=["mark/listening", "stage/process"], languages=["en", "ar"])


@pytest.mark.parametrize(
    ("fields", "problems"),
    [
        ({"what": ""}, {"what": "what"}),
        ({"what": "quote", "title": "A"}, {"what": "what"}),
        ({"words": " \n\u0000"}, {"words": "words"}),
        ({"words": "x" * (LONGEST_WORDS + 1)}, {"words": "words"}),
        ({"words": "See HTTPS://x.test"}, {"words": "web-address"}),
        ({"words": "See www.x.test"}, {"words": "web-address"}),
        ({"what": "idea"}, {"title": "title"}),
        ({"what": "mark"}, {"title": "title"}),
        ({"about": "mark/nothing"}, {"about": "about"}),
        ({"language": "xx"}, {"language": "language"}),
        ({"naming": "illustrative"}, {"naming": "naming"}),
        ({"naming": "role"}, {"name": "name-missing"}),
        ({"naming": "role", "name": "x" * 101}, {"name": "name"}),
        ({"name": "Carer"}, {"name": "name-not-wanted"}),
        ({"consent": ""}, {"consent": "consent"}),
        ({"website": "x"}, {"website": "website"}),
        ({"words": "", "consent": ""}, {"words": "words", "consent": "consent"}),
    ],
)
def test_what_is_wrong_is_all_told(fields, problems):
    with pytest.raises(Refused) as refused:
        read(**fields)
    assert refused.value.problems == problems
    assert all(sentence(reason) for reason in problems.values())


def test_quotes_need_no_title():
    assert read(title="Ignored").title == ""


def test_own_mark_needs_no_more_than_a_title():
    assert read(what="mark", title=" Tea \n and time ", words="", about="").title == "Tea and time"


def test_words_stay_as_they_were_written():
    assert read(words="<b>1 < 2</b>\r\nand so on ").words == "<b>1 < 2</b>\nand so on"


def test_every_reason_can_be_said():
    assert [reason for reason in REASONS if "{" in sentence(reason)] == []


def test_texts_are_compared_by_their_letters():
    assert as_compared("  “It’s SO — good!” ") == as_compared("its so good")
    assert as_compared("كلمات، يفهمها") == as_compared("كلمات يفهمها.")
