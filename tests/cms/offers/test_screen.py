"""The queue of offers: who sees it, and what stands there."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from api.offers.models import Offer
from tests.api.offers.people import WORDS
from tests.api.scoring.test_hostile import SCRIPTS
from tests.cms.offers.conftest import moderator, now_of, press, sign_in

pytestmark = pytest.mark.django_db

QUEUE = "/admin/offers/"


def text_of(client, path: str = QUEUE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_queue_shows_all_that_a_decision_needs(desk, offered):
    offered(what="snake", words="كلمات", language="ar", naming="role", name="Carer", board="yes")
    text = text_of(desk)
    assert '<blockquote class="offer-words" lang="ar" dir="rtl"><p>كلمات</p>' in text
    for told in ("Snake", "<bdi>Carer</bdi>", "Their role, no name", "I agree that", "a scoring board", "العربيّة"):
        assert told in text, told


def test_each_list_has_its_own(desk, offered):
    waits, drafted, declined = (offered(words=f"Words {number}") for number in range(3))
    press(desk, drafted, "draft")
    press(desk, declined, "decline", reason="No.")
    assert ["Words 0" in text_of(desk), "Words 2" in text_of(desk)] == [True, False]
    assert "Words 1" in text_of(desk, f"{QUEUE}?state=draft")
    assert "Words 2" in text_of(desk, f"{QUEUE}?state=declined")
    assert now_of(waits).state == "waiting"


@pytest.mark.parametrize("query", ["state=nothing", "p=99", "p=x", "undo=x", "undo=²", f"undo={'9' * 30}"])
def test_odd_addresses_show_the_queue(desk, offered, query):
    offered()
    assert WORDS in text_of(desk, f"{QUEUE}?{query}")


def test_queue_has_pages(desk, offered):
    for number in range(21):
        offered(words=f"Words {number}.")
    assert ("Words 0." in text_of(desk), "Words 20." in text_of(desk)) == (True, False)
    assert "Words 20." in text_of(desk, f"{QUEUE}?p=2")


def test_hostile_words_stay_words(desk, offered):
    for number, text in enumerate(SCRIPTS):
        offered(words=f"{number} {text}", what="idea", title=text[:100], naming="role", name=text[:100])
    for path in (QUEUE, "/admin/"):
        assert "hit()</script>" not in text_of(desk, path).replace("&lt;/script&gt;", "")


def test_long_waits_are_pointed_out(desk, offered):
    offered()
    assert "half a year" not in text_of(desk)
    Offer.objects.update(made_at=timezone.now() - timedelta(days=181))
    assert "half a year" in text_of(desk)
    assert "1 of them has waited" in text_of(desk, "/admin/")


def test_dashboard_and_menu_count_what_waits(desk, offered, rf, user):
    assert "offers wait" not in text_of(desk, "/admin/")
    for number in range(2):
        offered(words=f"Words {number}")
    assert "2 offers wait for a decision" in text_of(desk, "/admin/")
    request = rf.get("/admin/")
    request.user = user
    [item] = [one for one in admin_menu.menu_items_for_request(request) if one.name == "offers"]
    assert str(item.render_component(request).js_args()[0]["label"]) == "Offers (2)"
    Offer.objects.all().delete()
    assert str(item.render_component(request).js_args()[0]["label"]) == "Offers"


@pytest.mark.parametrize("path", ["", "{}/draft/", "{}/decline/", "{}/undo/"])
def test_only_moderators_come_in(site, offered, path):
    one = offered()
    other = sign_in(moderator("other", moderates=False))
    path = QUEUE + path.format(one.pk)
    for method in ("get", "post"):
        response = getattr(other, method)(path, {"reason": "No."})
        assert response.status_code in (302, 405), (method, path)
        assert WORDS not in response.content.decode()
    assert now_of(one).state == "waiting"
    assert WORDS not in text_of(other, "/admin/")
    assert "/admin/offers/" not in text_of(other, "/admin/")


def test_buttons_need_a_press(desk, offered):
    one = offered()
    for what in ("draft", "decline", "undo"):
        assert desk.get(f"{QUEUE}{one.pk}/{what}/").status_code == 405


def test_moderator_who_may_not_add_makes_no_draft(site, offered):
    one, other = offered(), sign_in(moderator("other", adds=False))
    assert "Only somebody who may add pages" in text_of(other)
    assert press(other, one, "draft").status_code == 302
    assert now_of(one).state == "waiting"
    press(other, one, "decline", reason="No.")
    assert now_of(one).state == "declined"


def test_right_can_be_given_to_a_group(site):
    boss = get_user_model().objects.create_superuser("boss", password="x")
    assert "Can decide on offers" in text_of(sign_in(boss), "/admin/groups/new/")
