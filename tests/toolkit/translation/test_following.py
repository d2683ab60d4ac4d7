"""Translations follow their source by themselves: what each change of it does to where they stand."""

import pytest
from wagtail.models import Page
from wagtail_localize.models import StringSegment

from tests.small_site import fresh
from tests.translations import change, job, locale, show, standing, state, translated_site, write
from toolkit.documents.library import public_library
from toolkit.models import Idea, Mark, SourceChange
from toolkit.translation.work import UnableToPublish, draft, preview, publish

pytestmark = pytest.mark.django_db

BODY = [("text", "<h3>Why</h3><p>People hear.</p><p>They answer.</p>"), ("tip", "<p>Wait a little.</p>")]


@pytest.fixture
def mark():
    """A mark with a body, in a site that can be translated."""
    page = translated_site()["hearing"]
    change(page, body=BODY)
    return fresh(page)


def body_of(page) -> list[str]:
    return [block.value.source for block in fresh(page).body]


def english_pages() -> dict:
    pages = Page.objects.filter(locale__language_code="en", live=True, depth__gt=1).specific()
    return {page.code: page for page in pages}


def in_welsh(page):
    return Mark.objects.get(translation_key=page.translation_key, locale__language_code="cy")


def edit(mark, old: str, new: str, **fields):
    """Change some words of the body."""
    body = [(block.block_type, block.value.source.replace(old, new), block.id) for block in fresh(mark).body]
    page = fresh(mark)
    data = [{"type": kind, "value": value, "id": block_id} for kind, value, block_id in body]
    change(mark, body=page.body.stream_block.to_python(data), **fields)


def test_nothing_is_missing_from_the_list(mark):
    assert (state(mark, "cy"), state(mark, "ar"), state(mark, "es")) == ("missing",) * 3
    assert standing(mark, "cy").texts == 6
    assert standing(mark, "cy").words == 1 + 2 + 1 + 2 + 2 + 3


def test_states_go_from_nothing_to_all(mark):
    write(mark, "cy", {"title": "Gwrando"})
    assert state(mark, "cy") == "draft"
    write(mark, "cy")
    assert state(mark, "cy") == "draft"
    publish(job(mark, "cy"))
    assert state(mark, "cy") == "current"
    edit(mark, "hear", "listen")
    assert state(mark, "cy") == "stale"
    show(mark, "cy")
    assert state(mark, "cy") == "current"


def test_changed_words_keep_their_old_translation_beside_them(mark):
    show(mark, "cy")
    edit(mark, "People hear.", "People hear you.")
    [changed] = [one for one in job(mark, "cy").work if one.state == "changed"]
    assert changed.text.words == "People hear you."
    assert (changed.before, changed.translated.words) == ("People hear.", "Gair People hear.")


def test_readers_see_a_translation_as_it_was_until_somebody_publishes(mark):
    show(mark, "cy")
    before = body_of(in_welsh(mark))
    edit(mark, "hear", "listen")
    write(mark, "cy")
    draft(job(mark, "cy"))
    assert body_of(in_welsh(mark)) == before
    assert standing(mark, "cy").unpublished
    publish(job(mark, "cy"))
    assert "listen" in body_of(in_welsh(mark))[0]
    assert not standing(mark, "cy").unpublished


def test_same_meaning_makes_a_translation_minor(mark):
    show(mark, "cy")
    edit(mark, "hear", "heer", minor_edit=True)
    assert (state(mark, "cy"), standing(mark, "cy").minor) == ("minor", 1)
    assert standing(mark, "cy").done_words == standing(mark, "cy").words
    edit(mark, "answer", "reply", minor_edit=False)
    assert state(mark, "cy") == "stale"


def test_every_change_of_words_is_logged(mark):
    before = SourceChange.objects.count()
    edit(mark, "hear", "listen")
    change(mark)
    assert SourceChange.objects.count() == before + 1


def test_blocks_that_move_keep_their_translations(mark):
    show(mark, "cy")
    page = fresh(mark)
    page.body = page.body.stream_block.to_python(list(page.body.raw_data)[::-1])
    page.save_revision().publish()
    assert state(mark, "cy") == "minor"
    assert {one.state for one in job(mark, "cy").work} == {"current"}
    publish(job(mark, "cy"))
    assert body_of(in_welsh(mark))[0] == "<p>Gair Wait a little.</p>"
    assert state(mark, "cy") == "current"


def test_paragraph_that_goes_to_another_block_keeps_its_translation(mark):
    show(mark, "cy")
    change(mark, body=[("text", "<p>They answer.</p>"), ("note", "<p>People hear.</p><p>Wait a little.</p>")])
    assert {one.state for one in job(mark, "cy").work} == {"current"}
    publish(job(mark, "cy"))
    assert body_of(in_welsh(mark)) == [
        "<p>Gair They answer.</p>",
        "<p>Gair People hear.</p><p>Gair Wait a little.</p>",
    ]
    assert state(mark, "cy") == "current"


def test_new_paragraph_stands_in_the_source_words_and_says_so(mark):
    show(mark, "cy")
    edit(mark, "<p>They answer.</p>", "<p>They answer.</p><p>New words.</p>")
    assert state(mark, "cy") == "stale"
    publish(job(mark, "cy"))
    assert state(mark, "cy") == "partial"
    assert '<p dir="ltr" lang="en">New words.</p>' in body_of(in_welsh(mark))[0].replace(
        'lang="en" dir="ltr"', 'dir="ltr" lang="en"'
    )
    assert "<p>Gair They answer.</p>" in body_of(in_welsh(mark))[0]


