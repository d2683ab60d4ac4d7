"""Wagtail's screens of users, where nobody gives a right that they do not have, nor takes over who has more."""

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import CreateView, DeleteView, EditView, IndexView, UserViewSet

from cms.accounts.rights import groups_to_give, may_give, may_invite, may_manage
from cms.data_protection.erasing import erase_account


class WithinOwnRights:
    """A form on somebody's account that offers what whoever fills it in may give."""

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = Group.objects.filter(pk__in=[group.pk for group in groups_to_give(by)])
        if not by.is_superuser:
            self.fields.pop("is_superuser", None)


class PersonCreationForm(WithinOwnRights, UserCreationForm):
    pass


class PersonEditForm(WithinOwnRights, UserEditForm):
    pass


class PeopleIndexView(IndexView):
    @cached_property
    def header_buttons(self):
        if not may_invite(self.request.user):
            return super().header_buttons
        to_invite = HeaderButton(
            gettext("Invite somebody"), url=reverse("people:invite"), icon_name="mail", priority=10
        )
        return [to_invite, *super().header_buttons]

    @cached_property
    def header_more_buttons(self):
        buttons = list(super().header_more_buttons)
        if may_invite(self.request.user):
            address = reverse("people:invitations")
            buttons.append(HeaderButton(gettext("Open invitations"), url=address, icon_name="list-ul", priority=20))
        return buttons


class PeopleCreateView(CreateView):
    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}


class PeopleEditView(EditView):
    def dispatch(self, request, *args, **kwargs):
        if not self.editing_self and not may_manage(request.user, self.object):
            raise PermissionDenied(gettext("This person may do more than you. Ask an administrator."))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "by": self.request.user}

    @cached_property
    def header_more_buttons(self):
        buttons = list(super().header_more_buttons)
        if not self.editing_self:
            address = reverse("people:reset", args=[self.object.pk])
            buttons.append(Button(gettext("Take away the second step"), url=address, icon_name="key", priority=30))
        return buttons


class PeopleDeleteView(DeleteView):
    def dispatch(self, request, *args, **kwargs):
        if not may_manage(request.user, self.get_object()):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def delete_action(self):
        """Wagtail would delete their comments, too, and keep their name in its log."""
        erase_account(self.object, now=timezone.now())


class PeopleViewSet(UserViewSet):
    index_view_class = PeopleIndexView
    add_view_class = PeopleCreateView
    edit_view_class = PeopleEditView
    delete_view_class = PeopleDeleteView
    # A copy would have the rights of somebody else.
    copy_view_enabled = False

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm


def refuse_beyond_rights(request, objects, action):
    """Refuse what is done with many accounts at once where it goes beyond somebody's own rights."""
    role = request.POST.get("role", "") if action.action_type == "assign_role" else ""
    groups = list(Group.objects.filter(pk=role)) if role.isdecimal() else []
    fits = may_give(request.user, groups=groups, is_superuser=False)
    if not fits or not all(may_manage(request.user, person) or person == request.user for person in objects):
        raise PermissionDenied


def erase_all(objects):
    """Erase many accounts, before Wagtail deletes what is left of them."""
    for person in objects:
        erase_account(person, now=timezone.now())
