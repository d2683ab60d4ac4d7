"""A code names one thing: it is set once, shared by translations, and never twice."""

import pytest
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, Page

from cms.wagtail_hooks import publish_converted_alias
from toolkit.models import Guide, Home, Lake, Mark, Stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def mark():
    return Mark.objects.get(code="listening")


def test_code_comes_from_the_first_address(mark):
    new = mark.get_parent().add_child(instance=Mark(title="Being on time", summary="A sentence."))
    assert new.code == "being-on-time"


def test_new_address_keeps_the_code(mark):
    mark.slug = "hearing"
    mark.save_revision().publish()
    assert Mark.objects.get(slug="hearing").code == "listening"


def test_same_address_elsewhere_gets_its_own_code(mark):
    review = Stage.objects.get(code="review")
    assert review.add_child(instance=Mark(title="Listening", summary="Again.")).code == "listening-2"


@pytest.mark.parametrize("keep_live", [True, False])
def test_copy_gets_its_own_code(mark, keep_live):
    copy = mark.copy(update_attrs={"slug": "listening-too"}, keep_live=keep_live)
    assert copy.code == "listening-too"
    copy.get_latest_revision().publish()
    assert Mark.objects.get(pk=copy.pk).code == "listening-too"


def test_translation_shares_the_code(mark):
    welsh = Locale.objects.get(language_code="cy")
    for page in (Home.objects.get(code="home"), mark.get_parent().specific):
        page.copy_for_translation(welsh)
    translated = mark.copy_for_translation(welsh)
    translated.title, translated.slug = "Gwrando", "gwrando"
    translated.save_revision().publish()
    assert Mark.objects.get(slug="gwrando").code == "listening"


def test_pages_of_one_list_share_no_code():
    """The Lake and the guides have addresses in the same list of the API."""
    lake = Lake.objects.get(code="lake")
    lake.slug = "ideas"
    lake.save_revision().publish()
    guide = lake.get_parent().add_child(instance=Guide(title="Lake", slug="lake", summary="Another one."))
    assert guide.code == "lake-2"


def test_alias_on_its_own_gets_its_own_code(mark):
    alias = mark.create_alias(update_slug="listening-too")
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    publish_converted_alias(None, Page.objects.get(pk=alias.pk))
    assert Mark.objects.get(pk=alias.pk).code == "listening-too"


def test_older_version_keeps_the_code(mark):
    first = mark.save_revision()
    Mark.objects.filter(pk=mark.pk).update(code="hearing")
    assert Mark.objects.get(pk=mark.pk).revisions.get(pk=first.pk).as_object().code == "hearing"


def test_draft_has_its_code_at_once(mark):
    draft = mark.get_parent().add_child(instance=Mark(title="On time", live=False))
    assert Mark.objects.get(pk=draft.pk).code == "on-time"


def test_title_of_any_script_gives_a_code(mark):
    page = mark.get_parent().add_child(instance=Mark(title="الاستماع", summary="جملة."))
    page.save_revision().publish()
    assert page.slug == "الاستماع"
    assert page.code.isascii()


def drafted(parent, title: str, slug: str) -> Mark:
    """Add a draft, as the admin keeps one by itself when half its title is written."""
    return parent.add_child(instance=Mark(title=title, slug=slug, summary="A sentence.", live=False))


def renamed(page, slug: str) -> Mark:
    page.slug = slug
    page.save()
    return Mark.objects.get(pk=page.pk)


def test_code_is_not_half_a_title(mark):
    draft = drafted(mark.get_parent(), "Being on", "being-on")
    assert renamed(draft, "being-on-time").code == "being-on-time"
    assert renamed(draft, "being-in-time").code == "being-in-time"


def test_code_of_what_was_public_never_changes(mark):
    draft = drafted(mark.get_parent(), "Being on time", "being-on-time")
    draft.save_revision().publish()
    page = Mark.objects.get(pk=draft.pk)
    page.unpublish()
    assert renamed(page, "punctual").code == "being-on-time"


def test_code_that_was_given_stays(mark):
    draft = drafted(mark.get_parent(), "Being on time", "being-on-time")
    Mark.objects.filter(pk=draft.pk).update(code="punctual")
    assert renamed(Mark.objects.get(pk=draft.pk), "in-time").code == "punctual"


def test_code_that_a_translation_has_stays(mark):
    draft = drafted(mark.get_parent(), "Being on time", "being-on-time")
    draft.copy_for_translation(Locale.objects.get(language_code="cy"), copy_parents=True)
    assert renamed(draft, "in-time").code == "being-on-time"
