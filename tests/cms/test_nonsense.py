"""What no screen of the admin sends is refused with a sentence; what is broken on our side stays a server error."""

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.models import Task, Workflow

from cms import nonsense
from tests.small_site import small_site

pytestmark = pytest.mark.django_db

SENTENCE = "What was sent is not what this page asks for"
HUGE = "9" * 40


@pytest.fixture
def browser(admin_user) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(admin_user)
    return client


def is_refused(answer) -> bool:
    return answer.status_code == 400 and SENTENCE in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/search/?q=%00",
        "/admin/images/?%00=1",
        "/admin/reports/%00/",
        f"/admin/pages/search/?q={'a+' * 1000}",
        f"/admin/reports/site-history/results/?label={'a' * 60000}",
    ],
)
def test_nonsense_in_an_address_is_refused(browser, address):
    assert is_refused(browser.get(address))


@pytest.mark.parametrize(
    "form",
    [
        {"page_permissions-TOTAL_FORMS": "2"},
        {"page_permissions-INITIAL_FORMS": "0"},
        {"page_permissions-TOTAL_FORMS": "-1"},
        {"page_permissions-TOTAL_FORMS": "²"},
        {"page_permissions-INITIAL_FORMS": HUGE},
        {"page_permissions-TOTAL_FORMS": "1", "page_permissions-2-page": "1"},
    ],
)
def test_nonsense_in_a_form_is_refused(browser, form):
    assert is_refused(browser.post("/admin/groups/new/", form))


def test_form_without_what_it_needs_is_refused(browser):
    page = small_site()["hearing"]
    assert is_refused(browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "Hearing"}))


@pytest.mark.parametrize("words", ["{", "[]", '{"blocks": [{}]}', '{"blocks": 1, "entityMap": {}}', "[" * 5000])
def test_words_that_no_editor_writes_are_refused(browser, words):
    quotes = small_site()["all-voices"]
    address = reverse("wagtailadmin_pages:add", args=["toolkit", "quote", quotes.pk])
    assert is_refused(browser.post(address, {"title": "Words", "words": words}))


def test_task_that_somebody_else_has_added_meanwhile_is_refused(browser):
    workflow, task = Workflow.objects.create(name="Two agree"), Task.objects.create(name="Agree")
    counts = {f"{rows}-{count}_FORMS": "0" for rows in ("workflow_tasks", "pages") for count in ("TOTAL", "INITIAL")}
    form = {"name": "Two agree", **counts, "workflow_tasks-TOTAL_FORMS": "1", "workflow_tasks-0-task": task.pk}
    address = reverse("wagtailadmin_workflows:edit", args=[workflow.pk])
    assert browser.post(address, form).status_code == 302
    assert is_refused(browser.post(address, form))
    assert workflow.workflow_tasks.count() == 1


@pytest.mark.parametrize("number", ["x", "99"])
def test_page_of_a_list_that_is_not_there_is_refused(browser, number):
    workflow = Workflow.objects.create(name="Two agree")
    assert is_refused(browser.get(f"{reverse('wagtailadmin_workflows:edit', args=[workflow.pk])}?p={number}"))


@pytest.mark.parametrize("count", ["-", "²", "1", HUGE])
def test_blocks_that_were_not_sent_are_refused(browser, count):
    page = small_site()["hearing"]
    assert is_refused(browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"body-count": count}))


def test_what_is_not_there_any_more_is_refused(browser):
    page = small_site()["hearing"]
    form = {"new_title": "Hearing", "new_slug": "hearing", "new_parent_page": "2147483647"}
    assert is_refused(browser.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form))


def test_language_with_pages_is_not_deleted_past_its_form(browser):
    locale = small_site()["hearing"].locale
    assert is_refused(browser.delete(reverse("wagtaillocales:delete", args=[locale.pk])))


def test_link_without_an_address_is_refused(browser):
    assert is_refused(browser.post("/admin/choose-external-link/", {}))


@pytest.mark.parametrize("number", ["*", HUGE])
def test_what_no_column_holds_is_refused(browser, number):
    address = reverse("wagtailadmin_pages:add", args=["toolkit", "mark", small_site()["first-stage"].pk])
    form = {
        "body-count": "1",
        "body-0-type": "quote",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-value": number,
    }
    answer = browser.post(address, form)
    # PostgreSQL looks for such a number, and finds none: the form is shown again.
    assert is_refused(answer) or (number == HUGE and answer.context["form"].errors)


@pytest.mark.parametrize("onwards", ["true", "0", "'x", '{"a":'])
def test_way_back_that_is_no_address_is_refused(browser, onwards):
    page = small_site()["hearing"]
    assert is_refused(browser.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), {"next": onwards}))


def test_words_that_look_like_it_are_taken(browser):
    answer = browser.get("/admin/pages/search/?q=body-count+-1&next=/admin/")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "error", [ValueError("a bug"), KeyError("a bug"), NoReverseMatch("Reverse for 'a-bug' not found.")]
)
def test_other_errors_are_not_taken_for_it(error):
    assert not nonsense.is_about_what_was_sent(error, QueryDict())
