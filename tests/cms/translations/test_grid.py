"""The grid of all things in all languages: what it shows, to whom it leads, and what it costs."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from wagtail.models import Locale

from tests.translations import change, locale, person, show, state, translated_site, write
from toolkit.models import SourceChange, ThingStanding

pytestmark = pytest.mark.django_db
GRID = "/admin/translations/grid/"


@pytest.fixture
def pages():
    return translated_site()


@pytest.fixture
def coordinator(client):
    client.force_login(get_user_model().objects.create_superuser("coordinator"))
    return client


def grid(client, query: str = "") -> dict[str, list[str]]:
    """Give the states of each thing, language by language, by its title."""
    html = BeautifulSoup(client.get(GRID + query).content, "lxml")
    rows = html.select(".translation-grid tbody tr")
    return {
        row.th.get_text(strip=True): [cell.get_text(" ", strip=True) for cell in row.select("td")[1:]] for row in rows
    }


def test_easy_read_stands_apart_from_its_page(pages, coordinator):
    show(pages["hearing"], "cy", user=person("translator", "cy"))
    shown = grid(coordinator, "?type=easy-read")
    assert shown.keys() == {"Hearing easy read"}
    assert not shown["Hearing easy read"][0].startswith("Public")


def test_every_thing_stands_in_every_language(pages, coordinator):
    show(pages["hearing"], "cy", user=person("translator", "cy"))
    write(pages["hearing"], "ar", {"title": "سمع"})
    shown = grid(coordinator, "?type=mark")
    assert shown.keys() == {"Hearing", "Speaking"}
    assert shown["Hearing"][0].startswith("Public and up to date")
    assert "translator-cy" in shown["Hearing"][0]
    assert shown["Hearing"][1].startswith("Draft, not public yet")
    assert shown["Speaking"] == [f"Not translated : Speaking, {name}" for name in ("Cymraeg", "العربيّة", "español")]


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?q=hear", {"Hearing", "Hearing easy read"}),
        ("?state=current", {"Hearing"}),
        ("?state=current&language=ar", set()),
        ("?type=term", {"Jargon word"}),
        ("?who=999999", set()),
        ("?state=nonsense&p=999", None),
        ("?who=x%27%20OR%201", None),
    ],
)
def test_filters_find_what_is_asked_for(pages, coordinator, query, titles):
    show(pages["hearing"], "cy")
    found = grid(coordinator, query).keys()
    assert found == titles if titles is not None else len(found) > 1


def six_languages(settings) -> list:
    """Give six languages to translate into."""
    codes = ["cy", "ar", "es", "fr", "de", "pl"]
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [(code, code) for code in ["en", *codes]]
    return [Locale.objects.get_or_create(language_code=code)[0] for code in codes]


def test_grid_of_ten_thousand_things_takes_few_queries(pages, coordinator, django_assert_max_num_queries, settings):
    like = {"source_locale": locale("en"), "type": "mark", "state": "missing", "texts": 9, "words": 90}
    rows = [
        ThingStanding(
            key=f"00000000-0000-0000-0000-{number:012}",
            locale=one,
            title=f"Thing {number}",
            path=f"9{number:08}",
            **like,
        )
        for one in six_languages(settings)
        for number in range(10_000)
    ]
    ThingStanding.objects.bulk_create(rows, batch_size=2_000)
    with django_assert_max_num_queries(25):
        shown = grid(coordinator, "?q=Thing")
    assert (len(shown), {len(cells) for cells in shown.values()}) == (50, {6})


def test_change_can_be_judged_and_taken_back(pages, coordinator):
    show(pages["hearing"], "cy")
    change(pages["hearing"], summary="Being heard, really.")
    change_pk = SourceChange.objects.latest("pk").pk
    page = coordinator.get("/admin/translations/changes/").content.decode()
    assert "Being heard, really." in page
    for minor, expected in (("yes", "minor"), ("no", "stale")):
        coordinator.post(f"/admin/translations/changes/{change_pk}/", {"minor": minor})
        assert state(pages["hearing"], "cy") == expected


def test_all_that_is_ready_is_shown_with_one_press(pages, client):
    write(pages["hearing"], "cy")
    write(pages["speaking"], "cy")
    client.force_login(person("translator", "cy"))
    assert "Show all of these" not in client.get("/admin/translations/cy/?need=ready").content.decode()
    client.force_login(person("reviewer", "cy"))
    assert "Show all of these" in client.get("/admin/translations/cy/?need=ready").content.decode()
    response = client.post("/admin/translations/cy/ready/", follow=True)
    assert "2 things are public now." in response.content.decode()
    assert (state(pages["hearing"], "cy"), state(pages["speaking"], "cy")) == ("current", "current")


@pytest.mark.parametrize("place", ["/admin/pages/{stage}/", "/admin/pages/usage/toolkit/mark/?locale=en"])
def test_lists_of_pages_say_where_each_stands(pages, coordinator, place):
    show(pages["hearing"], "cy")
    html = BeautifulSoup(coordinator.get(place.format(stage=pages["first-stage"].pk)).content, "lxml")
    cells = {link["href"]: link.get_text(" ", strip=True) for link in html.select("td a[title]")}
    address = f"/admin/translations/cy/{pages['hearing'].translation_key}/"
    assert cells[address] == "cy ✓ : Public and up to date"
    assert cells[address.replace("/cy/", "/ar/")] == "ar – : Not translated"


def test_grid_says_which_words_a_machine_made(pages, coordinator):
    html = BeautifulSoup(coordinator.get(GRID).content, "lxml")
    assert len(html.select('.translation-grid thead a[href$="/words/?which=machine"]')) == 3


def test_editor_of_a_source_is_asked_whether_the_meaning_is_the_same(pages, coordinator):
    show(pages["hearing"], "cy")
    form = BeautifulSoup(coordinator.get(f"/admin/pages/{pages['hearing'].pk}/edit/").content, "lxml")
    [box] = form.select("input[type=checkbox][name=minor_edit]")
    assert not box.has_attr("checked")
