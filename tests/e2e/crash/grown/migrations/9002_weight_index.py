"""An index that nobody waits for."""

from django.db import migrations, models

from toolkit.indexes import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("scoring", "9001_weight")]
    operations = [AddIndexConcurrently("score", models.Index(fields=["weight"], name="scoring_score_weight"))]
