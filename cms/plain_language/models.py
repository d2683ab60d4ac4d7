"""The word list that editors keep, and what was found on each public page when it was last looked at."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from toolkit import locales
from toolkit.plain_language.jargon import Plain, parts_of
from toolkit.plain_language.passages import Finding


def language_choices() -> list[tuple[str, str]]:
    """Give the languages of this site, each by its own name."""
    return [(code, locales.own_name(code)) for code in locales.codes()]


def compared_form(word: str) -> str:
    """Give a word as the list compares it: “Stakeholder” and “stakeholder” are one."""
    return " ".join(parts_of(word))


class PlainWord(models.Model):
    """A word that many people do not know, and what to say instead."""

    locale = models.CharField(_("language"), max_length=20, choices=language_choices)
    word = models.CharField(
        _("word"),
        max_length=100,
        help_text=_("The word or words to look for, such as “stakeholder”. Other endings of it are found, too."),
    )
    plain = models.CharField(
        _("say instead"),
        max_length=200,
        blank=True,
        help_text=_("A plain word for it, such as “people concerned”. May stay empty where it depends."),
    )
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_("Why, or when it may stay. Whoever writes the word reads this beside it."),
    )
    compared = models.CharField(max_length=200, editable=False)

    class Meta:
        verbose_name = _("word to avoid")
        verbose_name_plural = _("words to avoid")
        ordering = ["locale", "word"]
        constraints = [models.UniqueConstraint(fields=["locale", "compared"], name="one_plain_word")]
        permissions = [("view_plain_language_report", _("Can see the report on plain language"))]

    def __str__(self):
        return self.word

    def save(self, *args, **kwargs):
        """Save the word, and in which form it is compared."""
        self.compared = compared_form(self.word)
        super().save(*args, **kwargs)

    def clean(self):
        """Refuse what has no letters, and a word that is on the list already."""
        super().clean()
        self.compared = compared_form(self.word)
        if not self.compared:
            raise ValidationError({"word": _("Write a word here. There are no letters in this.")})
        same = type(self).objects.filter(locale=self.locale, compared=self.compared).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError({"word": _("This word is on the list of this language already.")})

    @property
    def entry(self) -> Plain:
        """The word as the checks know it."""
        return Plain(self.word, self.plain, self.note)


class CheckedPage(models.Model):
    """A public page with the figures of its text, as it was when it was last looked at.

    `stamp` tells what was looked at, and with which words: where it is not what it would be now, the page is looked
    at anew (refreshing.py).
    """

    page = models.OneToOneField("wagtailcore.Page", on_delete=models.CASCADE, primary_key=True, related_name="+")
    stamp = models.CharField(max_length=80)
    lix = models.PositiveIntegerField(_("readability (LIX)"), null=True)
    longest = models.PositiveIntegerField(_("longest sentence"), default=0)


class FoundOnPage(models.Model):
    """One thing that could be plainer on a public page."""

    checked = models.ForeignKey(CheckedPage, on_delete=models.CASCADE, related_name="found")
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    place = models.CharField(max_length=255)
    words = models.TextField()
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [models.UniqueConstraint(fields=["checked", "number"], name="one_finding")]
        indexes = [models.Index(fields=["code"], name="found_code")]

    @property
    def finding(self) -> Finding:
        """What was found, as the checks tell it."""
        return Finding(self.code, self.place, self.words, figures=self.figures)
