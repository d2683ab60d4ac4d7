"""What must not go out does not: each door is tried with each thing that has to be mended first."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from cms.worker.dates import go_live, keep_dates, to_go_live
from tests.hidden_site import picture as drawn
from tests.small_site import add, fresh, small_site
from tests.toolkit.bundle.test_load import STAGE
from tests.translations import job, locale, translated_site, write
from toolkit.bundle.format import UnreadableFile
from toolkit.bundle.load import load_folder
from toolkit.bundle.merge import merge_folder
from toolkit.consent import Consent, Naming
from toolkit.importing.drafts import import_drafts
from toolkit.importing.rules import classify
from toolkit.importing.sources import read_lines
from toolkit.models import Mark, Quote
from toolkit.publishable import NotReady, faults_of
from toolkit.translation.work import publish as publish_translation

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(releases, settings, tmp_path):
    settings.RELEASES_DIR = tmp_path / "releases"
    return small_site()


@pytest.fixture
def editor(client):
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


def without_consent(site):
    quote = add(Quote, site["all-voices"], "not-asked", words="<p>Mine.</p>", live=False, naming=Naming.ROLE)
    quote.consent = Consent.ASKED
    return quote


def run_out(site):
    quote = without_consent(site)
    quote.consent, quote.consent_until = Consent.GIVEN, timezone.localdate() - timedelta(days=1)
    return quote


def without_words_for_a_picture(site):
    return _mark(site, ("image", {"image": picture(), "alt": "", "decorative": False, "caption": "Tea"}))


def with_a_picture_that_is_gone(site):
    image = picture()
    mark = _mark(site, ("image", {"image": image, "alt": "Tea", "decorative": False, "caption": ""}))
    number = image.pk
    image.delete()
    mark.body = [("text", "<p>a</p>")]
    mark.body.raw_data[0] = {"type": "image", "id": "1", "value": {"image": number, "alt": "Tea"}}
    return mark


def with_a_block_that_points_nowhere(site):
    gone = add(Quote, site["all-voices"], "gone", words="<p>Gone.</p>", live=False)
    mark = _mark(site, ("quote", gone))
    fresh(gone).delete()
    return mark


def with_a_link_that_leads_nowhere(site):
    return _mark(site, ("text", '<p>Read <a linktype="page" id="999999">this</a>.</p>'))


def with_a_film_that_is_nowhere(site):
    return _mark(
        site, ("media", {"kind": "video", "title": "Film", "file": None, "url": "", "transcript": "<p>a</p>"})
    )


FAULTS = {
    "consent": without_consent,
    "run out": run_out,
    "alt": without_words_for_a_picture,
    "picture": with_a_picture_that_is_gone,
    "block": with_a_block_that_points_nowhere,
    "link": with_a_link_that_leads_nowhere,
    "film": with_a_film_that_is_nowhere,
}
every_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)


def _mark(site, block):
    mark = add(Mark, fresh(site["first-stage"]), "faulty", summary="Not ready.", live=False)
    mark.body = [block]
    return mark


def picture():
    return drawn("gate")


def drafted(page):
    """Save a draft, which is never refused, and give it as an editor finds it."""
    page.save_revision()
    return fresh(page)


@every_fault
def test_draft_is_kept_and_can_be_mended(site, fault):
    page = drafted(fault(site))
    latest = page.get_latest_revision_as_object()
    assert faults_of(latest, today=timezone.localdate())
    mend(latest)
    latest.save_revision().publish()
    assert fresh(page).live


def mend(page):
    if isinstance(page, Quote):
        page.consent, page.consent_until = Consent.GIVEN, timezone.localdate()
    else:
        page.body = [("text", "<p>Mended.</p>")]


def rich(text: str, *, is_link: bool = False) -> str:
    """Give a text as Wagtail's editor sends it; all of it a link to a page that is not there."""
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": 999999}}
    ranges = [{"offset": 0, "length": len(text), "key": 0}] if is_link else []
    block = {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    return json.dumps({"blocks": [{**block, "entityRanges": ranges}], "entityMap": {"0": link} if is_link else {}})


def form_of(page) -> dict:
    """Give what the browser sends of a page's editor."""
    data = {"title": page.title, "slug": page.slug, "comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    if isinstance(page, Quote):
        data |= {"words": rich("Mine."), "kind": page.kind, "naming": page.naming, "consent": page.consent}
        return data | {"consent_until": page.consent_until or ""}
    kind, value = page.body.raw_data[0]["type"], page.body.raw_data[0]["value"]
    data |= {"summary": page.summary, "body-count": 1, "body-0-type": kind, "body-0-id": "", "body-0-order": 0}
    data |= {"body-0-deleted": ""}
    if isinstance(value, str):
        return data | {"body-0-value": rich("Read", is_link=True)}
    if isinstance(value, dict):
        said = {name: rich(part) if name == "transcript" else part for name, part in value.items() if part}
        return data | {f"body-0-value-{name}": part for name, part in said.items()}
    return data | {"body-0-value": value}


@every_fault
def test_form_refuses(site, fault, editor):
    page = drafted(fault(site))
    shown = page.get_latest_revision_as_object()
    form = form_of(shown)
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**form, "action-publish": "1"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not fresh(page).live
    # As a draft, it is taken as it is.
    if not form.get("body-0-value-image") or fault is without_words_for_a_picture:
        assert editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form).status_code == 302


@every_fault
def test_bulk_publish_refuses(site, fault, editor):
    page = drafted(fault(site))
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = editor.post(f"{address}?id={page.pk}&next=/admin/", {"id": page.pk})
    assert_refused(page, editor, answer)


def assert_refused(page, editor, answer):
    """See that an editor is led to the page, and reads there what to mend."""
    assert answer.status_code == 302
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    said = " ".join(str(message) for message in editor.get(answer.url).context["messages"])
    assert "is not published yet" in said
    assert not fresh(page).live


@every_fault
def test_schedule_refuses(site, fault):
    """It was right when it was planned, and is not when its time has come."""
    page = fault(site)
    page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    keep_dates()
    assert not fresh(page).live
    with pytest.raises(NotReady):
        go_live(to_go_live().get())


@every_fault
def test_workflow_refuses(site, fault, editor):
    page = drafted(fault(site))
    state = Workflow.objects.get().start(page, get_user_model().objects.create_user("writer"))
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.current_task_state.pk])
    assert_refused(page, editor, editor.post(address))
    state.refresh_from_db()
    # It still waits: whoever mends it can have it approved.
    assert state.status == "in_progress"


