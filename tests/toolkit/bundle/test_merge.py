"""A bundle comes to a site that has content: it is shown what is different, and becomes drafts at most."""

import pytest
from django.core.management import CommandError
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page, Revision

from tests.small_site import document_of, read_library
from tests.toolkit.bundle.whole_site import empty_the_site
from toolkit.bundle.export import export_folder
from toolkit.bundle.merge import merge_folder
from toolkit.bundle.selection import choose_pages
from toolkit.consent import Consent, Naming
from toolkit.documents.canonical import canonical_bytes
from toolkit.models import Idea, IdeaCredit, Mark, Quote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("uploads")]

LISTENING = "en/process/listening.md"


@pytest.fixture
def bundle(tmp_path):
    """A bundle of this site, as it was before the test went on."""
    export_folder(tmp_path / "bundle", now=timezone.now())
    return tmp_path / "bundle"


# What was never public is in no bundle, unless somebody asks for it.
DRAFTS = ["/en/handbook/"]


@pytest.fixture
def listening() -> Mark:
    return Mark.objects.get(code="listening")


def mend(bundle, path: str, old: str, new: str):
    """Change words in a file of a bundle, as somebody with an editor would."""
    text = (bundle / path).read_text(encoding="utf-8")
    assert old in text
    (bundle / path).write_text(text.replace(old, new), encoding="utf-8")


def everything() -> tuple:
    """Give what is on the site: pages, drafts, pictures."""
    pages = Page.objects.order_by("path").values_list("path", "title", "slug", "live", "last_published_at")
    return list(pages), Revision.objects.count(), get_image_model().objects.count()


def public() -> dict[str, bytes]:
    """Give all public documents by their address."""
    library = read_library()
    pages = [chosen.page for chosen in choose_pages(now=timezone.now())]
    return {page.public_path: canonical_bytes(document_of(page, library)) for page in pages}


def states(merged) -> dict[str, str]:
    """Give the state of every page that is not simply the same."""
    return {one.path: one.state for one in merged.differences if one.state != "same"}


def test_same_site_is_not_different(bundle):
    before = everything()
    merged = merge_folder(bundle)
    assert states(merged) == {}
    assert merged.only_here == DRAFTS
    assert everything() == before


def test_changed_words_become_a_draft(bundle, listening):
    mend(bundle, LISTENING, "title: Listening", "title: Hearing")
    before = document_of(listening)
    merged = merge_folder(bundle)
    assert states(merged) == {LISTENING: "changed"}
    assert merged.of("changed")[0].lines == ["-title: Listening", "+title: Hearing"]
    listening.refresh_from_db()
    assert listening.get_latest_revision_as_object().title == "Hearing"
    assert listening.has_unpublished_changes
    assert document_of(listening) == before


def test_dry_run_shows_it_and_changes_nothing(bundle):
    mend(bundle, LISTENING, "title: Listening", "title: Hearing")
    Mark.objects.get(code="sharing-power").delete()
    before = everything()
    merged = merge_folder(bundle, dry_run=True)
    found = states(merged)
    assert (found[LISTENING], found["en/process/sharing-power.md"]) == ("changed", "new")
    assert everything() == before


def test_new_page_becomes_a_draft_in_its_place(bundle):
    Mark.objects.get(code="sharing-power").delete()
    assert states(merge_folder(bundle))["en/process/sharing-power.md"] == "new"
    page = Mark.objects.get(code="sharing-power")
    assert not page.live
    assert page.get_parent().specific.code == "process"
    assert "::: tip" in (bundle / "en/process/sharing-power.md").read_text()
    assert "tip" in [block.block_type for block in page.get_latest_revision_as_object().body]


def test_nothing_public_changes(bundle):
    for file in (bundle / "en").rglob("*.md"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("\ntitle: ", "\ntitle: New ").replace("slug: ", "slug: new-"), encoding="utf-8")
    before = public()
    assert set(states(merge_folder(bundle)).values()) == {"changed"}
    assert public() == before


