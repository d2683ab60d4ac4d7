"""What is kept of an offer. No account, no address: a name where somebody wants to be named."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from api.offers.rules import LONGEST_NAME, LONGEST_REASON, LONGEST_TITLE, QUOTES, State, What
from toolkit.consent import Naming


class Offer(models.Model):
    """Something that somebody offers to the toolkit. Its link shows what became of it, and takes it back.

    `digest` is the SHA-256 of the link's token, `agreed` the sentence that they agreed to, as they read it. Once
    there is a page of it, by its key in `page`, nothing that they wrote is kept here, nor their name.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    what = models.CharField(max_length=20, choices=[(one, one) for one in What])
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    words = models.TextField(blank=True)
    about = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20)
    naming = models.CharField(max_length=20, choices=Naming.choices, blank=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    agreed = models.CharField(max_length=1000, blank=True)
    from_board = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=[(one, one) for one in State], default=State.WAITING)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    page = models.UUIDField(null=True, db_index=True)

    # What somebody wrote, to be emptied once there is a page of it. That they agreed, and to what, stays.
    OWN_WORDS = ("title", "words", "name")

    class Meta:
        ordering = ["made_at", "pk"]
        default_permissions = []
        permissions = [("moderate_offers", _("Can decide on offers"))]
        indexes = [models.Index(fields=["state", "made_at"], name="offers_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[State.DRAFT, State.TAKEN_BACK]) | Q(words="", name="", page__isnull=False),
                name="offers_words_are_in_one_place",
            )
        ]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")

    @property
    def is_quote(self) -> bool:
        """Whether these are words of lived experience."""
        return self.what in QUOTES

    @property
    def about_type(self) -> str:
        """Whether it belongs to a "stage" or a "mark", "" where it belongs to neither."""
        return self.about.partition("/")[0]

    @property
    def about_code(self) -> str:
        return self.about.partition("/")[2]
