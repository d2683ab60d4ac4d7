"""Consents that run out: keepers are told before, and the words come down after."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import timezone

from cms.consent.dates import end_consents, remind
from tests.releases import publish_everything
from tests.small_site import fresh, small_site
from toolkit.consent import Consent, Naming
from toolkit.publishable import NotReady

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def site(releases):
    pages = small_site()
    publish_everything()
    return pages


@pytest.fixture
def agreed(site, publish):
    """Publishes a quote that somebody agreed to until a number of days from now."""

    def write_down(days: int, **fields):
        quote = fresh(site["it-happened"])
        quote.naming, quote.consent, quote.consent_until = Naming.ROLE, Consent.GIVEN, TODAY + timedelta(days=days)
        publish(quote)
        return fresh(quote)

    return write_down


def keeper(name: str, **fields):
    user = get_user_model().objects.create_user(name, **fields)
    user.user_permissions.add(Permission.objects.get(codename="keep_consent"))


def test_keepers_are_told_once(agreed, mailoutbox):
    keeper("first", email="first@example.org")
    keeper("unreachable")
    keeper("gone", email="gone@example.org", is_active=False)
    quote = agreed(20)
    assert remind(today=TODAY) == 1
    assert remind(today=TODAY) == 0
    [mail] = mailoutbox
    assert mail.to == ["first@example.org"]
    assert quote.title in mail.body


def test_another_date_is_another_reminder(agreed, mailoutbox):
    keeper("first", email="first@example.org")
    agreed(20)
    remind(today=TODAY)
    agreed(25)
    assert remind(today=TODAY) == 1
    assert len(mailoutbox) == 2


def test_what_is_far_away_is_not_told(agreed, mailoutbox):
    keeper("first", email="first@example.org")
    agreed(31)
    assert remind(today=TODAY) == 0
    assert mailoutbox == []


def test_words_come_down_the_day_after(agreed, reader, django_capture_on_commit_callbacks):
    quote = agreed(5)
    path = f"/api/v1/en/quotes/{quote.code}/"
    with django_capture_on_commit_callbacks(execute=True):
        end_consents(today=quote.consent_until)
    assert reader.find(path)
    with django_capture_on_commit_callbacks(execute=True):
        end_consents(today=quote.consent_until + timedelta(days=1))
    assert reader.find(path).status == 410
    quote = fresh(quote)
    assert (quote.live, quote.consent) == (False, Consent.ENDED)
    # The words are kept: asked again, the person may say yes again.
    latest = quote.get_latest_revision_as_object()
    assert latest.words == quote.words != ""
    with pytest.raises(NotReady):
        quote.latest_revision.publish()


def test_credit_goes_and_the_idea_stays(site, publish, reader, django_capture_on_commit_callbacks):
    idea = fresh(site["tea-first"])
    credit = idea.credits.first()
    credit.naming, credit.consent, credit.consent_until = Naming.FULL_NAME, Consent.GIVEN, TODAY
    idea.credits = [credit]
    publish(idea)
    assert reader.document("/api/v1/en/ideas/tea-first/")["credits"]
    with django_capture_on_commit_callbacks(execute=True):
        end_consents(today=TODAY + timedelta(days=1))
    assert reader.document("/api/v1/en/ideas/tea-first/")["credits"] == []
    assert fresh(idea).get_latest_revision_as_object().credits.first().consent == Consent.ENDED