def test_untranslated_block_says_its_language_as_a_whole(mark):
    write(mark, "ar", {"title": "سمع", "summary": "أن يسمعنا أحد."})
    publish(job(mark, "ar"))
    page = Mark.objects.get(translation_key=mark.translation_key, locale__language_code="ar")
    assert page.blocks_in_source() == {block.id: {"lang": "en", "dir": "ltr"} for block in mark.body}
    assert "lang=" not in "".join(body_of(page))


def test_title_and_summary_come_first(mark):
    write(mark, "cy", {"title": "Gwrando"})
    with pytest.raises(UnableToPublish) as refused:
        publish(job(mark, "cy"))
    assert [text.path for text in refused.value.texts] == ["summary"]
    assert not Mark.objects.filter(translation_key=mark.translation_key, locale=locale("cy"), live=True).exists()


def test_text_that_was_taken_out_leaves_the_translation_stale(mark):
    show(mark, "cy")
    edit(mark, "<p>They answer.</p>", "")
    assert state(mark, "cy") == "stale"
    publish(job(mark, "cy"))
    assert (state(mark, "cy"), "They answer" in body_of(in_welsh(mark))[0]) == ("current", False)


def test_links_lead_where_the_source_leads(mark):
    link = f'<p>See <a linktype="page" id="{mark.pk}">the <b>mark</b></a> &amp; go.</p>'
    change(mark, body=[("text", link)])
    path = f"body.{fresh(mark).body[0].id}"
    write(mark, "cy", {"title": "A", "summary": "B", path: 'Ewch i’r <a id="a1"><b>arwydd</b></a> &amp; gweld.'})
    publish(job(mark, "cy"))
    expected = f'<p>Ewch i’r <a id="{mark.pk}" linktype="page"><b>arwydd</b></a> &amp; gweld.</p>'
    assert body_of(in_welsh(mark)) == [expected]


def test_preview_needs_nothing_to_be_saved(mark):
    write(mark, "cy", {"title": "Gwrando"})
    count = Page.objects.count()
    assert preview(job(mark, "cy")).title == "Gwrando"
    assert Page.objects.count() == count


def test_translation_of_one_language_leaves_the_others_alone(mark):
    show(mark, "cy")
    show(mark, "ar")
    before = body_of(Mark.objects.get(translation_key=mark.translation_key, locale=locale("ar"))), body_of(mark)
    write(mark, "cy", {"title": "Arall"})
    publish(job(mark, "cy"))
    assert before == (
        body_of(Mark.objects.get(translation_key=mark.translation_key, locale=locale("ar"))),
        body_of(mark),
    )


# --- Places ----------------------------------------------------------------------------------------------------


def test_translation_moves_with_its_source(mark):
    pages = english_pages()
    for code in ("small-home", "first-stage", "later-stage", "hearing"):
        show(pages[code], "cy")
    fresh(mark).move(fresh(pages["later-stage"]), pos="last-child")
    assert in_welsh(mark).public_path == "/cy/later-stage/hearing/"


def test_translation_waits_for_its_new_place_to_be_public(mark):
    pages = english_pages()
    for code in ("small-home", "first-stage", "hearing"):
        show(pages[code], "cy")
    fresh(mark).move(fresh(pages["later-stage"]), pos="last-child")
    assert in_welsh(mark).public_path == "/cy/first-stage/hearing/"
    show(pages["later-stage"], "cy")
    assert in_welsh(mark).public_path == "/cy/later-stage/hearing/"


def test_renamed_source_keeps_the_address_of_its_translation(mark):
    show(mark, "cy")
    address = in_welsh(mark).public_path
    change(mark, slug="listening-anew")
    assert in_welsh(mark).public_path == address


def test_translation_of_a_deleted_source_becomes_an_original(mark):
    show(mark, "cy")
    welsh = in_welsh(mark)
    fresh(mark).delete()
    assert in_welsh(mark).live
    assert not StringSegment.objects.filter(source__object_id=mark.translation_key).exists()
    change(welsh, title="Ar ei phen ei hun")
    assert standing(mark, "en").source_locale.language_code == "cy"


def test_deleted_translation_takes_nothing_else_along(mark):
    write(mark, "ar", {"title": "سمع"})
    show(mark, "cy")
    in_welsh(mark).delete()
    assert (state(mark, "cy"), state(mark, "ar")) == ("draft", "draft")
    assert [one.translated.words for one in job(mark, "ar").work if one.translated] == ["سمع"]
    publish(job(mark, "cy"))
    assert state(mark, "cy") == "current"


def test_unpublished_source_is_nothing_to_translate(mark):
    fresh(mark).unpublish()
    with pytest.raises(LookupError):
        job(mark, "cy")


def test_translations_stand_in_the_order_of_their_sources(mark):
    pages = english_pages()
    for code in ("small-home", "first-stage", "hearing", "speaking"):
        show(pages[code], "cy")
    fresh(mark).move(fresh(pages["speaking"]), pos="right")
    keys = public_library().child_keys(pages["first-stage"].key, "mark", "cy")
    assert [pages[code].key for code in ("speaking", "hearing")] == keys


def test_numbers_of_an_idea_are_the_same_in_every_language():
    pages = translated_site()
    show(pages["small-lake"], "cy")
    show(pages["tea-first"], "cy")
    change(pages["tea-first"], minutes=25, people_to=9)
    show(pages["tea-first"], "cy")
    idea = Idea.objects.get(translation_key=pages["tea-first"].translation_key, locale__language_code="cy")
    assert (idea.minutes, idea.people_from, idea.people_to) == (25, 3, 9)
    assert not {"minutes", "people_from", "people_to"} & {text.path for text in job(idea, "ar").texts}
