"""Pictures without words, on public pages, in drafts, and in the library."""

import pytest

from tests.cms.acts.files import add_picture
from tests.cms.reports.conftest import change, queries, seen, somebody, words_of
from tests.small_site import fresh


@pytest.fixture
def image(site):
    """A picture of the library, which is described there."""
    picture = add_picture()
    picture.title, picture.description = "A jug", "A blue jug."
    picture.save()
    return picture


def block(image, **more):
    return [("image", {"image": image, "alt": "", "decorative": False, "caption": "", **more})]


def draft(page, **fields):
    page = fresh(page)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision()


def test_silent_picture_is_found(chief, site, image):
    change(site["a-guide"], body=block(image))
    [row] = seen(chief, "pictures")
    assert row[:4] == ["A guide", "A jug", "English", "Readers"]


@pytest.mark.parametrize("more", [{"alt": "A jug of water."}, {"decorative": True}])
def test_picture_with_words_is_well(chief, site, image, more):
    change(site["a-guide"], body=block(image, **more))
    assert seen(chief, "pictures") == []
    assert "All is well" in words_of(chief, "pictures")


def test_spaces_are_no_words(chief, site, image):
    change(site["a-guide"], body=block(image, alt="  "))
    assert len(seen(chief, "pictures")) == 1


def test_draft_is_looked_at(chief, site, image):
    draft(site["a-guide"], body=block(image))
    [row] = seen(chief, "pictures")
    assert row[3] == "Nobody yet: it is a draft"


def test_page_is_listed_once_for_both_versions(chief, site, image):
    change(site["a-guide"], body=block(image))
    draft(site["a-guide"], title="Another title")
    assert len(seen(chief, "pictures")) == 1


def test_what_a_draft_puts_right_is_still_seen_by_readers(chief, site, image):
    change(site["a-guide"], body=block(image))
    draft(site["a-guide"], body=block(image, alt="A jug."))
    assert [row[3] for row in seen(chief, "pictures")] == ["Readers"]


def test_unused_picture_needs_a_description(chief, site, image):
    assert seen(chief, "pictures") == []
    image.description = ""
    image.save()
    [row] = seen(chief, "pictures")
    assert row[:2] == ["Library of pictures", "A jug"]


def test_used_picture_needs_none(chief, site, image):
    image.description = ""
    image.save()
    draft(site["a-guide"], body=block(image, alt="A jug."))
    assert seen(chief, "pictures") == []


def test_places_can_be_chosen(chief, site, image):
    change(site["a-guide"], body=block(image))
    unused = add_picture("green")
    assert unused.description == ""
    assert [row[0] for row in seen(chief, "pictures", where="pages")] == ["A guide"]
    assert [row[0] for row in seen(chief, "pictures", where="library")] == ["Library of pictures"]


def test_language_can_be_chosen(chief, site, image):
    change(site["a-guide"], body=block(image))
    assert len(seen(chief, "pictures", locale="en")) == 1
    assert seen(chief, "pictures", locale="cy") == []


def test_only_ones_own_pages_are_listed(client, site, image):
    change(site["a-guide"], body=block(image))
    add_picture("green")
    client.force_login(somebody("lake", page=site["small-lake"], rights=["change"]))
    assert seen(client, "pictures") == []


def test_number_of_queries_is_constant(chief, site, image):
    change(site["a-guide"], body=block(image))
    before = queries(chief, "pictures")
    for page in ("hearing", "speaking", "tea-first"):
        change(site[page], body=block(image))
    assert queries(chief, "pictures") == before
