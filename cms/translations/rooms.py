"""What a language needs before anybody can translate into it: a place for its pages, groups, and a review."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import GroupApprovalTask, GroupPagePermission, Locale, Workflow, WorkflowPage, WorkflowTask

from cms.translations.rights import home_of
from toolkit import locales
from toolkit.models import Home

# What each group may do with the pages of its language.
TRANSLATORS, REVIEWERS = "translators", "reviewers"
RIGHTS = {TRANSLATORS: ["change_page"], REVIEWERS: ["change_page", "publish_page"]}


def group_name(role: str, locale: Locale) -> str:
    """Give the name of a group, which stays the same whatever language the admin is in."""
    return f"Translation: {role} ({locale.language_code})"


@transaction.atomic
def make_rooms(locale: Locale):
    """Give a language a draft of its home page, its groups and its review; keep what is there.

    It is told by the names of the groups; rights that somebody has changed since stay as they are.
    """
    home = home_of(locale) or _new_home(locale)
    if home is None or locale.language_code == locales.source():
        return
    groups = {role: _group(role, locale, home) for role in RIGHTS}
    if not WorkflowPage.objects.filter(page=home).exists():
        _make_review(locale, home, groups[REVIEWERS])


def make_all_rooms():
    """Do so for every language of this installation."""
    for code in locales.codes():
        make_rooms(Locale.objects.get_or_create(language_code=code)[0])


def _new_home(locale: Locale) -> Home | None:
    source = Home.objects.filter(locale__language_code=locales.source(), alias_of=None).first()
    return source and source.copy_for_translation(locale)


def _group(role: str, locale: Locale, home: Home) -> Group:
    group, is_new = Group.objects.get_or_create(name=group_name(role, locale))
    if is_new:
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
        rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=RIGHTS[role])
        for right in rights:
            GroupPagePermission.objects.create(group=group, page=home, permission=right)
    return group


def _make_review(locale: Locale, home: Home, reviewers: Group):
    with override(locales.source()):
        name = gettext("Review: {language}").format(language=locales.own_name(locale.language_code))
    task = GroupApprovalTask.objects.create(name=name)
    task.groups.add(reviewers)
    workflow = Workflow.objects.create(name=name)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=home)
