"""What Wagtail's editor does for pages, it does for ours: keeps drafts by itself, comments, locks, compares."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.models import Comment
from wagtail.rich_text import RichText

from tests.small_site import fresh
from toolkit.documents.library import page_types
from toolkit.models import Idea, Mark, Quote

pytestmark = pytest.mark.django_db
NO_COMMENTS = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
NO_CREDITS = {"credits-TOTAL_FORMS": 0, "credits-INITIAL_FORMS": 0}
NO_BLOCKS = {"body-count": 0, "serves-count": 0}
# Half a page: no more than a title, which is what somebody writes first.
HALF = {**NO_COMMENTS, **NO_CREDITS, **NO_BLOCKS, "title": "Half a", "slug": "half-a", "summary": "", "kind": ""}
HALF |= {"naming": "", "consent": "", "words": "null"}


def autosave(client, address: str, form: dict):
    """Send a form as the editor does by itself, while somebody writes."""
    return client.post(address, form, headers={"accept": "application/json"}).json()


def edit(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize(
    ("page_type", "below"), [(Mark, "first-stage"), (Quote, "all-voices"), (Idea, "small-lake")], ids=lambda x: str(x)
)
def test_half_a_page_is_kept_by_itself(admin_client, site, page_type, below):
    kind = page_type._meta.model_name
    address = reverse("wagtailadmin_pages:add", args=["toolkit", kind, site[below].pk])
    answer = autosave(admin_client, address, HALF)
    assert answer["success"], answer
    page = page_type.objects.get(pk=answer["pk"])
    assert not page.live
    again = {**HALF, "title": "Half a page", "slug": "half-a-page", "overwrite_revision_id": answer["revision_id"]}
    assert autosave(admin_client, edit(page), again)["success"]
    assert fresh(page).code == "half-a-page"


def test_blocks_are_kept_by_themselves(admin_client, site):
    form = {**HALF, "title": "Hearing", "slug": "hearing", "body-count": 1}
    form |= {"body-0-deleted": "", "body-0-order": 0, "body-0-type": "text", "body-0-id": ""}
    words = '{"blocks": [{"key": "a", "text": "Ask.", "type": "unstyled", "depth": 0}], "entityMap": {}}'
    assert autosave(admin_client, edit(site["hearing"]), {**form, "body-0-value": words})["success"]
    kept = fresh(site["hearing"]).get_latest_revision_as_object()
    assert isinstance(kept.body[0].value, RichText)
    assert "Ask." in str(kept.body[0].value)
    assert "Ask." not in str(fresh(site["hearing"]).body)


def test_quote_without_consent_is_kept_while_written(admin_client, site):
    form = {**HALF, "title": "It happened", "slug": "it-happened", "kind": "ladder", "naming": "role"}
    assert autosave(admin_client, edit(site["it-happened"]), {**form, "consent": "asked"})["success"]
    assert fresh(site["it-happened"]).live


@pytest.mark.parametrize("page_type", page_types(), ids=lambda page_type: page_type.__name__)
def test_comments_are_on_for_every_kind_of_page(page_type):
    assert "comments" in page_type.get_edit_handler().get_form_class().formsets


def test_comment_is_made_beside_a_field(admin_client, site):
    form = {**HALF, "title": "Hearing", "slug": "hearing", "comments-TOTAL_FORMS": 1}
    form |= {"comments-0-text": "Say who.", "comments-0-contentpath": "summary", "comments-0-position": ""}
    form |= {"comments-0-replies-TOTAL_FORMS": 0, "comments-0-replies-INITIAL_FORMS": 0}
    answer = autosave(admin_client, edit(site["hearing"]), form)
    assert answer["success"]
    assert Comment.objects.get().text == "Say who."


def test_locked_page_is_not_changed_by_others(admin_client, visit, site):
    admin_client.post(reverse("wagtailadmin_pages:lock", args=[site["hearing"].pk]))
    somebody = visit("change")
    answer = autosave(somebody, edit(site["hearing"]), {**HALF, "title": "Other", "slug": "hearing"})
    assert answer["error_code"] == "locked"
    assert fresh(site["hearing"]).latest_revision is None


def test_unlocked_page_is_changed_again(admin_client, visit, site):
    user = get_user_model().objects.get(username="admin")
    Mark.objects.filter(pk=site["hearing"].pk).update(locked=True, locked_by=user)
    admin_client.post(reverse("wagtailadmin_pages:unlock", args=[site["hearing"].pk]))
    answer = autosave(visit("change"), edit(site["hearing"]), {**HALF, "title": "Other", "slug": "hearing"})
    assert answer["success"]


def test_versions_are_compared(admin_client, site):
    page = fresh(site["hearing"])
    first = page.save_revision()
    page.summary = "Being really heard."
    second = page.save_revision()
    address = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, second.pk])
    html = admin_client.get(address).content.decode()
    assert '<span class="addition">really </span>' in html