@every_fault
def test_older_version_is_refused(site, fault, editor):
    page = fault(site)
    older = page.save_revision()
    mend(page)
    page.save_revision().publish()
    with pytest.raises(NotReady):
        older.publish(user=get_user_model().objects.get())


def test_translation_of_what_is_not_agreed_is_refused(settings, tmp_path):
    settings.RELEASES_DIR = tmp_path / "releases"
    quote = translated_site()["it-happened"]
    write(quote, "cy")
    Quote.objects.filter(pk=quote.pk).update(naming=Naming.ROLE, consent=Consent.ASKED)
    with pytest.raises(NotReady):
        publish_translation(job(quote, "cy"))
    assert not Quote.objects.filter(translation_key=quote.translation_key, locale=locale("cy"), live=True).exists()


def test_import_publishes_nothing(site, tmp_path):
    document = tmp_path / "page.txt"
    document.write_text("A new stage\nMarks of co-production\nListening\nWe listen.\n“I was heard.”\n(Carer, 2026)\n")
    before = set(Mark.objects.filter(live=True)), set(Quote.objects.filter(live=True))
    report = import_drafts(classify(read_lines(document)), locale="en")
    assert report.made
    assert (set(Mark.objects.filter(live=True)), set(Quote.objects.filter(live=True))) == before


QUOTE = (
    "---\ntype: quote\ntitle: New words\nkind: snake\ncredit: Carer\nnaming: role\n{consent}---\nI was not heard.\n"
)
PICTURE = (
    "---\ntype: mark\ntitle: A new mark\norder: 1\nsummary: New.\n---\n::: image\nfile: media/images/a.png\n:::\n"
)


def written(folder: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


@pytest.mark.parametrize("consent", ["consent: asked\n", "consent: given\nconsent_until: 2020-01-01\n"])
@pytest.mark.parametrize("bring", [load_folder, merge_folder])
def test_bundle_makes_drafts_of_what_is_not_agreed(db, tmp_path, consent, bring):
    bring(written(tmp_path, {"en/voices/new-words.md": QUOTE.format(consent=consent)}))
    assert not Quote.objects.get(code="new-words").live


def test_bundle_with_a_picture_without_words_is_refused(db, tmp_path):
    folder = written(tmp_path, {"en/new-stage.md": STAGE, "en/new-stage/new-mark.md": PICTURE})
    (folder / "media/images").mkdir(parents=True)
    (folder / "media/images/a.png").write_bytes(drawn("bundle").file.read())
    with pytest.raises(UnreadableFile, match="Say in words what the picture shows"):
        load_folder(folder)
    assert not Mark.objects.filter(code="new-mark").exists()
