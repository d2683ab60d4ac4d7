"""Acts that decide what the public may see: publish, unpublish, restrict, schedule, consent."""

from datetime import timedelta

from django.core.management import call_command
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page, PageViewRestriction

from cms.wagtail_hooks import publish_converted_alias
from tests.cms.acts.desk import Desk, NothingToDo, act
from tests.cms.acts.words import WORDS, newest
from tests.small_site import fresh
from toolkit.consent import Consent


@act
def save_draft(desk: Desk):
    page = newest(desk.page(live=True))
    if getattr(page, "consent", "") == Consent.WITHDRAWN:
        raise NothingToDo("such a draft takes the words off the site: change_consent does that")
    page.title = desk.pick(WORDS)
    page.save_revision()


@act
def publish_draft(desk: Desk):
    page = desk.page(has_unpublished_changes=True)
    (page.latest_revision or page.save_revision()).publish()


@act
def publish_again(desk: Desk):
    newest(desk.page(live=True)).save_revision().publish()


@act
def publish_old_version(desk: Desk):
    page = desk.page()
    desk.pick(list(page.revisions.order_by("pk"))).publish()


@act
def save_directly(desk: Desk):
    page = desk.page(live=True)
    page.title = desk.pick(WORDS)
    page.save()


@act
def unpublish(desk: Desk):
    page = desk.page(live=True)
    if page.document_type == "toolkit" and desk.choose(3):
        raise NothingToDo
    page.unpublish()
    if desk.pick(["alone", "with all below"]) == "with all below":
        for below in page.get_descendants().live().specific():
            below.unpublish()


@act
def restrict(desk: Desk):
    page = desk.page()
    if page.document_type == "toolkit" or PageViewRestriction.objects.filter(page=page).exists():
        raise NothingToDo
    PageViewRestriction.objects.create(page=page, restriction_type="login")


@act
def open_again(desk: Desk):
    desk.pick(list(PageViewRestriction.objects.order_by("pk"))).delete()


@act
def convert_alias(desk: Desk):
    alias = desk.pick([page.specific for page in Page.objects.exclude(alias_of=None).order_by("path")])
    ConvertAliasPageAction(alias).execute(skip_permission_checks=True)
    publish_converted_alias(None, Page.objects.get(pk=alias.pk))


@act
def schedule(desk: Desk):
    page = newest(desk.page())
    if page.document_type == "toolkit":
        raise NothingToDo
    page.go_live_at = desk.now + timedelta(minutes=10) if desk.choose(2) else None
    page.expire_at = desk.now + timedelta(minutes=20) if desk.choose(2) else None
    page.save_revision().publish()


@act
def keep_schedule(desk: Desk):
    desk.now += timedelta(minutes=15)
    call_command("publish_scheduled")


@act
def answer_about_consent(desk: Desk):
    quote = newest(desk.page("quote"))
    quote.consent = desk.pick(Consent.values)
    revision = quote.save_revision()
    if quote.consent != Consent.WITHDRAWN:
        revision.publish()


@act
def change_consent_directly(desk: Desk):
    quote = fresh(desk.page("quote"))
    quote.consent, quote.naming = desk.pick(Consent.values), "role"
    quote.save()
