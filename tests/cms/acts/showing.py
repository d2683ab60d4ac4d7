"""Acts that decide what the public may see: publish, unpublish, restrict, schedule, consent."""

from datetime import timedelta

from django.core.management import call_command
from wagtail.models import PageViewRestriction

from tests.cms.acts.desk import Desk, NothingToDo, act, fresh
from tests.cms.acts.words import WORDS, newest, publish
from toolkit.consent import Consent


@act
def save_draft(desk: Desk):
    page = newest(desk.page(live=True))
    page.title = desk.pick(WORDS)
    page.save_revision()


@act
def publish_draft(desk: Desk):
    page = desk.page(has_unpublished_changes=True)
    publish(page.latest_revision or page.save_revision())


@act
def publish_again(desk: Desk):
    publish(newest(desk.page(live=True)).save_revision())


@act
def publish_old_version(desk: Desk):
    page = desk.page()
    publish(desk.pick(list(page.revisions.order_by("pk"))))


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
def schedule(desk: Desk):
    page = newest(desk.page())
    if page.document_type == "toolkit":
        raise NothingToDo
    page.go_live_at = desk.now + timedelta(minutes=10) if desk.choose(2) else None
    page.expire_at = desk.now + timedelta(minutes=20) if desk.choose(2) else None
    publish(page.save_revision())


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
        publish(revision)


@act
def change_consent_directly(desk: Desk):
    quote = fresh(desk.page("quote"))
    quote.consent, quote.naming = desk.pick(Consent.values), "role"
    quote.save()
