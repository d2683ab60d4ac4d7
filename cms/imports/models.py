"""Documents that somebody brings in: the original, and what each of its paragraphs is taken for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Import(models.Model):
    """A document on its way to drafts: private to who brought it in, and deleted 90 days after it was touched last.

    The original stands in the database and not among the media, which have public addresses.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    # Of the original: ".txt", ".md", ".html", ".htm" or ".docx".
    suffix = models.CharField(max_length=10)
    # None once somebody took words back that are in it.
    original = models.BinaryField(null=True)
    locale = models.CharField(max_length=100)
    # The code of the stage to fill; "" for the one that the document's title names.
    stage = models.CharField(max_length=80, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    finished_at = models.DateTimeField(null=True)
    # Once finished: the ids of the pages that got drafts, whether they are new, and how much was there already.
    report = models.JSONField(default=dict)

    # Nobody is in use anywhere because they brought in a document.
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-made_at", "-pk"]
        default_permissions = ["add"]
        verbose_name = _("document brought in")
        verbose_name_plural = _("documents brought in")


class Paragraph(models.Model):
    """One line of the original, and what it is: as the rules have it at first, as its owner says in the end."""

    document = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="paragraphs")
    place = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    source = models.TextField()
    bullet = models.BooleanField(default=False)
    # What the rules took it for, why a person should look, and whether one has.
    guessed = models.CharField(max_length=20)
    doubt = models.CharField(max_length=20, blank=True)
    looked_at = models.BooleanField(default=False)
    kind = models.CharField(max_length=20)
    # The title of the mark that it belongs to; "" for the stage itself.
    mark = models.CharField(max_length=255, blank=True)
    quote_kind = models.CharField(max_length=20, blank=True)
    # Of a quote with its speaker on the same line, or of a credit.
    credit = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    # Of a credit: the place of the paragraph whose speaker it names.
    credits = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["place"]
        default_permissions = []
        constraints = [models.UniqueConstraint(fields=["document", "place"], name="imports_one_paragraph_a_place")]
        verbose_name = _("paragraph")
        verbose_name_plural = _("paragraphs")

    @property
    def is_unsure(self) -> bool:
        """Whether a person should look at it, and has not."""
        return bool(self.doubt) and not self.looked_at
