"""No draft is shared against the will of those whose words or names are in it."""

from types import SimpleNamespace

import pytest
from django.utils import timezone
from wagtail.models import Locale

from cms.drafts.consent import are_refused
from cms.drafts.models import DraftLink
from cms.drafts.sharing import UnableToShare, find_draft
from tests.cms.drafts.conftest import draft, fresh
from toolkit.consent import Consent, Naming
from toolkit.models import Idea, IdeaCredit, Quote

GIVEN = {"naming": Naming.ROLE, "name": "A carer", "consent": Consent.GIVEN}


@pytest.fixture
def quote(db) -> Quote:
    """A quote of somebody who has said yes, in a draft."""
    return draft(Quote.objects.get(code="chairs-in-a-circle"), **GIVEN)


@pytest.fixture
def idea(db) -> Idea:
    return Idea.objects.get(code="world-cafe")


def works(token: str) -> bool:
    return find_draft(token=token, now=timezone.now()) is not None


def credit(page, **fields):
    """Save a draft of an idea with one credit."""
    version = fresh(page).get_latest_revision_as_object()
    version.credits = [IdeaCredit(locale=version.locale, **fields)]
    version.save_revision()
    return page


@pytest.mark.parametrize("consent", [Consent.ASKED, Consent.WITHDRAWN, Consent.NOT_NEEDED])
def test_quote_without_consent_is_not_shared(quote, share, consent):
    with pytest.raises(UnableToShare, match="has not said yes"):
        share(draft(quote, consent=consent))
    assert not DraftLink.objects.exists()


def test_quote_with_consent_is_shared(quote, share):
    assert works(share(quote))


@pytest.mark.parametrize("consent", [Consent.WITHDRAWN, Consent.ASKED])
def test_link_ends_with_the_consent(quote, share, consent):
    token = share(quote)
    draft(quote, consent=consent)
    assert not works(token)


def test_link_ends_when_consent_is_withdrawn_in_another_language(quote, share):
    welsh = fresh(quote).copy_for_translation(Locale.objects.get_or_create(language_code="cy")[0], copy_parents=True)
    token = share(quote)
    draft(welsh, consent=Consent.WITHDRAWN)
    assert not works(token)


def test_translation_that_waits_for_consent_keeps_the_source_shared(quote, share):
    welsh = fresh(quote).copy_for_translation(Locale.objects.get_or_create(language_code="cy")[0], copy_parents=True)
    draft(welsh, **{**GIVEN, "consent": Consent.ASKED})
    assert works(share(quote))


def test_withdrawn_quote_is_not_shared_in_an_older_draft(quote, share):
    draft(quote, consent=Consent.WITHDRAWN)
    with pytest.raises(UnableToShare):
        share(quote)


def test_link_to_an_idea_ends_when_a_credit_is_withdrawn(idea, share):
    token = share(credit(idea, **GIVEN))
    assert works(token)
    credit(idea, **{**GIVEN, "consent": Consent.WITHDRAWN})
    assert not works(token)


def test_idea_is_shared_without_a_credit_that_waits(idea, share, guest):
    token = share(credit(idea, **{**GIVEN, "consent": Consent.ASKED}))
    assert guest.get(f"/api/v1/drafts/{token}/").json()["credits"] == []


def test_draft_leaves_out_quotes_without_consent(mark, share, guest):
    agreed = Quote.objects.get(code="chairs-in-a-circle")
    silent = Quote.objects.get(code="quiet-is-not-yes")
    Quote.objects.filter(pk=silent.pk).update(**{**GIVEN, "consent": Consent.ASKED})
    token = share(draft(mark, body=[("quote", agreed), ("quote", silent)]))
    blocks = guest.get(f"/api/v1/drafts/{token}/").json()["body"]
    assert [block["quote"]["code"] for block in blocks] == ["chairs-in-a-circle"]
    draft(agreed, consent=Consent.WITHDRAWN)
    assert guest.get(f"/api/v1/drafts/{token}/").json()["body"] == []


@pytest.mark.parametrize(
    ("key", "name", "refused"),
    [("1", "Ann", True), ("1", "", True), ("2", "Ann", True), ("2", "Bea", False), ("2", "", False)],
)
def test_refusal_is_found_by_key_or_name(key, name, refused):
    shown = [SimpleNamespace(translation_key="1", name=other) for other in ("Ann", "")]
    assert are_refused(shown, [SimpleNamespace(translation_key=key, name=name)]) is refused
