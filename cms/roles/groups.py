"""The groups of everybody but translators: their names, and their rights."""

from dataclasses import dataclass

EDITORS = "Editors"
REVIEWERS = "Lived-experience reviewers"
PUBLISHERS = "Publishers"
KEEPERS = "Consent keepers"


@dataclass(frozen=True)
class Role:
    """What a group may do. `rights` are Django's, as "app.codename"; the others are Wagtail's.

    `on_site` holds on all pages of the source language, `on_credits` on quotes and ideas alone; `files`, on pictures
    and documents.
    """

    rights: tuple[str, ...] = ()
    on_site: tuple[str, ...] = ()
    on_credits: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


# What whoever writes may do, and so whoever publishes.
WRITING = (
    "wagtailadmin.access_admin",
    "imports.add_import",
    "offers.moderate_offers",
    "reports.view_reports",
    "plain_language.view_plain_language_report",
    "plain_language.add_plainword",
    "plain_language.change_plainword",
)
ROLES = {
    EDITORS: Role(
        rights=WRITING,
        on_site=("add_page", "change_page"),
        files=("add", "choose"),
    ),
    REVIEWERS: Role(rights=("wagtailadmin.access_admin", "reports.view_reports")),
    PUBLISHERS: Role(
        rights=(*WRITING, "plain_language.delete_plainword"),
        on_site=("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
        files=("add", "change", "choose"),
    ),
    KEEPERS: Role(
        rights=("wagtailadmin.access_admin", "toolkit.keep_consent"),
        on_credits=("change_page",),
    ),
}
# The groups that Wagtail brings: whoever is in them keeps their work.
OF_WAGTAIL = {"Editors": EDITORS, "Moderators": PUBLISHERS}