def test_second_import_makes_no_second_draft(bundle):
    mend(bundle, LISTENING, "title: Listening", "title: Hearing")
    merge_folder(bundle)
    before = everything()
    assert states(merge_folder(bundle)) == {LISTENING: "drafted"}
    assert everything() == before


def test_draft_of_somebody_is_left_alone(bundle, listening):
    mend(bundle, LISTENING, "title: Listening", "title: Hearing")
    listening.title = "Being heard"
    listening.save_revision()
    before = everything()
    merged = merge_folder(bundle)
    assert states(merged) == {LISTENING: "overtaken"}
    assert merged.of("overtaken")[0].lines == ["-title: Being heard", "+title: Hearing"]
    assert everything() == before


def test_draft_of_somebody_can_be_gone_over(bundle, listening):
    mend(bundle, LISTENING, "title: Listening", "title: Hearing")
    listening.title = "Being heard"
    listening.save_revision()
    assert states(merge_folder(bundle, over_drafts=True)) == {LISTENING: "changed"}
    listening.refresh_from_db()
    assert listening.get_latest_revision_as_object().title == "Hearing"
    assert listening.title == "Listening"


def test_page_that_is_only_here_stays(bundle):
    parent = Mark.objects.get(code="listening").get_parent()
    page = parent.add_child(instance=Mark(title="Ours", summary="Only here."))
    merged = merge_folder(bundle)
    assert set(merged.only_here) == {"/en/process/ours/", *DRAFTS}
    assert Mark.objects.filter(pk=page.pk, live=True).exists()


def test_blocks_keep_their_ids(bundle, listening):
    mend(bundle, LISTENING, "::: tip", "A new piece of text.\n\n::: tip")
    ids = [block["id"] for block in listening.body.get_prep_value()]
    merge_folder(bundle)
    listening.refresh_from_db()
    draft = listening.get_latest_revision_as_object()
    kept = [block["id"] for block in draft.body.get_prep_value()]
    assert len(kept) > len(ids)
    assert set(ids) - set(kept) == set()


# --- Consent ---------------------------------------------------------------------------------------------------


@pytest.fixture
def quote() -> Quote:
    """Words of a person, with consent, and a private note about it."""
    quote = Quote.objects.get(code="chairs-in-a-circle")
    quote.naming, quote.consent, quote.name = Naming.FULL_NAME, Consent.GIVEN, "Somebody"
    quote.consent_note = "Told us by telephone."
    quote.save_revision().publish()
    return Quote.objects.get(pk=quote.pk)


QUOTE = "en/voices/chairs-in-a-circle.md"


@pytest.mark.parametrize("how", ["draft", "row", "deleted-in-one-language"])
def test_withdrawn_words_do_not_come_back(quote, bundle, how):
    mend(bundle, QUOTE, "title: ", "title: New ")
    quote.consent = Consent.WITHDRAWN
    quote.save_revision()
    if how == "row":
        Quote.objects.filter(pk=quote.pk).update(consent=Consent.WITHDRAWN, latest_revision=None)
    if how == "deleted-in-one-language":
        mend(bundle, QUOTE, "credit: Somebody\n", "")
        (bundle / "cy").mkdir()
        text = (bundle / "en/home.md").read_text()
        (bundle / "cy/home.md").write_text(text.replace("order: 1\n", "order: 2\n"))
        (bundle / "cy/voices").mkdir()
        (bundle / "cy/voices.md").write_text((bundle / "en/voices.md").read_text())
        (bundle / "cy/voices/chairs-in-a-circle.md").write_text((bundle / QUOTE).read_text())
    revisions = quote.revisions.count()
    merged = merge_folder(bundle)
    assert {one.path for one in merged.of("withdrawn")} >= {QUOTE}
    assert Quote.objects.filter(code=quote.code).count() == 1
    assert not Quote.objects.get(code=quote.code).live
    assert quote.revisions.count() == revisions


