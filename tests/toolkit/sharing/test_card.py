"""What stands on a page's picture, and what the page says of it."""

from toolkit.sharing.card import card_of, picture_path, shared_picture

SITE = {"outline": {"title": "Toolkit", "path": "/en/", "lang": "en", "dir": "ltr"}, "drawing": "d1"}
HOME = {"type": "toolkit", "title": "Toolkit", "lang": "en", "dir": "ltr"}
STAGE = {"type": "stage", "title": "Process", "lang": "en", "dir": "ltr"}


def document(**values) -> dict:
    return {
        "type": "mark",
        "key": "5b1c",
        "locale": "en",
        "lang": "en",
        "dir": "ltr",
        "title": "Listening",
        "path": "/en/process/listening/",
        "ancestors": [HOME, STAGE],
        **values,
    }


def label(**values) -> str | None:
    found = card_of(document(**values), SITE)["label"]
    return found and found["text"]


def test_label_says_what_it_is():
    assert label() == "Process"
    assert label(type="stage", number=2) == "Stage 2"
    assert label(type="quote", kind="snake") == "Snake"
    assert label(type="idea", kind="icebreaker") == "Icebreaker"
    assert label(type="page", ancestors=[HOME]) is None


def test_label_is_in_the_language_of_the_page():
    assert label(type="quote", kind="ladder", locale="cy") == "Ysgol"


def test_home_page_names_the_toolkit_once():
    card = card_of(document(type="toolkit", ancestors=[]), SITE)
    assert (card["label"], card["toolkit"]) == (None, None)


def test_quotes_have_their_colour():
    assert card_of(document(type="quote", kind="snake"), SITE)["scheme"] == "snake"
    assert card_of(document(), SITE)["scheme"] == "lake"


def test_address_stays_and_its_version_changes():
    first, second = (shared_picture(document(title=title), SITE)["src"] for title in ("Listening", "Hearing"))
    assert first != second
    assert first.partition("?")[0] == second.partition("?")[0] == picture_path(document())


def test_nothing_but_what_is_shown_changes_it():
    assert shared_picture(document(), SITE) == shared_picture(document(path="/en/other/", summary="Other."), SITE)


def test_words_say_what_the_picture_shows():
    assert shared_picture(document(), SITE)["alt"] == "Listening – Toolkit"
    assert shared_picture(document(title="共同生产"), SITE)["alt"] == "A drawing of a quiet lake"


def test_no_picture_where_none_is_wanted():
    assert shared_picture(document(), {**SITE, "drawing": ""}) is None
