"""Makes the groups of roles with their rights, out of those that Wagtail brings where it can."""

from django.db import migrations

from cms.roles.groups import OF_WAGTAIL, ROLES

FILES = {"image": "wagtailimages", "document": "wagtaildocs"}


def make_groups(apps, schema_editor):
    Group = apps.get_model("auth.Group")
    for old, new in OF_WAGTAIL.items():
        if old != new and not Group.objects.filter(name=new).exists():
            Group.objects.filter(name=old).update(name=new)
    root = apps.get_model("wagtailcore.Page").objects.filter(depth=1).first()
    for name, role in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.set([permission(apps, right) for right in role.rights])
        # On the root of all pages, Wagtail's groups have rights in every language.
        apps.get_model("wagtailcore.GroupPagePermission").objects.filter(group=group, page=root).delete()
        allow_files(apps, group, role.files)
    workflow = apps.get_model("wagtailcore.Workflow")
    workflow.objects.filter(name="Moderators approval").update(name="A publisher agrees")
    apps.get_model("wagtailcore.Task").objects.filter(name="Moderators approval").update(name="A publisher agrees")


# The models on which rights are whose names do not say so, and what Django calls those rights.
OWNERS = {
    "toolkit.keep_consent": ("withdrawal", "Can see all consent, and take words back"),
    "offers.moderate_offers": ("offer", "Can decide on offers"),
    "reports.view_reports": ("outsidelink", "Can see the reports for editors"),
    "plain_language.view_plain_language_report": ("plainword", "Can see the report on plain language"),
}


def permission(apps, right):
    """Give a permission, which Django would make only after all migrations."""
    app, _, codename = right.partition(".")
    Permission = apps.get_model("auth.Permission")
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    if found:
        return found
    action, _, model = codename.partition("_")
    model, name = OWNERS.get(right, (model, f"Can {action} {model}"))
    kind, _ = apps.get_model("contenttypes.ContentType").objects.get_or_create(app_label=app, model=model)
    return Permission.objects.create(content_type=kind, codename=codename, name=name)


def allow_files(apps, group, rights):
    GroupCollectionPermission = apps.get_model("wagtailcore.GroupCollectionPermission")
    Collection = apps.get_model("wagtailcore.Collection")
    GroupCollectionPermission.objects.filter(group=group).delete()
    for model, app in FILES.items():
        for right in rights:
            GroupCollectionPermission.objects.get_or_create(
                group=group,
                collection=Collection.objects.get(depth=1),
                permission=permission(apps, f"{app}.{right}_{model}"),
            )


class Migration(migrations.Migration):
    dependencies = [
        ("cms", "0004_agreement"),
        ("toolkit", "0004_withdrawals"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
