"""What is known of the addresses of other sites that our pages lead to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trouble(models.TextChoices):
    """Why a link does not lead where it should, in the words that an editor reads."""

    NOTHING = "nothing", _("Nothing is chosen here any more.")
    DELETED = "deleted", _("The page that it leads to was deleted.")
    NOT_PUBLIC = "not-public", _("Readers cannot see the page that it leads to.")
    NO_FILE = "no-file", _("The file is missing.")
    NO_PAGE = "no-page", _("There is nothing at this address of our site.")
    NO_PLACE = "no-place", _("The page is there, but no place on it has this name.")
    ADMIN = "admin", _("This leads into the admin, where readers cannot go.")
    MALFORMED = "malformed", _("This is not a whole address.")
    GONE = "gone", _("The other site has nothing at this address any more.")
    REFUSED = "refused", _("The other site did not show the page to us. Please have a look yourself.")
    UNKNOWN = "unknown", _("There is no site of this name.")
    PRIVATE = "private", _("This address leads into a private network, where readers cannot go.")
    UNREACHABLE = "unreachable", _("The other site could not be reached.")
    CERTIFICATE = "certificate", _("The other site’s certificate is not valid, so browsers warn of it.")
    SLOW = "slow", _("The other site did not answer in time.")
    BROKEN = "broken", _("The connection to the other site broke.")
    LOOP = "loop", _("The other site sends whoever comes from one address to the next, and never ends.")


class OutsideLink(models.Model):
    """An address of another site, and what it answered when it was last asked: nothing is stored before that.

    `digest` is the SHA-256 of the address, for an address may be longer than a database can index.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    address = models.TextField()
    checked_at = models.DateTimeField(db_index=True)
    # Empty while it is being asked. 0 where there was no answer.
    status = models.PositiveSmallIntegerField(null=True)
    trouble = models.CharField(max_length=20, choices=Trouble.choices, blank=True)

    class Meta:
        default_permissions = []
        permissions = [("view_reports", _("Can see the reports for editors"))]
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")
