"""The Django app of the people who log in, and what becomes of Wagtail's own app for them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "cms.accounts"
    label = "accounts"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"
    default = True

    def ready(self):
        from cms.accounts.sessions import connect

        connect()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's app of users, with our screens: nobody gives a right that they do not have."""

    default = False
    user_viewset = "cms.accounts.users.PeopleViewSet"
