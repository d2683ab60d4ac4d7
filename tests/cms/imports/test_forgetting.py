"""Forgetting: words that somebody has taken back are gone from documents, and old documents are deleted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms.imports.forgetting import forget_old, forget_words
from cms.imports.models import Import, Paragraph
from cms.worker.housekeeping import HOOKS, forget_old_imports

pytestmark = pytest.mark.django_db

WORDS = "I never knew who had the keys until we made a list, and then I did."


def sources(document):
    return [one.source for one in document.paragraphs.all()]


@pytest.mark.parametrize(
    "phrase", [WORDS, WORDS.upper(), "“I never  knew who had the keys\nuntil we made a list — and then I did!”"]
)
def test_words_are_forgotten_however_they_are_written(desk, phrase):
    document = desk.bring()
    assert forget_words([phrase]) == 3
    assert WORDS not in sources(document)


def test_name_goes_with_the_words(desk):
    document = desk.bring()
    forget_words([WORDS])
    assert "Morag Bell" not in " ".join(sources(document))


def test_rest_of_the_document_stays(desk):
    document = desk.bring()
    before = len(sources(document))
    forget_words([WORDS])
    assert len(sources(document)) == before - 2


def test_original_with_the_words_goes(desk):
    document = desk.bring()
    forget_words([WORDS])
    assert Import.objects.get().original is None
    assert desk.get(document, "original").status_code == 404


def test_other_originals_stay(desk):
    desk.bring("Other words, of somebody else, who did not take them back.")
    assert forget_words([WORDS]) == 0
    assert Import.objects.get().original is not None


def test_words_in_the_middle_of_a_paragraph_take_all_of_it(desk):
    document = desk.bring(f"Sharing\n\nShe said: {WORDS} And so it was.\n\nOther words.")
    forget_words([WORDS])
    assert sources(document) == ["Sharing", "Other words."]


def test_words_over_several_paragraphs_are_found(desk):
    document = desk.bring("Sharing\n\nI never knew\n\n-\n\nwho had the keys.\n\nOther words.")
    forget_words(["I never knew who had the keys"])
    assert sources(document) == ["Sharing", "-", "Other words."]


def test_part_of_a_word_is_not_the_word(desk):
    document = desk.bring("Sharing\n\nKeystone and monkeys.")
    assert forget_words(["keys", "", "…"]) == 0
    assert len(sources(document)) == 2


@pytest.mark.parametrize("kind", ["html", "docx"])
def test_words_are_found_in_what_was_not_read(desk, word, kind):
    """In a menu or split up by marks of format, the original has them although no paragraph does."""
    if kind == "html":
        desk.bring("<nav>I never <b>kn</b>ew.</nav><p>Other words.</p>", "page.html")
    else:
        desk.bring(word(("I never knew.", 0), ("Other words.", 0)), "page.docx")
        Paragraph.objects.filter(source__startswith="I never").delete()
    assert forget_words(["I never knew"]) == 1
    assert Import.objects.get().original is None


def test_phrase_of_entities_is_found(desk):
    desk.bring("<nav>I don&rsquo;t know.</nav><p>Other words.</p>", "page.html")
    assert forget_words(["I don’t know"]) == 1


def test_finished_documents_forget_too(desk):
    document = desk.bring()
    desk.make(document)
    forget_words([WORDS])
    page = desk.get(document, "report").content.decode()
    assert WORDS not in page


@pytest.mark.parametrize(("days", "is_kept"), [(89, True), (91, False)])
@pytest.mark.parametrize("is_finished", [True, False])
def test_old_documents_are_deleted(desk, days, is_kept, is_finished):
    document = desk.bring()
    if is_finished:
        desk.make(document)
    assert forget_old(now=timezone.now() + timedelta(days=days)) == (not is_kept)
    assert Import.objects.exists() == is_kept
    assert Paragraph.objects.exists() == is_kept


def test_worker_deletes_them(desk):
    document = desk.bring()
    Import.objects.update(changed_at=timezone.now() - timedelta(days=91))
    forget_old_imports()
    assert not Import.objects.filter(pk=document.pk).exists()
    assert forget_old_imports in [hook for _every, hook in HOOKS]


def test_owner_deletes_at_once(desk):
    document = desk.bring()
    assert "deleted now" in desk.get(document, "delete").content.decode()
    desk.client.post(f"/admin/imports/{document.pk}/delete/")
    assert not Import.objects.exists()


def test_deleting_a_document_leaves_its_drafts(desk):
    document = desk.bring()
    desk.make(document)
    page = desk.get(document, "report").context["drafts"][0][0]
    desk.client.post(f"/admin/imports/{document.pk}/delete/")
    page.refresh_from_db()
