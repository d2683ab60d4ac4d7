"""What hangs on an account: in which tables, what of it whoever asks is shown, and what becomes of it in the end."""

from dataclasses import dataclass, field
from enum import Enum

from django.apps import apps
from django.db.models import QuerySet


class Then(Enum):
    """What becomes of a row when the account is erased."""

    NOBODY = "stays, as done by somebody who has left"
    CLEAR = "stays, and does not say who"
    DELETE = "is deleted"


@dataclass(frozen=True)
class Tie:
    """A field that names an account. `shows` are the fields of a copy for whoever asks, `also` what else changes."""

    name: str
    model: str
    by: str
    then: Then
    shows: tuple[str, ...]
    also: dict = field(default_factory=dict)

    def rows(self, person) -> QuerySet:
        """Give what hangs on somebody's account."""
        return apps.get_model(self.model)._base_manager.filter(**{self.by: person}).order_by("pk")


# Every field of every table that names an account: a test finds those that are missing.
TIES = (
    Tie("groups", "auth.User_groups", "user", Then.DELETE, ("group__name",)),
    Tie("rights of their own", "auth.User_user_permissions", "user", Then.DELETE, ("permission__codename",)),
    Tie(
        "settings", "wagtailusers.UserProfile", "user", Then.DELETE,
        (
            "preferred_language", "current_time_zone", "avatar", "theme", "contrast", "density",
            "keyboard_shortcuts", "submitted_notifications", "approved_notifications",
            "rejected_notifications", "updated_comments_notifications", "dismissibles",
        ),
    ),
    Tie(
        "second step at login", "otp_totp.TOTPDevice", "user", Then.DELETE,
        ("name", "confirmed", "created_at", "last_used_at"),
    ),
    Tie("backup codes", "accounts.BackupCodes", "user", Then.DELETE, ("name", "throttling_failure_timestamp")),
    Tie(
        "pages owned", "wagtailcore.Page", "owner", Then.CLEAR,
        ("title", "locale__language_code", "url_path", "live", "first_published_at", "last_published_at"),
    ),
    Tie(
        "pages locked", "wagtailcore.Page", "locked_by", Then.CLEAR, ("title", "url_path", "locked_at"),
        # Nobody else could unlock it.
        also={"locked": False, "locked_at": None},
    ),
    Tie("versions written", "wagtailcore.Revision", "user", Then.NOBODY, ("object_str", "object_id", "created_at")),
    Tie("log of pages", "wagtailcore.PageLogEntry", "user", Then.NOBODY, ("label", "action", "timestamp")),
    Tie("log of other things", "wagtailcore.ModelLogEntry", "user", Then.NOBODY, ("label", "action", "timestamp")),
    Tie(
        "reviews asked for", "wagtailcore.WorkflowState", "requested_by", Then.NOBODY,
        ("workflow__name", "object_id", "status", "created_at"),
    ),
    Tie(
        "reviews done", "wagtailcore.TaskState", "finished_by", Then.NOBODY,
        ("task__name", "revision__object_str", "status", "comment", "finished_at"),
    ),
    Tie(
        "comments", "wagtailcore.Comment", "user", Then.NOBODY, ("page__title", "text", "created_at", "updated_at")
    ),
    Tie("comments closed", "wagtailcore.Comment", "resolved_by", Then.NOBODY, ("page__title", "resolved_at")),
    Tie(
        "replies to comments", "wagtailcore.CommentReply", "user", Then.NOBODY,
        ("comment__page__title", "text", "created_at", "updated_at"),
    ),
    Tie(
        "pages whose comments are mailed", "wagtailcore.PageSubscription", "user", Then.DELETE,
        ("page__title", "comment_notifications"),
    ),
    Tie("pictures uploaded", "wagtailimages.Image", "uploaded_by_user", Then.CLEAR, ("title", "file", "created_at")),
    Tie("files uploaded", "wagtaildocs.Document", "uploaded_by_user", Then.CLEAR, ("title", "file", "created_at")),
    Tie("uploads not finished", "wagtailcore.UploadedFile", "uploaded_by_user", Then.DELETE, ("file",)),
    Tie("editors open now", "wagtailadmin.EditingSession", "user", Then.DELETE, ("object_id", "last_seen_at")),
    Tie("previews", "wagtailadmin.FormState", "user", Then.DELETE, ("object_id", "last_updated_at", "data")),
    Tie(
        "documents brought in", "imports.Import", "user", Then.DELETE,
        ("name", "made_at", "changed_at", "finished_at"),
    ),
    Tie("links to drafts", "drafts.DraftLink", "made_by", Then.CLEAR, ("page__title", "made_at", "until", "uses")),
    # Whom they have invited is somebody else's.
    Tie("invitations made", "accounts.Invitation", "made_by", Then.CLEAR, ("made_at", "until", "accepted_at")),
    Tie("changes that wait to be published", "cms.Change", "user", Then.CLEAR, ("kind", "made_at")),
    Tie("words taken back for others", "toolkit.Withdrawal", "made_by", Then.CLEAR, ("kind", "made_at")),
    Tie("languages added", "toolkit.Language", "user", Then.CLEAR, ("name", "made_at")),
    Tie("changes of originals", "toolkit.SourceChange", "user", Then.CLEAR, ("key", "minor", "made_at")),
    Tie(
        "things translated", "toolkit.ThingStanding", "user", Then.CLEAR,
        ("title", "locale__language_code", "translated_at"),
    ),
    Tie(
        "texts translated", "wagtail_localize.StringTranslation", "last_translated_by", Then.CLEAR,
        ("data", "locale__language_code", "created_at", "updated_at"),
    ),
    Tie(
        "pictures and files chosen in translations", "wagtail_localize.SegmentOverride", "last_translated_by",
        Then.CLEAR, ("data_json", "locale__language_code", "created_at", "updated_at"),
    ),
    Tie(
        "warnings about translations answered", "toolkit.Dismissal", "user", Then.CLEAR,
        ("check_name", "words", "reason", "made_at"),
    ),
    Tie("translations proposed in files", "toolkit.Proposal", "user", Then.CLEAR, ("words", "made_at")),
    Tie(
        "words of the site", "toolkit.Wording", "user", Then.CLEAR,
        ("source", "draft", "public", "locale__language_code", "made_at"),
    ),
)  # fmt: skip