def test_private_note_stays_through_an_import(quote, bundle):
    mend(bundle, QUOTE, "title: ", "title: New ")
    merge_folder(bundle)
    draft = Quote.objects.get(pk=quote.pk).get_latest_revision_as_object()
    assert draft.title.startswith("New ")
    assert (draft.consent_note, draft.name, draft.consent) == ("Told us by telephone.", "Somebody", Consent.GIVEN)


def test_name_that_stays_out_is_not_lost(quote, bundle):
    quote.naming = Naming.NOT_NAMED
    quote.save_revision().publish()
    mend(bundle, QUOTE, "naming: full-name", "naming: not-named")
    mend(bundle, QUOTE, "credit: Somebody\n", "")
    mend(bundle, QUOTE, "title: ", "title: New ")
    merge_folder(bundle)
    draft = Quote.objects.get(pk=quote.pk).get_latest_revision_as_object()
    assert (draft.title[:4], draft.name) == ("New ", "Somebody")


def test_withdrawn_credit_does_not_come_back(bundle):
    idea = Idea.objects.get(code="three-words")
    credit = idea.credits.get()
    credit.consent = Consent.WITHDRAWN
    credit.save()
    idea.credits.add(IdeaCredit(name="Waiting", naming=Naming.ROLE, consent=Consent.ASKED, locale=idea.locale))
    idea.save()
    mend(bundle, "en/lake/three-words.md", "title: Three", "title: Four")
    merge_folder(bundle)
    draft = Idea.objects.get(pk=idea.pk).get_latest_revision_as_object()
    assert draft.title == "Four words"
    assert {(one.name, one.consent) for one in draft.credits.all()} == {
        (credit.name, Consent.WITHDRAWN),
        ("Waiting", Consent.ASKED),
    }


# --- The command -----------------------------------------------------------------------------------------------


def test_command_shows_lines_that_differ(bundle, command):
    mend(bundle, LISTENING, "title: Listening", "title: Hearing")
    said = command("import_bundle", str(bundle), "--dry-run")
    assert f"{LISTENING}: Hearing\n    -title: Listening\n    +title: Hearing\n" in said
    assert "Drafts that would be made: 1. This was a dry run: nothing was changed." in said


def test_command_says_what_was_made(bundle, command):
    mend(bundle, LISTENING, "title: Listening", "title: Hearing")
    assert "Drafts that were made: 1. Nothing is public yet" in command("import_bundle", str(bundle))
    assert "A draft that says the same is there already:\n  " + LISTENING in command("import_bundle", str(bundle))


def test_command_refuses_a_folder_without_content(tmp_path, command):
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(CommandError, match="holds no content"):
            command("import_bundle", str(folder))


def test_broken_bundle_changes_nothing(bundle, command):
    mend(bundle, LISTENING, "title: Listening", "title: Hearing")
    mend(bundle, "en/voices.md", "summary:", "sumary:")
    before = everything()
    with pytest.raises(CommandError, match="voices.md: there is no field sumary here; .* Nothing was changed."):
        command("import_bundle", str(bundle))
    assert everything() == before


def test_command_fills_an_empty_site(bundle, command):
    empty_the_site()
    assert "would be published" in command("import_bundle", str(bundle), "--dry-run")
    assert not Page.objects.filter(depth=2).exists()
    count = len(list(bundle.glob("*/**/*.md")))
    said = command("import_bundle", str(bundle))
    assert said == f"{count} pages are new: {count} are published, 0 are drafts.\n"


def test_words_without_consent_become_a_draft(bundle, command):
    mend(bundle, QUOTE, "naming: illustrative\nconsent: not-needed", "naming: full-name\nconsent: asked")
    empty_the_site()
    assert "1 are drafts" in command("import_bundle", str(bundle))
    assert not Quote.objects.get(code="chairs-in-a-circle").live
