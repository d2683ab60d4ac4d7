"""What is done with many things at once in the admin: each action there is, and what has changed after it."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from taggit.models import TaggedItem
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from cms.roles.groups import EDITORS


def actions() -> list[tuple[str, str, str]]:
    """Give every action there is, as (app, model, name of the action)."""
    bulk_action_registry._scan_for_bulk_actions()
    found = bulk_action_registry.actions
    return sorted((app, model, name) for app, models in found.items() for model in models for name in models[model])


def address(action: tuple[str, str, str], about: dict) -> str:
    """Give the address of an action on one of the things that there are."""
    app, model, name = action
    things = {
        "page": about["page_id"],
        "image": about["image_id"],
        "document": about["document_id"],
        "user": about["user"],
    }
    assert model in things, f"{model}: nothing is known that this action could be done with"
    return f"/admin/bulk/{app}/{model}/{name}/?next=%2Fadmin%2F&id={things[model]}"


def form(about: dict) -> dict:
    """Give what the forms of all actions ask for."""
    return {
        "chooser": about["destination_id"],
        "collection": about["admin/collections/"],
        "tags": "tagged",
        "role": Group.objects.get(name=EDITORS).pk,
        "mark_as_active": "False",
    }


def state() -> tuple:
    """Give all that such an action can change."""
    kinds = (get_image_model(), get_document_model())
    files = [list(kind.objects.order_by("pk").values_list("pk", "collection")) for kind in kinds]
    people = get_user_model().objects.order_by("pk", "groups")
    return (
        list(Page.objects.order_by("pk").values_list("pk", "path", "live", "live_revision")),
        *files,
        TaggedItem.objects.count(),
        list(people.values_list("pk", "is_active", "groups")),
        PageLogEntry.objects.count(),
        ModelLogEntry.objects.count(),
    )
