"""What changed on a page: told by the names of its parts, day by day, and never by words."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from tests.small_site import document_of, fresh, small_site
from tests.translations import show, translated_site
from toolkit.changing import FIELDS, PARTS
from toolkit.consent import Consent, Naming
from toolkit.documents.library import page_types
from toolkit.models import IdeaCredit, PageChange

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db) -> dict:
    return small_site()


def change(page, **fields):
    """Change a page as an editor does, and publish that."""
    page = fresh(page)
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def told(page) -> list[tuple]:
    """Give what a page's document says of its changes, without the days."""
    found = document_of(fresh(page))["changes"]
    return [(one["parts"], [added["code"] for added in one["added"]]) for one in found]


def days_pass(monkeypatch, days: int):
    later = timezone.now() + timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: later)


def body(page) -> list:
    return [(block.block_type, block.value) for block in fresh(page).body]


def test_page_without_history_says_nothing(site):
    assert told(site["hearing"]) == []


def test_first_publish_is_no_change(site):
    page = site["hearing"]
    page.unpublish()
    change(page, summary="Heard at last.")
    assert told(page) == []


def test_publish_without_a_change_adds_nothing(site):
    for page in site.values():
        change(page)
        assert told(page) == [], page.code


def test_parts_are_told_by_name(site):
    change(site["hearing"], title="Being heard", body=[*body(site["hearing"]), ("tip", "<p>Ask.</p>")])
    assert told(site["hearing"]) == [(["title", "text"], [])]


def test_new_idea_is_named(site):
    change(site["speaking"], body=[("idea", site["tea-first"])])
    assert told(site["speaking"]) == [(["ideas"], ["tea-first"])]


def test_same_day_is_told_once(site):
    change(site["hearing"], summary="One.")
    change(site["hearing"], title="Two")
    assert told(site["hearing"]) == [(["title", "summary"], [])]


def test_newest_day_comes_first(site, monkeypatch):
    change(site["hearing"], summary="One.")
    days_pass(monkeypatch, 1)
    change(site["hearing"], title="Two")
    assert told(site["hearing"]) == [(["title"], []), (["summary"], [])]
    assert document_of(fresh(site["hearing"]))["updated_at"].startswith(
        document_of(fresh(site["hearing"]))["changes"][0]["date"]
    )


def test_five_days_are_kept(site, monkeypatch):
    for number in range(7):
        days_pass(monkeypatch, 1)
        change(site["hearing"], summary=f"{number} times.")
    assert len(told(site["hearing"])) == PageChange.objects.filter(page=site["hearing"]).count() == 5


def test_other_order_of_pieces_is_told(site):
    change(site["hearing"], body=body(site["hearing"])[::-1])
    assert told(site["hearing"]) == [(["text"], [])]


def test_small_corrections_say_so(site):
    change(site["hearing"], summary="Being hard.", minor_edit=True)
    [found] = document_of(fresh(site["hearing"]))["changes"]
    assert (found["parts"], found["minor"]) == (["summary"], True)
    change(site["hearing"], title="Other", minor_edit=False)
    assert not document_of(fresh(site["hearing"]))["changes"][0]["minor"]


def test_draft_and_date_to_come_change_nothing(site):
    change(site["hearing"])
    page = fresh(site["hearing"])
    page.summary = "Not yet."
    page.save_revision()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    assert told(site["hearing"]) == []


def test_credits_count_as_readers_see_them(site):
    idea = fresh(site["tea-first"])
    idea.credits.add(IdeaCredit(name="Ada", naming=Naming.FULL_NAME, consent=Consent.ASKED, locale=idea.locale))
    idea.save_revision().publish()
    assert told(idea) == []
    idea = fresh(idea)
    credit = idea.credits.get(name="Ada")
    credit.consent, credit.consent_date = Consent.GIVEN, timezone.localdate()
    idea.credits.add(credit)
    idea.save_revision().publish()
    assert told(idea) == [(["credit"], [])]


def test_what_is_public_no_more_is_not_named(site):
    change(site["speaking"], body=[("quote", site["it-happened"])])
    assert told(site["speaking"]) == [(["quotes"], ["it-happened"])]
    fresh(site["it-happened"]).unpublish()
    assert told(site["speaking"]) == [(["quotes"], [])]


def test_history_goes_with_its_page(site):
    change(site["speaking"], title="Other")
    fresh(site["speaking"]).delete()
    assert not PageChange.objects.exists()


def test_translation_has_its_own_history(db):
    site = translated_site()
    for page in (site["small-home"], site["a-guide"]):
        show(page, "cy")
    show(site["a-guide"], "cy", words={"title": "Canllaw"})
    welsh = Page.objects.get(translation_key=site["a-guide"].translation_key, locale__language_code="cy").specific
    assert told(welsh) == [(["title"], [])]
    assert told(site["a-guide"]) == []


def test_every_field_of_readers_is_looked_at():
    """A field that editors write, and that is in no part, would change without a word."""
    private = {"consent", "consent_date", "consent_until", "consent_scope", "consent_note"}
    own = {
        field.name
        for kind in page_types()
        for field in kind._meta.local_fields
        if not field.is_relation and field.editable and not field.primary_key
    }
    assert own - private - {"minor_edit", "body"} <= set(FIELDS)
    assert set(FIELDS.values()) <= set(PARTS)
