"""Broken links: a link breaks when its target goes, and mends when it is back."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Page

from tests.cms.acts.files import add_picture
from tests.cms.reports.conftest import change, from_xlsx, queries, seen, somebody, words_of
from tests.releases import publish_everything
from tests.small_site import add, fresh
from toolkit.models import Guide, Quote

DELETED, HIDDEN = "The page that it leads to was deleted.", "Readers cannot see the page that it leads to."


def broken(client, **asked) -> list[tuple]:
    """Give page, link, target and trouble of each row."""
    return [(row[0], row[2], row[3], row[4]) for row in seen(client, "links", **asked)]


def write(site, html: str):
    """Let the guide page say something."""
    change(site["a-guide"], body=[("text", f"<p>{html}</p>")])


def hide(page):
    fresh(page).unpublish()
    publish_everything()


def test_whole_site_is_well(chief, site):
    assert broken(chief) == []
    assert "All is well" in words_of(chief, "links")


def test_link_breaks_and_mends(chief, site):
    hide(site["jargon-word"])
    assert broken(chief) == [("Hearing", "the word", "Jargon word", HIDDEN)]
    fresh(site["jargon-word"]).save_revision().publish()
    publish_everything()
    assert broken(chief) == []


def test_deleted_target_is_noticed(chief, site):
    fresh(site["jargon-word"]).delete()
    publish_everything()
    assert broken(chief) == [("Hearing", "the word", "", DELETED)]


def test_hidden_parent_hides_what_is_below(chief, site):
    hide(site["words"])
    assert broken(chief) == [("Hearing", "the word", "Jargon word", HIDDEN)]


def test_chosen_page_that_goes_is_noticed(chief, site):
    hide(site["it-happened"])
    # What somebody said is not shown when it is not public, not even its title.
    assert broken(chief) == [("Hearing", "Quote", "A quote", HIDDEN)]


def test_empty_block_is_noticed(chief, site):
    change(site["a-guide"], body=[("idea", None)])
    assert broken(chief) == [("A guide", "Idea", "", "Nothing is chosen here any more.")]


def test_ideas_lead_to_what_they_serve(chief, site):
    hide(site["first-stage"])
    assert ("Tea first", "Stage", "First stage", HIDDEN) in broken(chief)


def test_translation_counts_where_the_original_is_hidden(chief, site):
    """A chooser keeps the id of the original; readers of a language get what there is in it."""
    idea = fresh(site["tea-first"])
    assert idea.live
    change(site["a-guide"], body=[("idea", idea)])
    assert broken(chief, locale="en") == []
    assert broken(chief, locale="cy") == []


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/en/first-stage/", ""),
        ("http://localhost:8000/en/first-stage/?from=here", ""),
        ("/en/score/", ""),
        ("/cy/score/", ""),
        ("/en/", ""),
        ("/", ""),
        ("mailto:us@example.org", ""),
        ("tel:+441234", ""),
        ("/en/nowhere/", "There is nothing at this address of our site."),
        ("nowhere", "There is nothing at this address of our site."),
        ("/api/v1/en/marks/nowhere/", "There is nothing at this address of our site."),
        ("/api/v1/en/marks/hearing/", ""),
        ("/media/nowhere.pdf", "There is nothing at this address of our site."),
        ("/admin/pages/3/", "This leads into the admin, where readers cannot go."),
        ("#main-content", ""),
        ("#nowhere", "The page is there, but no place on it has this name."),
        ("/en/first-stage/#main-content", ""),
        ("/en/first-stage/#nowhere", "The page is there, but no place on it has this name."),
        ("http://[half", "This is not a whole address."),
        ("javascript:alert(1)", "This is not a whole address."),
    ],
)
def test_addresses_of_our_own_site(chief, site, address, says):
    write(site, f'<a href="{address}">here</a>')
    assert [row[3] for row in broken(chief)] == ([says] if says else [])


def test_address_of_moved_page_works(chief, site):
    write(site, '<a href="/en/first-stage/">here</a>')
    stage = fresh(site["first-stage"])
    stage.slug = "moved"
    stage.save_revision().publish()
    publish_everything()
    assert broken(chief) == []


def test_missing_files_are_noticed(chief, site):
    image = add_picture()
    document = get_document_model().objects.create(title="Sheet", file=ContentFile(b"%PDF", name="sheet.pdf"))
    picture = {"image": image, "alt": "Words", "decorative": False, "caption": ""}
    heard = {"kind": "audio", "title": "Hear", "file": document, "url": "", "transcript": "<p>Words.</p>"}
    change(site["a-guide"], body=[("image", picture), ("media", heard)])
    assert broken(chief) == []
    image.file.storage.delete(image.file.name)
    document.delete()
    assert [(row[1], row[3]) for row in broken(chief)] == [
        ("Picture", "The file is missing."),
        ("File", "The file is missing."),
    ]


def test_drafts_are_left_alone(chief, site):
    page = fresh(site["a-guide"])
    page.body = [("text", '<p><a href="/en/nowhere/">here</a></p>')]
    page.save_revision()
    assert broken(chief) == []


def test_hidden_pages_are_left_alone(chief, site):
    write(site, '<a href="/en/nowhere/">here</a>')
    hide(site["a-guide"])
    assert broken(chief) == []


def test_link_out_is_listed_and_not_checked(chief, site):
    write(site, '<a href="https://elsewhere.example/a">there</a>')
    assert broken(chief) == []
    assert broken(chief, show="outside") == [
        ("A guide", "there", "https://elsewhere.example/a", "Not checked: switched off")
    ]
    assert "They are not checked: that is switched off" in words_of(chief, "links")


def test_nobody_sees_pages_that_are_not_theirs(client, site):
    write(site, '<a href="/en/nowhere/">here</a>')
    client.force_login(somebody("lake", page=site["small-lake"], rights=["change"]))
    assert broken(client) == []
    client.force_login(somebody("guide", page=site["a-guide"], rights=["change"]))
    assert len(broken(client)) == 1


def test_formulas_stay_text(chief, site):
    write(site, '<a href="/en/nowhere/">=1+1</a>')
    rows = from_xlsx(chief, "links")
    assert [(cell.value, cell.data_type) for cell in rows[1]][2] == ("=1+1", "s")


def test_number_of_queries_is_constant(chief, site):
    write(site, '<a href="/en/nowhere/">here</a>')
    before, home = queries(chief, "links"), site["small-home"]
    for number in range(20):
        add(Guide, fresh(home), f"more-{number}", summary="More.", body=[("text", '<a href="/en/no/">no</a>')])
    publish_everything()
    assert queries(chief, "links") == before
    assert len(broken(chief)) == 21


def test_no_release_is_no_error(chief, releases):
    assert Page.objects.filter(live=True).exists()
    seen(chief, "links")


def test_page_without_consent_is_not_reached(chief, site):
    Quote.objects.filter(pk=site["it-happened"].pk).update(consent="withdrawn")
    publish_everything()
    assert [row[3] for row in broken(chief)] == [HIDDEN]
