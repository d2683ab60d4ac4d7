"""The ledger of consent: what stands in it, who may see it, and taking words back by hand."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cms.consent.ledger import ledger, state_of
from tests.releases import publish_everything
from tests.small_site import add, fresh, small_site
from toolkit.consent import Consent, Naming
from toolkit.models import Quote, Withdrawal

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def site(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.RELEASES_DIR = tmp_path / "releases"
    pages = small_site()
    said = {"kind": "snake", "naming": Naming.ROLE, "words": "<p>We were asked, and nobody ever came back to us.</p>"}
    pages["never-back"] = add(Quote, pages["all-voices"], "never-back", consent=Consent.GIVEN, **said)
    publish_everything()
    return pages


@pytest.fixture
def keeper(client):
    """A browser of somebody who keeps consent, and may do nothing else."""
    user = get_user_model().objects.create_user("keeper", email="keeper@example.org")
    for name in ("access_admin", "keep_consent"):
        user.user_permissions.add(Permission.objects.get(codename=name))
    client.force_login(user)
    return client


def given(page, **fields):
    """Write consent down in a draft."""
    page = fresh(page)
    for name, value in {"consent": Consent.GIVEN, "naming": Naming.ROLE, **fields}.items():
        setattr(page, name, value)
    page.save_revision()


@pytest.mark.parametrize(
    ("consent", "naming", "until", "state"),
    [
        (Consent.ASKED, Naming.ROLE, None, "waiting"),
        (Consent.ASKED, Naming.ILLUSTRATIVE, None, "nobody"),
        (Consent.NOT_NEEDED, Naming.ROLE, None, "nobody"),
        (Consent.GIVEN, Naming.ROLE, None, "given"),
        (Consent.GIVEN, Naming.ROLE, 31, "given"),
        (Consent.GIVEN, Naming.ROLE, 30, "soon"),
        (Consent.GIVEN, Naming.ROLE, 0, "soon"),
        (Consent.GIVEN, Naming.ROLE, -1, "over"),
        (Consent.ENDED, Naming.ROLE, None, "over"),
        (Consent.WITHDRAWN, Naming.ILLUSTRATIVE, -1, "withdrawn"),
    ],
)
def test_state_follows_answer_and_date(consent, naming, until, state):
    day = None if until is None else TODAY + timedelta(days=until)
    assert state_of(naming=naming, consent=consent, until=day, today=TODAY) == state


def test_ledger_knows_the_newest_version(site):
    given(site["never-back"], consent_until=TODAY + timedelta(days=3), name="A neighbour")
    [entry] = ledger(today=TODAY, state="soon")
    assert (entry.name, entry.until, entry.public) == ("A neighbour", TODAY + timedelta(days=3), True)


def test_each_thing_stands_there_once(site):
    fresh(site["small-home"]).copy_for_translation(locale_of("cy"))
    fresh(site["never-back"]).copy_for_translation(locale_of("cy"), copy_parents=True)
    assert len([entry for entry in ledger(today=TODAY, words="never came back") if entry.kind == "quote"]) == 0
    assert len(ledger(today=TODAY, words="nobody ever came back")) == 1


def locale_of(code):
    return fresh(Quote.objects.first()).locale.__class__.objects.get(language_code=code)


def test_ledger_is_found_in(site, keeper):
    address = reverse("consent:index")
    assert "nobody ever came back" in keeper.get(address).content.decode()
    shown = keeper.get(address, {"q": "came back", "state": "given", "kind": "quote"}).content.decode()
    assert "nobody ever came back" in shown
    assert "There is nothing like that" in keeper.get(address, {"q": "no such words"}).content.decode()
    assert keeper.get(address, {"state": "nonsense", "p": "x"}).status_code == 200


def test_quote_without_words_is_known_by_its_title(site, keeper):
    add(Quote, site["all-voices"], "just-begun", kind="snake", naming=Naming.ROLE, words="", live=False)
    html = keeper.get(reverse("consent:index")).content.decode()
    assert ">Just begun</bdi>" in html
    assert "“”" not in html


def test_words_are_taken_back_with_two_presses(site, keeper):
    quote = site["never-back"]
    address = reverse("consent:take_back", args=["quote", quote.key])
    assert "This cannot be undone" in keeper.get(address).content.decode()
    assert fresh(quote).words
    answer = keeper.post(address, follow=True)
    assert answer.redirect_chain == [(reverse("consent:report", args=[quote.key]), 302)]
    shown = answer.content.decode()
    assert "Taken back" in shown
    assert "Kept releases of the site" in shown
    assert 'name="steps"' not in shown, "what was taken back cannot be undone"
    assert fresh(quote).words == ""
    assert Withdrawal.objects.get().made_by.username == "keeper"
    # Whoever comes back reads what was done.
    assert keeper.get(address).url == reverse("consent:report", args=[quote.key])


def test_report_speaks_also_when_publishing_fails(site, keeper, monkeypatch):
    def away(**_options):
        raise OSError("The disk is full")

    monkeypatch.setattr("cms.consent.withdrawal.withdraw.publish", away)
    quote = site["never-back"]
    shown = keeper.post(reverse("consent:take_back", args=["quote", quote.key]), follow=True).content.decode()
    assert "as soon as the site can be published again" in shown
    assert fresh(quote).words == ""


@pytest.mark.parametrize("permissions", [[], ["access_admin"], ["access_admin", "view_withdrawal", "add_user"]])
def test_others_are_kept_out(site, client, permissions):
    user = get_user_model().objects.create_user("other")
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    quote = site["never-back"]
    for address in (reverse("consent:index"), reverse("consent:take_back", args=["quote", quote.key])):
        assert client.get(address).status_code == 302
        assert client.post(address).status_code == 302
    assert fresh(quote).words


@pytest.mark.parametrize("address", ["quote/12345678-1234-1234-1234-123456789abc", "credit/nonsense", "page/1"])
def test_what_is_not_there_is_not_found(site, keeper, address):
    assert keeper.get(f"/admin/consent/{address}/take-back/").status_code == 404


def test_quote_is_taken_back_where_it_is_edited(site, admin_client):
    quote = site["never-back"]
    shown = admin_client.get(reverse("wagtailadmin_pages:edit", args=[quote.pk])).content.decode()
    assert reverse("consent:take_back", args=["quote", quote.key]) in shown
    assert "Take these words back" in shown


def test_delete_leads_to_taking_back(site, admin_client):
    quote = site["never-back"]
    answer = admin_client.get(reverse("wagtailadmin_pages:delete", args=[quote.pk]))
    assert answer.url == reverse("consent:take_back", args=["quote", quote.key])
    # Nobody's words are deleted as any page is.
    assert admin_client.get(reverse("wagtailadmin_pages:delete", args=[site["it-happened"].pk])).status_code == 200


def test_start_page_says_what_waits(site, keeper):
    given(site["never-back"], consent_until=TODAY + timedelta(days=3))
    assert "Runs out soon: 1" in keeper.get("/admin/").content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_ledger_is_taken_away_without_words(site, keeper, form):
    given(site["never-back"], name="=cmd()", consent_until=TODAY)
    answer = keeper.get(reverse("consent:index"), {"export": form})
    content = answer.getvalue()
    if form == "xlsx":
        cells = [cell for row in load_workbook(BytesIO(content)).active.rows for cell in row]
        assert [cell.data_type for cell in cells if cell.value == "=cmd()"] == ["s"]
        text = " ".join(str(cell.value) for cell in cells)
    else:
        text = content.decode()
        assert ",'=cmd()," in text
    assert "Never back" in text
    assert TODAY.isoformat() in text
    assert "came back" not in text
