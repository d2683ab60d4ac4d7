"""A small site, and on it somebody who has done everything that an account can do, with needles for names."""

import json
from datetime import timedelta
from uuid import uuid4

from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Comment, CommentReply, PageSubscription, UploadedFile, Workflow
from wagtail.users.models import UserProfile
from wagtail_localize.models import SegmentOverride, StringTranslation

from cms.accounts.invitations import invite
from cms.accounts.second_factor import renew_codes
from cms.drafts.sharing import make_link
from cms.imports.models import Import
from cms.models import Change
from tests.cms.roles.people import furnished_site, somebody
from tests.needles import needle
from tests.releases import publish_everything
from tests.small_site import fresh
from tests.translations import job, locale, write
from toolkit.models import Dismissal, Language, Proposal, SourceChange, ThingStanding, Withdrawal, Wording

USERNAME, EMAIL = needle("username"), f"{needle('mail')}@example.org"
FIRST, LAST = needle("first").title(), needle("last").title()
NAMES = {"first_name": FIRST, "last_name": LAST, "email": EMAIL}


def planted_site() -> dict:
    """Make the site; give its pages by their code, and "person"."""
    pages = furnished_site()
    person = get_user_model().objects.create_user(USERNAME, password="a long password", **NAMES)
    person.groups.add(Group.objects.get(name="Publishers"))
    person.user_permissions.add(Permission.objects.get(codename="add_user"))
    plant_account(person)
    plant_editing(person, fresh(pages["speaking"]), fresh(pages["hearing"]))
    plant_uploads(person)
    plant_translating(person, pages["hearing"])
    publish_everything()
    Change.objects.create(kind=Change.Kind.EVERYTHING, user=person)
    return {**pages, "person": person}


def plant_account(person):
    boss = somebody("administrator")
    profile = UserProfile.get_for_user(person)
    profile.avatar.save("me.png", ContentFile(b"A face."))
    TOTPDevice.objects.create(user=person, name="app")
    renew_codes(person)
    Client().force_login(person)
    AccessAttempt.objects.create(username=EMAIL, ip_address="203.0.113.7", failures_since_start=2)
    now = timezone.now()
    invited = {"first_name": FIRST, "last_name": LAST, "language": "en", "groups": [], "now": now}
    get_user_model().objects.filter(pk=person.pk).update(email="")
    invite(by=boss, email=EMAIL, **invited)
    get_user_model().objects.filter(pk=person.pk).update(email=EMAIL)
    person.refresh_from_db()
    invite(by=person, email="other@example.org", **{**invited, "first_name": "Another", "last_name": "Person"})
    for action in ("wagtail.create", "wagtail.edit"):
        log(person, action, user=boss)
    session = SessionStore()
    session["_messages"] = json.dumps([f"User '{USERNAME}' updated."])
    session.create()


def plant_editing(person, page, other):
    page.owner = person
    page.save()
    page.save_revision(user=person, log_action=True).publish(user=person, log_action=True)
    log(Group.objects.first(), "wagtail.edit", user=person)
    state = Workflow.objects.get(name="A publisher agrees").start(page, person)
    state.current_task_state.approve(user=person, comment="Well done.")
    comment = Comment.objects.create(page=page, user=person, contentpath="title", position="", text="Say more.")
    Comment.objects.filter(pk=comment.pk).update(resolved_by=person, resolved_at=timezone.now())
    CommentReply.objects.create(comment=comment, user=person, text="Done.")
    PageSubscription.objects.create(user=person, page=page, comment_notifications=True)
    type(other).objects.filter(pk=other.pk).update(locked=True, locked_by=person, locked_at=timezone.now())
    of = {"content_type": ContentType.objects.get_for_model(page), "object_id": str(page.pk), "user": person}
    EditingSession.objects.create(**of, last_seen_at=timezone.now())
    FormState.objects.create(**of, data="title=Mine", last_updated_at=timezone.now())
    make_link(page=other, user=person, days=3, once=uuid4(), now=timezone.now())
    Withdrawal.objects.create(key=uuid4(), kind="quote", made_by=person, finished_at=timezone.now())
    now = timezone.now()
    Import.objects.create(
        user=person, name=f"{USERNAME}.txt", suffix=".txt", original=USERNAME.encode(), locale="en", made_at=now,
        changed_at=now - timedelta(days=1),
    )  # fmt: skip


def plant_uploads(person):
    get_image_model().objects.update(uploaded_by_user=person)
    file = ContentFile(b"A sound.", name="sound.mp3")
    get_document_model().objects.create(title="A sound", file=file, uploaded_by_user=person)
    UploadedFile.objects.create(file=ContentFile(b"Half.", name="half.mp3"), uploaded_by_user=person)


def plant_translating(person, page):
    write(page, "cy", user=person)
    translation = StringTranslation.objects.filter(last_translated_by=person).first()
    SegmentOverride.objects.create(
        locale=locale("cy"), context=translation.context, last_translated_by=person, data_json="{}"
    )
    Dismissal.objects.create(translation=translation, check_name="numbers", words="w", reason="Fine.", user=person)
    key = job(page, "cy").key
    ThingStanding.objects.filter(key=key).update(user=person)
    Proposal.objects.create(key=key, locale=locale("cy"), path="title", digest=uuid4(), words="Gair", user=person)
    Wording.objects.create(locale=locale("cy"), digest=uuid4(), source="Home", draft=["Hafan"], user=person)
    Language.objects.create(code="gd", name="Gaelic", own_name="Gàidhlig", user=person)
    SourceChange.objects.create(key=key, locale=locale("en"), steps=[], user=person)
