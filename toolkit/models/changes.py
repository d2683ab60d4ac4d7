"""What is remembered of the changes of pages: when, and which parts; never a word of what was there."""

from django.db import models


class PageChange(models.Model):
    """What changed on a public page on one day, as the names of its parts.

    `added` holds the database ids of the quotes and ideas that came into its text: their titles are looked up when
    the page is built. `minor`: an editor said each time that the meaning is the same.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    # In UTC, as readers see the day of the last change.
    day = models.DateField()
    parts = models.JSONField(default=list)
    added = models.JSONField(default=list)
    minor = models.BooleanField(default=False)

    class Meta:
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="one_change_a_day")]
