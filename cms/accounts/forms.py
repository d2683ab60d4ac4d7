"""The forms that people fill in before they are in the admin, and the one by which others are invited."""

import hmac
from time import time

from django import forms
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import Group
from django.utils.translation import get_language, get_language_info, gettext, gettext_lazy, override
from wagtail.admin.forms import auth
from wagtail.admin.localization import get_available_admin_languages

from api.limits import shared_counter
from cms.accounts.models import Invitation
from cms.accounts.rights import groups_to_give
from cms.accounts.words import password_rules

# Mails that help somebody to a new password.
MAILS_PER_HOUR = 3


class LoginForm(auth.LoginForm):
    """Wagtail's, in plain words, for password managers, and without “remember me”."""

    error_messages = {
        **auth.LoginForm.error_messages,
        "invalid_login": gettext_lazy(
            "This name and this password do not belong together. Please look at both, and try again."
        ),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["remember"]
        self.fields["username"].label = gettext("Username or e-mail address")
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"
        # An example in a field is taken for what was written there, and is hard to read.
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


def has_enough_mails(user) -> bool:
    """Count a mail by which somebody gets a new password; tell whether there were enough in the last hour.

    Until the password is another one, the link in each of them works.
    """
    account = f"mail for a new password {user.pk} {user.password}".encode()
    name = hmac.digest(settings.SECRET_KEY.encode(), account, "sha256")[:16]
    return bool(shared_counter().ask(name, most=MAILS_PER_HOUR, seconds=3600, now=time()))


class PasswordResetForm(auth.PasswordResetForm):
    """Wagtail's, with a mail in the language of whoever reads it, and not without end."""

    def send_mail(self, subject, email, context, *args, **kwargs):
        if has_enough_mails(context["user"]):
            # Whoever asked reads the same page as ever, so nobody learns whose account this is.
            return
        profile = getattr(context["user"], "wagtail_userprofile", None)
        with override(profile.get_preferred_language() if profile else get_language()):
            super().send_mail(subject, email, context, *args, **kwargs)


class JoinForm(SetPasswordForm):
    """A password, twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = gettext("Your password")
        self.fields["new_password1"].help_text = password_rules()
        self.fields["new_password2"].label = gettext("The same password once more")
        self.fields["new_password2"].help_text = ""


class CodeForm(forms.Form):
    """The code of an authenticator app, or one of the backup codes."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            {"inputmode": "numeric", "autocomplete": "one-time-code", "autofocus": "", "dir": "ltr"}
        ),
        error_messages={"required": gettext_lazy("Type in the 6 digits that your app shows.")},
    )


class InviteForm(forms.ModelForm):
    """Who is invited, and what they may do: no more than whoever invites them."""

    groups = forms.ModelMultipleChoiceField(
        label=gettext_lazy("What they may do"),
        queryset=Group.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("These are the groups that you can put others into."),
    )

    class Meta:
        model = Invitation
        fields = ["email", "first_name", "last_name", "language", "groups", "is_superuser"]
        labels = {
            "email": gettext_lazy("E-mail address"),
            "first_name": gettext_lazy("First name"),
            "last_name": gettext_lazy("Last name"),
            "is_superuser": gettext_lazy("Administrator"),
        }
        help_texts = {
            "language": gettext_lazy(
                "Of the mail to them, and of all these screens. They can choose another one later."
            ),
            "is_superuser": gettext_lazy("Administrators may do everything, and change everybody’s account."),
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = Group.objects.filter(pk__in=[group.pk for group in groups_to_give(by)])
        codes = [code for code, _name in get_available_admin_languages()]
        choices = [(code, get_language_info(code)["name_local"]) for code in codes]
        self.fields["language"] = forms.ChoiceField(
            label=gettext("Language"),
            choices=choices,
            initial=get_language() if get_language() in codes else codes[0],
            help_text=self.fields["language"].help_text,
        )
        if not by.is_superuser:
            del self.fields["is_superuser"]

    def clean_email(self) -> str:
        return get_user_model().objects.normalize_email(self.cleaned_data["email"])

    def clean(self):
        cleaned = super().clean()
        groups = cleaned.get("groups")
        opens = groups and groups.filter(
            permissions__content_type__app_label="wagtailadmin", permissions__codename="access_admin"
        )
        if "groups" in cleaned and not cleaned.get("is_superuser") and not (opens and opens.exists()):
            self.add_error("groups", gettext("Choose at least one group that may work in the admin."))
        return cleaned
