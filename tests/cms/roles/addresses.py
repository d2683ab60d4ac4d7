"""Every address of the admin, each with something that it is about."""

import re
from collections.abc import Iterator
from uuid import uuid4

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from wagtail.models import Collection, Locale, Site, UploadedFile, Workflow

from api.feedback.models import Answer
from api.offers.models import Offer
from cms.accounts.invitations import invite
from cms.drafts.sharing import make_link
from cms.imports.models import Import
from cms.plain_language.models import PlainWord
from cms.webhooks.models import Delivery, Subscriber
from tests.cms.roles.people import somebody
from tests.hidden_site import picture, sound
from tests.pictures import picture as picture_bytes
from toolkit.models import SourceChange, Withdrawal

# What an address is about depends on where it stands.
BY_PLACE = ("pk", "key", "uploaded_file_id")
PART = re.compile(r"<(?:\w+:)?(\w+)>")
# Of an address that is a pattern, one that fits.
OF_A_PATTERN = {
    r"admin/pages/^(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$": (
        "admin/pages/{page_id}/revisions/compare/earliest...latest/"
    ),
    "admin/^.*/$": "admin/there-is-no-such-page/",
}


def every_route() -> list[str]:
    """Give the pattern of every address that there is, once each; of pages in several languages, the English one."""
    return sorted(set(_walk(get_resolver().url_patterns, "")))


def routes() -> list[str]:
    """Give those below /admin/."""
    return [route for route in every_route() if route.startswith("admin/")]


def _walk(patterns, above: str) -> Iterator[str]:
    for pattern in patterns:
        route = above + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield route


def subjects(pages: dict) -> dict[str, object]:
    """Make one of everything that addresses are about; give their numbers and names by the part of the address."""
    mark, quote = pages["speaking"], pages["it-happened"]
    mark.save_revision(user=somebody("administrator")).publish()
    mark.refresh_from_db()
    workflow = Workflow.objects.get(name="A publisher agrees")
    state = workflow.start(mark, somebody("administrator"))
    subscriber = Subscriber.objects.create(url="https://example.org/")
    image, document = picture("roles"), sound("roles")
    word = PlainWord.objects.create(locale="en", word="zeugmatic", plain="plain")
    offer = Offer.objects.create(
        digest="a" * 64,
        what="snake",
        words="Mine.",
        language="en",
        naming="not-named",
        agreed="Yes.",
        made_at=timezone.now(),
    )
    said = {
        "page": mark.key,
        "locale": "en",
        "release": 1,
        "is_clear": False,
        "words": "Hard.",
        "day": timezone.localdate(),
    }
    answer = Answer.objects.create(**said)
    document_in = Import.objects.create(**import_fields())
    other, boss, now = somebody("somebody else"), somebody("administrator"), timezone.now()
    link, _token = make_link(page=mark, user=boss, days=1, once=uuid4(), now=now)
    guest = {"email": "guest@example.org", "first_name": "A", "last_name": "Guest", "language": "en", "groups": []}
    invitation, _token = invite(by=boss, **guest, now=now)
    collection = Collection.get_first_root_node().add_child(name="Photos")
    return {
        "page_id": mark.pk,
        "pk": mark.pk,
        "parent_page_id": pages["first-stage"].pk,
        "page_to_move_id": mark.pk,
        "page_pk": mark.pk,
        "destination_id": pages["later-stage"].pk,
        "content_type_app_name": "toolkit",
        "content_type_model_name": "mark",
        "app_label": "toolkit",
        "model_name": "mark",
        "app_name": "toolkit",
        "action": "publish",
        "action_name": "approve",
        "task_state_id": state.current_task_state.pk,
        "task_id": state.current_task_state.task_id,
        "workflow_state_id": state.pk,
        "workflow_pk": workflow.pk,
        "revision_id": mark.latest_revision_id,
        "collection_id": Collection.get_first_root_node().pk,
        "object_id": mark.pk,
        "session_id": 1,
        "code": "cy",
        "form": "po",
        "kind": "quote",
        "key": quote.key,
        "link_id": link.pk,
        "answer_id": answer.pk,
        "rest": "anything/",
        "token": "no-such-token",
        "uidb64": "MQ",
        "release_id": 1,
        "user": other.pk,
        "translation_source_id": 1,
        "translation_id": 1,
        "string_segment_id": 1,
        "overridable_segment_id": 1,
        "document_id": document.pk,
        "doc_id": document.pk,
        "image_id": image.pk,
        "filter_spec": "original",
        "mode": "-",
        "admin/collections/": collection.pk,
        "admin/images/multiple/": half_uploaded(type(image)),
        "admin/documents/multiple/": half_uploaded(type(document)),
        "admin/consent/taken-back/": Withdrawal.objects.create(key=uuid4(), kind="quote", finished_at=now).key,
        "admin/workflows/tasks/": state.current_task_state.task_id,
        "admin/workflows/": workflow.pk,
        "admin/translations/changes/": SourceChange.objects.create(key=mark.key, locale=mark.locale, steps=[]).pk,
        "admin/offers/": offer.pk,
        "admin/imports/": document_in.pk,
        "admin/people/": other.pk,
        "admin/people/invitations/": invitation.pk,
        "admin/users/": other.pk,
        "admin/groups/": Group.objects.get(name="Editors").pk,
        "admin/webhooks/subscribers/": subscriber.pk,
        "admin/webhooks/sent/": Delivery.objects.create(subscriber=subscriber, body="{}").pk,
        "admin/plain-words/": word.pk,
        "admin/locales/": Locale.objects.get(language_code="cy").pk,
        "admin/sites/": Site.objects.get().pk,
        "admin/documents/": document.pk,
        "admin/images/": image.pk,
        "admin/api/main/^pages/": mark.pk,
        "admin/api/main/^documents/": document.pk,
        "admin/api/main/^images/": image.pk,
    }


def half_uploaded(kind) -> int:
    """Make what an editor has uploaded and not saved yet; give its number."""
    # A picture is drawn anew as soon as it is there.
    file = ContentFile(picture_bytes(), name="half.png")
    of = ContentType.objects.get_for_model(kind)
    return UploadedFile.objects.create(file=file, for_content_type=of, uploaded_by_user=somebody("editor")).pk


def import_fields() -> dict:
    now = timezone.now()
    fields = {"name": "page.txt", "suffix": ".txt", "original": b"Words.", "locale": "en"}
    return {**fields, "user": somebody("editor"), "made_at": now, "changed_at": now}


def address_of(route: str, about: dict) -> str:
    """Give an address of a route, about one of the things that there are."""
    pattern = OF_A_PATTERN.get(route, route)
    filled = PART.sub(lambda part: str(_about(part[1], route, about)), pattern)
    filled = filled.replace("{page_id}", str(about["page_id"])).replace("^", "")
    assert "<" not in filled, f"{route}: nothing is known that this address could be about"
    return f"/{filled}"


def _about(name: str, route: str, about: dict):
    if name in BY_PLACE:
        prefixes = [prefix for prefix in about if prefix.startswith("admin/") and route.startswith(prefix)]
        if prefixes:
            return about[max(prefixes, key=len)]
    return about.get(name, uuid4())
