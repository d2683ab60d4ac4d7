"""A draft is previewed wherever it stands."""

import pytest
from wagtail.models import PageViewRestriction

from toolkit.preview import preview_html

pytestmark = pytest.mark.django_db


def test_draft_below_a_private_page_has_a_preview(mark):
    PageViewRestriction.objects.create(page=mark.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert "<h1>Listening</h1>" in preview_html(mark)


def test_draft_below_another_draft_has_a_preview(mark):
    mark.get_parent().specific.unpublish()
    mark.title = "Hearing"
    assert "<h1>Hearing</h1>" in preview_html(mark)
    assert 'href="/en/process/"' in preview_html(mark)
