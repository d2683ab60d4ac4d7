"""Editors make links to drafts in the admin, see what became of them, and revoke them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail.users.models import UserProfile
from wagtail_localize.models import Translation, TranslationSource

from cms.drafts.models import DraftLink
from tests.cms.drafts.conftest import draft, fresh, only_link
from tests.gates.nu import check_html
from toolkit.consent import Consent, Naming
from toolkit.models import Quote


def screen(page) -> str:
    return reverse("drafts:share", args=[page.pk])


def revoking(link: DraftLink) -> str:
    return reverse("drafts:revoke", args=[link.page_id, link.pk])


def main(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "lxml").main


def words(element) -> str:
    return " ".join(element.get_text(" ").split())


def rows(response) -> list[str]:
    return [words(row) for row in main(response).select("tbody tr")]


def addresses(response) -> list[str]:
    """Give the addresses that a screen shows to be copied."""
    return [field["value"] for field in main(response).select("input[readonly]")]


def form_on(response) -> dict[str, str]:
    """Give what the form that makes a link sends with the days."""
    return {field["name"]: field["value"] for field in main(response).select("form:has([name=days]) [type=hidden]")}


def press(browser, page, days: str = "1"):
    """Make a link as an editor does, and give the answer."""
    return browser.post(screen(page), {**form_on(browser.get(screen(page))), "days": days})


@pytest.fixture
def colleague(client):
    """A browser of somebody who may edit pages below a certain one, or none."""

    def log_in(place=None, permission: str = "change_page"):
        user = get_user_model().objects.create_user("colleague")
        group = Group.objects.create(name="colleagues")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        if place is not None:
            allowed = Permission.objects.get(codename=permission, content_type__app_label="wagtailcore")
            GroupPagePermission.objects.create(group=group, page=Page.objects.get(pk=place.pk), permission=allowed)
        user.groups.add(group)
        client.force_login(user)
        return client

    return log_in


def test_editor_makes_a_link_and_guest_reads(mark, desk, guest, settings):
    response = press(desk, draft(mark, title="Hearing"), days="3")
    page, document = addresses(response)
    assert page.startswith(f"{settings.SITE_URL}/draft/")
    assert "<h1>Hearing</h1>" in guest.get(page.removeprefix(settings.SITE_URL)).content.decode()
    assert guest.get(document.removeprefix(settings.SITE_URL)).json()["title"] == "Hearing"
    assert only_link().until - only_link().made_at == timedelta(days=3)


def test_link_is_shown_once(mark, desk):
    response = press(desk, mark)
    assert "it is shown only this once" in words(main(response))
    assert "no-store" in response["Cache-Control"]
    assert addresses(desk.get(screen(mark))) == []


def test_form_that_is_sent_again_makes_no_second_link(mark, desk):
    """Browsers do that when the answer is loaded anew, or the button is pressed twice."""
    sent = {**form_on(desk.get(screen(mark))), "days": "1"}
    first, again = (addresses(desk.post(screen(mark), sent)) for _ in range(2))
    assert first == again != []
    assert only_link()


def test_next_form_makes_another_link(mark, desk):
    response = press(desk, mark)
    other = desk.post(screen(mark), {**form_on(response), "days": "1"})
    assert not {*addresses(response)} & {*addresses(other)}
    assert DraftLink.objects.count() == 2


def test_form_that_is_sent_again_shows_no_link_that_ended(mark, desk):
    sent = {**form_on(desk.get(screen(mark))), "days": "1"}
    desk.post(screen(mark), sent)
    desk.post(revoking(only_link()))
    again = desk.post(screen(mark), sent)
    assert (again.status_code, addresses(again)) == (400, [])
    assert "This link had ended already." in words(main(again))


@pytest.mark.parametrize("days", ["", "2", "8", "0", "-1", "365", "x", "1.5"])
def test_link_lasts_as_long_as_is_offered(mark, desk, days):
    response = press(desk, mark, days)
    assert response.status_code == 400
    assert words(main(response).select_one(".error-message"))
    assert not DraftLink.objects.exists()


def test_list_says_who_when_and_how_often(mark, desk, share, guest):
    assert "There are none so far." in words(main(desk.get(screen(mark))))
    token = share(mark, days=7)
    [row] = rows(desk.get(screen(mark)))
    assert "Ed Itor" in row
    assert "Until " in row
    assert "Never" in row
    for _ in range(2):
        guest.get(f"/draft/{token}/")
    assert "2 times last " in rows(desk.get(screen(mark)))[0]


def test_list_tells_links_that_work_from_others(mark, desk, share):
    share(mark, ago=timedelta(days=5))
    share(mark, ago=timedelta(minutes=5))
    desk.post(revoking(DraftLink.objects.first()))
    share(mark)
    works, revoked, ended = rows(desk.get(screen(mark)))
    assert ("Until " in works, "Revoke" in works) == (True, True)
    assert ("Revoked " in revoked, "Revoke:" in revoked) == (True, False)
    assert ("Ended " in ended, "Revoke:" in ended) == (True, False)


def test_list_is_of_one_page(mark, desk, share):
    share(mark)
    share(mark.get_parent())
    assert len(rows(desk.get(screen(mark)))) == 1


def test_list_names_nobody_who_has_gone(mark, desk, share):
    share(mark)
    DraftLink.objects.update(made_by=None)
    assert "Somebody who has no account any more" in rows(desk.get(screen(mark)))[0]


def test_list_comes_in_pages(mark, desk, share):
    for _ in range(21):
        share(mark)
    assert [len(rows(desk.get(screen(mark), {"p": number}))) for number in (1, 2)] == [20, 1]


def test_editor_revokes_a_link(mark, desk, share, guest):
    token = share(mark)
    response = desk.post(revoking(only_link()), follow=True)
    assert "The link is revoked." in response.content.decode()
    assert guest.get(f"/draft/{token}/").status_code == 404
    assert "had ended already" in desk.post(revoking(only_link()), follow=True).content.decode()


def test_link_is_revoked_only_by_pressing(mark, desk, share):
    share(mark)
    assert desk.get(revoking(only_link())).status_code == 405
    assert only_link().revoked_at is None


def test_colleague_may_revoke_the_link_of_another(mark, colleague, share):
    share(mark)
    assert colleague(mark).post(revoking(only_link())).status_code == 302
    assert only_link().revoked_at is not None


def test_links_are_for_those_who_may_edit_the_page(mark, colleague, share):
    elsewhere = Page.objects.get(slug="review", depth=mark.depth - 1)
    share(mark)
    browser = colleague(elsewhere)
    for response in (
        browser.get(screen(mark)),
        browser.post(screen(mark), {"days": "1", "once": uuid4()}),
        browser.post(revoking(only_link())),
    ):
        # Wagtail sends those without permission back to its first page.
        assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert only_link().revoked_at is None
    assert browser.get(screen(elsewhere)).status_code == 200


def test_other_sites_cannot_press_for_an_editor(mark, desk, share):
    share(mark)
    forms = main(desk.get(screen(mark))).select("form[method=post]")
    assert len(forms) == 2
    assert all(form.select("[name=csrfmiddlewaretoken][value]") for form in forms)


def test_link_of_another_page_is_not_revoked(mark, colleague, share):
    elsewhere = Page.objects.get(slug="review", depth=mark.depth - 1)
    share(mark)
    browser = colleague(elsewhere)
    address = reverse("drafts:revoke", args=[elsewhere.pk, only_link().pk])
    assert browser.post(address).status_code == 404
    assert only_link().revoked_at is None


def test_publishing_alone_is_no_right_to_share(mark, colleague):
    assert colleague(mark, "publish_page").get(screen(mark)).status_code == 302


def test_guest_is_asked_to_log_in(mark, guest):
    assert "/admin/login/" in guest.get(screen(mark))["Location"]


def test_pages_without_a_document_are_not_shared(desk):
    assert desk.get(screen(Page.get_first_root_node())).status_code == 404
    assert desk.get(reverse("drafts:share", args=[999_999])).status_code == 404


def test_quote_without_consent_is_refused_in_words(desk):
    quote = draft(Quote.objects.first(), naming=Naming.ROLE, consent=Consent.ASKED)
    shown = main(desk.get(screen(quote)))
    assert "This draft cannot be shared" in words(shown)
    assert shown.select("[name=days]") == []
    refused = desk.post(screen(quote), {"days": "1", "once": uuid4()})
    assert (refused.status_code, addresses(refused)) == (400, [])
    assert "This draft cannot be shared" in words(main(refused))


# --- The way there ---------------------------------------------------------------------------------------------


def test_editor_has_the_button(mark, desk):
    response = desk.get(reverse("wagtailadmin_pages:edit", args=[mark.pk]))
    [button] = BeautifulSoup(response.content, "lxml").select(f'a[href="{screen(mark)}"]')
    assert words(button) == "Share this draft"


def test_list_of_pages_has_the_button(mark, desk):
    parent = mark.get_parent()
    shown = desk.get(reverse("wagtailadmin_explore", args=[parent.pk])).content.decode()
    assert screen(mark) in shown
    assert screen(parent) in shown


def test_translator_has_the_button(mark, desk):
    cy = Locale.objects.get_or_create(language_code="cy")[0]
    mark.copy_for_translation(cy, copy_parents=True)
    source, _ = TranslationSource.get_or_create_from_instance(fresh(mark))
    translation = Translation.objects.create(source=source, target_locale=cy)
    translation.save_target()
    page = translation.get_target_instance()
    response = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert response.url == f"/admin/translations/cy/{mark.translation_key}/"
    assert screen(page) in desk.get(response.url).content.decode()


def test_button_is_for_those_who_may_edit(mark, colleague):
    elsewhere = Page.objects.get(slug="review", depth=mark.depth - 1)
    shown = colleague(elsewhere).get(reverse("wagtailadmin_explore", args=[elsewhere.pk])).content.decode()
    assert screen(elsewhere) in shown
    assert screen(mark) not in shown


def test_our_part_of_the_screen_is_valid_html(mark, desk, share):
    share(mark)
    shown = press(desk, mark).content.decode()
    ours = [shown[shown.index('<div class="nice-padding w-mt-8">') : shown.index('<div id="listing-results">')]]
    cells = re.findall(r"<td>\s*<form.*?</td>", shown, re.DOTALL)
    ours.append(f"<table><tr>{''.join(cells)}</tr></table>")
    whole = f'<!doctype html><html lang="en"><head><title>Ours</title></head><body>{"".join(ours)}</body></html>'
    assert check_html({"screen": whole}) == []


def test_time_is_the_editors_own(mark, desk, share, editor):
    UserProfile.objects.create(user=editor, current_time_zone="Asia/Kathmandu")
    share(mark)
    assert main(desk.get(screen(mark))).select_one("time")["datetime"].endswith("+05:45")
