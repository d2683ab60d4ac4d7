"""What somebody may choose on the start page: only what they may do, each with the address that leads there."""

from dataclasses import dataclass, field, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.menu import reports_menu
from wagtail.permissions import page_permission_policy

from cms.start.rights import marks_of, rooms_for
from cms.start.waiting import count_waiting
from cms.translations.rights import languages_of, may_coordinate
from toolkit import locales
from toolkit.models import Lake, Voices


@dataclass(frozen=True)
class Choice:
    """One large choice: what it is called, what it is for, where it leads.

    `others` are the same in other languages: {"name", "lang", "dir", "address"}.
    """

    name: str
    title: str
    says: str
    address: str
    icon: str
    others: list[dict] = field(default_factory=list)


def choices_for(request) -> list[Choice]:
    """Give the choices of whoever asks, those that most people come for first."""
    user = request.user
    quote = _("Somebody’s own words: a snake, a ladder or a thought.")
    idea = _("Something for the Lake that a group can do, read or use.")
    found = [
        _change_a_mark(user),
        _add(user, Voices, Choice("quote", _("Add a quote"), quote, "", "openquote")),
        _add(user, Lake, Choice("idea", _("Add an idea"), idea, "", "pick")),
        _see_what_waits(user),
        *_of_other_rooms(request),
    ]
    return [choice for choice in found if choice and choice.address]


def _change_a_mark(user) -> Choice | None:
    if not marks_of(user).exists():
        return None
    says = _("Find a mark in the list, change its words, and see it as readers will.")
    return Choice("marks", _("Change a mark"), says, reverse("start:marks"), "edit")


def _add(user, parent_type, choice: Choice) -> Choice | None:
    """Lead straight to the form, in the language that somebody works in; the other ones stand below."""
    ways = []
    for room in rooms_for(user, parent_type):
        code = room.locale.language_code
        address = reverse("wagtailadmin_pages:add", args=["toolkit", choice.name, room.pk])
        ways.append({"name": locales.own_name(code), "address": address, **locales.language(code)})
    return replace(choice, address=ways[0]["address"], others=ways[1:]) if ways else None


def _see_what_waits(user) -> Choice:
    count = count_waiting(user)
    says = ngettext("{count} thing is waiting for you.", "{count} things are waiting for you.", count)
    says = says.format(count=count) if count else _("Nothing is waiting for you.")
    return Choice("waiting", _("See what waits for me"), says, reverse("start:waiting"), "time")


def _of_other_rooms(request) -> list[Choice | None]:
    user = request.user
    translates = bool(languages_of(user)) or may_coordinate(user)
    rooms = [
        (user.has_perm("imports.add_import"), "imports:index", _("Bring in a document"), "doc-full-inverse",
         _("A Word file or a page of text becomes drafts. Nobody sees them before you say so.")),
        (user.has_perm("offers.moderate_offers"), "offers:index", _("Look at offers"), "mail",
         _("What readers have sent us: ideas and quotes that they would like to see here.")),
        (user.has_perm("toolkit.keep_consent"), "consent:index", _("Keep consent"), "key",
         _("Who has said yes to their words being shown, until when, and who has taken them back.")),
        (translates, "translations:index", _("Translate"), "globe",
         _("Put words into another language, side by side with the original.")),
        (bool(reports_for(request)), "start:reports", _("Look at reports"), "table",
         _("What has changed, what is old, what is locked, and more.")),
    ]  # fmt: skip
    return [Choice(name, title, says, reverse(name), icon) for may, name, title, icon, says in rooms if may]


def reports_for(request) -> list:
    """Give Wagtail's reports, and all that others have put among them, that somebody may see.

    Whoever may do nothing with any page has nothing to look up: Wagtail would show them its log all the same.
    """
    if not page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}):
        return []
    return sorted(reports_menu.menu_items_for_request(request), key=lambda item: item.order)
