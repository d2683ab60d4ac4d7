"""What roles need of the site's own pages: rights on them, and who looks at what before readers do."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from cms.models import AgreementTask
from cms.roles.groups import REVIEWERS, ROLES
from toolkit import locales
from toolkit.models import Home, Lake, Voices

AGREEMENT = "Two co-producers agree"


@transaction.atomic
def furnish_roles():
    """Give the groups their rights on the pages of the source language, and quotes their workflow.

    What is there already stays: rights that an administrator has changed since stay as they are.
    """
    source = {"locale__language_code": locales.source(), "alias_of": None}
    home = Home.objects.filter(**source).first()
    credited = [*Voices.objects.filter(**source)[:1], *Lake.objects.filter(**source)[:1]]
    for name, role in ROLES.items():
        group = Group.objects.get(name=name)
        for page, rights in ((home, role.on_site), *((page, role.on_credits) for page in credited)):
            _allow(group, page, rights)
    for voices in credited[:1]:
        _ask_two(voices)


def _allow(group: Group, page: Page | None, rights: tuple[str, ...]):
    if page is None or GroupPagePermission.objects.filter(group=group, page=page).exists():
        return
    for right in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=rights):
        GroupPagePermission.objects.create(group=group, page=page, permission=right)


def _ask_two(voices: Page):
    """Let another co-producer agree before words of lived experience are public."""
    if WorkflowPage.objects.filter(page=voices).exists() or Workflow.objects.filter(name=AGREEMENT).exists():
        return
    task = AgreementTask.objects.create(name=AGREEMENT)
    task.groups.add(Group.objects.get(name=REVIEWERS))
    workflow = Workflow.objects.create(name=AGREEMENT)
    WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(workflow=workflow, page=voices)
