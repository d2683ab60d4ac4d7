from django.db import migrations

from cms.plain_language.vocabularies import load_starter_lists


def load(apps, schema_editor):
    load_starter_lists(apps.get_model("plain_language", "PlainWord"))


class Migration(migrations.Migration):
    """The word lists begin with our own words. What editors take out of them afterwards stays out."""

    dependencies = [("plain_language", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
