"""A column that those who do not know it need not fill."""

from pathlib import Path

from django.db import migrations, models

from api.scoring import migrations as older

LAST = max(file.stem for folder in older.__path__ for file in Path(folder).glob("0*.py"))


class Migration(migrations.Migration):
    dependencies = [("scoring", LAST)]
    operations = [
        migrations.AddField("score", "weight", models.PositiveSmallIntegerField(default=1, db_default=1)),
    ]
