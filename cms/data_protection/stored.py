"""What is kept about people: the one table. Each field of each table of the database has a line here, and each file.

A field that says something about somebody stands in an Item; every other one in NOT_ABOUT_PEOPLE. A test fails where
a field has no line, or stands in two.
"""

from cms.data_protection import retention as kept
from cms.data_protection.record import File, Item, Person

EDITOR, TRANSLATOR, QUOTED = Person.EDITOR, Person.TRANSLATOR, Person.QUOTED
PARTICIPANT, READER, RECEIVER = Person.PARTICIPANT, Person.READER, Person.RECEIVER

ADMINISTRATORS = "Administrators, and themselves"
ERASED = "An administrator: `manage.py erase_person`, or Delete under Users in the admin."

ITEMS = (
    Item(
        "Account",
        (EDITOR, TRANSLATOR),
        what="User name, name, e-mail address, groups and rights, when the account was made and last used, a digest "
        "of the password; the language, time zone and look of the admin that they chose, a picture of them if they "
        "put one there, which mails they want.",
        why="So that they can log in, do what their role allows, and be told what waits for them.",
        seen=f"{ADMINISTRATORS}; the name, everybody in the admin.",
        kept=(kept.WITH_ACCOUNT,),
        ends=ERASED,
        fields={
            "auth.User": "username first_name last_name email password is_active is_staff is_superuser date_joined "
            "last_login",
            "auth.User_groups": "user group",
            "auth.User_user_permissions": "user permission",
            "wagtailusers.UserProfile": "user avatar preferred_language current_time_zone theme contrast density "
            "keyboard_shortcuts dismissibles submitted_notifications approved_notifications rejected_notifications "
            "updated_comments_notifications",
        },
        files=("media/avatar_images/",),
    ),
    Item(
        "Invitation",
        (EDITOR, TRANSLATOR),
        what="The name and e-mail address of somebody who is invited, their language and groups, who invited them "
        "and when; of the link, a digest.",
        why="So that somebody gets an account without anybody else knowing their password.",
        seen="Administrators, and others who may invite people.",
        kept=(kept.INVITATION,),
        ends="The worker; before, whoever may invite people, or `manage.py erase_person`.",
        fields={
            "accounts.Invitation": "email first_name last_name language is_superuser made_by made_at until "
            "accepted_at taken_back_at digest",
            "accounts.Invitation_groups": "invitation group",
        },
    ),
    Item(
        "Second step at login",
        (EDITOR, TRANSLATOR),
        what="The key that an authenticator app shares with the site, when it was last used, wrong codes and when; "
        "digests of the backup codes.",
        why="So that a password alone lets nobody into an account on which much depends.",
        seen="Nobody.",
        kept=(kept.WITH_ACCOUNT,),
        ends="They themselves in their account, or an administrator (`manage.py reset_two_factor`).",
        fields={
            "otp_totp.TOTPDevice": "user name key confirmed created_at last_used_at last_t drift "
            "throttling_failure_timestamp throttling_failure_count",
            "accounts.BackupCodes": "user name confirmed throttling_failure_timestamp throttling_failure_count",
            "accounts.BackupCode": "device digest",
        },
    ),
    Item(
        "Being logged in",
        (EDITOR, TRANSLATOR),
        what="A session: whose it is, when it began and ends, messages that were not shown yet. The browser keeps "
        "two cookies for it, `sessionid` and `csrftoken`. Readers get neither.",
        why="So that the site knows that it is still them.",
        seen="Nobody.",
        kept=(kept.SESSION,),
        ends="Logging out, or the worker.",
        fields={"sessions.Session": "session_key session_data expire_date"},
    ),
    Item(
        "Wrong passwords",
        (EDITOR, TRANSLATOR),
        what="The user name that was given, the network address, the time and how often. No password, no browser.",
        why="So that nobody can find a password by trying.",
        seen="Nobody.",
        kept=(kept.WRONG_PASSWORD,),
        ends="The worker, or the right password.",
        fields={"axes.AccessAttempt": "username ip_address attempt_time failures_since_start"},
    ),
    Item(
        "Who did what",
        (EDITOR, TRANSLATOR),
        what="Who wrote each version of a page, made, locked, published or deleted it, and when; who asked for a "
        "review and what the reviewer said; comments and answers; whose pictures and files; who shared a draft, took "
        "words back, added a language; who gets mails about comments.",
        why="So that a mistake can be found and undone, and two people can be shown to have agreed.",
        seen="Everybody in the admin who can come to the page.",
        kept=(kept.HISTORY, kept.DRAFT_LINK),
        ends="With the account the name goes; what was done stays, as done by “Somebody who has left”.",
        fields={
            "wagtailcore.Revision": "user created_at",
            "wagtailcore.Page": "owner locked_by locked_at",
            "wagtailcore.PageLogEntry": "user timestamp action label data",
            "wagtailcore.ModelLogEntry": "user timestamp action label data",
            "wagtailcore.WorkflowState": "requested_by created_at",
            "wagtailcore.TaskState": "finished_by finished_at comment",
            "wagtailcore.Comment": "user text created_at updated_at resolved_by resolved_at",
            "wagtailcore.CommentReply": "user text created_at updated_at",
            "wagtailcore.PageSubscription": "user page comment_notifications",
            "wagtailimages.Image": "uploaded_by_user created_at",
            "wagtaildocs.Document": "uploaded_by_user created_at",
            "drafts.DraftLink": "made_by made_at last_used_at uses",
            "toolkit.Withdrawal": "made_by",
            "toolkit.Language": "user made_at",
            "cms.Change": "user made_at",
        },
    ),
    Item(
        "While somebody writes",
        (EDITOR, TRANSLATOR),
        what="Who has which editor open; what they have written, for the preview beside it; files that are uploaded "
        "and not saved yet.",
        why="So that two people do not write over each other, and the preview shows what is not saved.",
        seen="That somebody has it open, whoever opens the same page; the rest, nobody else.",
        kept=(kept.SCREEN,),
        ends="The worker, and the admin itself.",
        fields={
            "wagtailadmin.EditingSession": "user last_seen_at is_editing object_id",
            "wagtailadmin.FormState": "user data object_id parent_object_id last_updated_at",
            "wagtailcore.UploadedFile": "uploaded_by_user file",
        },
        files=("media/wagtail_uploads/",),
    ),
    Item(
        "Documents brought in",
        (EDITOR, QUOTED),
        what="The document itself, who brought it in and when, its paragraphs and what each was taken for, also "
        "people's words and names that stand in it.",
        why="So that an existing text becomes drafts.",
        seen="Whoever brought it in, and administrators.",
        kept=(kept.IMPORT,),
        ends="The worker, or whoever brought it in; words that are taken back go at once.",
        fields={
            "imports.Import": "user name original made_at changed_at finished_at report",
            "imports.Paragraph": "source mark credit year",
        },
    ),
    Item(
        "Who translated what",
        (TRANSLATOR,),
        what="Who wrote each translation last and when; what they answered to a warning and proposed in a file; who "
        "changed an original.",
        why="So that a reviewer knows whom to ask.",
        seen="Those who translate into that language, and those who look after all.",
        kept=(kept.WITH_TRANSLATION,),
        ends="With the account the name goes; the words stay.",
        fields={
            "wagtail_localize.StringTranslation": "last_translated_by created_at updated_at",
            "wagtail_localize.SegmentOverride": "last_translated_by created_at updated_at",
            "toolkit.ThingStanding": "user translated_at",
            "toolkit.SourceChange": "user made_at",
            "toolkit.Dismissal": "user reason made_at",
            "toolkit.Proposal": "user words made_at",
            "toolkit.Wording": "user made_at",
        },
    ),
    Item(
        "Words and names",
        (QUOTED,),
        what="A person's words, how they want to be named, their name or role, the year, thanks; for ideas, who made "
        "them. In every language, in every version, and as translators and the admin's search have it.",
        why="They are what the toolkit is made of: lived experience, with credit.",
        seen="Everybody, once it is public; before, those in the admin who may edit or review it.",
        kept=(kept.WITH_PAGE, kept.CONSENT),
        ends="A keeper of consent: “Take back” under Consent in the admin, in every language, version and release.",
        fields={
            "toolkit.Quote": "naming name year thanks words kind original_language",
            "toolkit.IdeaCredit": "naming name year thanks",
            "toolkit.Idea": "source source_url",
            "wagtailcore.Revision": "content object_str",
            "wagtail_localize.String": "data",
            "wagtail_localize.StringTranslation": "data field_error",
            "wagtail_localize.SegmentOverride": "data_json field_error",
            "wagtail_localize.OverridableSegment": "data_json",
            "wagtail_localize.StringSegment": "attrs",
            "wagtail_localize.Template": "template",
            "wagtail_localize.TranslationSource": "object_repr content_json",
            "toolkit.ThingStanding": "title",
            "toolkit.Dismissal": "words",
            "wagtailsearch.IndexEntry": "autocomplete title body title_text body_text",
            "wagtailsearch.SQLiteFTSIndexEntry": "autocomplete title body",
            "plain_language.FoundOnPage": "words figures",
        },
        files=("releases/",),
    ),
    Item(
        "Consent",
        (QUOTED,),
        what="Whether somebody was asked and said yes, when, to what, until when, and a private note about it.",
        why="To show that somebody agreed, and to whom to speak when it runs out.",
        seen="Keepers of consent, and those who may edit the page. It is never public.",
        kept=(kept.CONSENT,),
        ends="With the words.",
        fields={
            "toolkit.Quote": "consent consent_date consent_until consent_scope consent_note",
            "toolkit.IdeaCredit": "consent consent_date consent_until consent_scope consent_note",
            "consent.Reminder": "key until sent_at",
        },
    ),
    Item(
        "Texts, pictures and files of the toolkit",
        (QUOTED,),
        what="What editors have written and uploaded: it may name or show somebody.",
        why="It is the toolkit.",
        seen="Everybody, once it is public; before, those in the admin.",
        kept=(kept.WITH_PAGE,),
        ends="Editors and publishers, in the admin.",
        fields={
            "wagtailcore.Page": "title draft_title slug url_path seo_title search_description",
            **dict.fromkeys(
                (
                    "toolkit.EasyRead", "toolkit.Glossary", "toolkit.Guide", "toolkit.Home", "toolkit.Idea",
                    "toolkit.Lake", "toolkit.Mark", "toolkit.Stage", "toolkit.Voices",
                ),
                "summary body",
            ),
            "toolkit.Term": "meaning",
            "toolkit.PageChange": "parts added",
            "wagtailimages.Image": "title description file",
            "wagtailimages.Rendition": "file",
            "wagtaildocs.Document": "title file",
            "taggit.Tag": "name slug",
        },
        files=("media/", "releases/"),
    ),
    Item(
        "What was taken back",
        (QUOTED,),
        what="The key of a quote or credit and keyed digests of its words, none of the words; the day, and where "
        "they were found.",
        why="So that no backup, rollback or import brings them back.",
        seen="Keepers of consent.",
        kept=(kept.FOR_GOOD,),
        ends="Nobody.",
        fields={
            "toolkit.Withdrawal": "key kind code page_keys blobs made_at finished_at report",
            "toolkit.WithdrawnPassage": "withdrawal digest",
        },
        files=("releases/withdrawn.json",),
    ),
    Item(
        "What was deleted for good",
        (PARTICIPANT, READER),
        what="The key of a board, of somebody who left one, of single scores or of an offer, and until when a backup "
        "may still have it; nothing of what was in it.",
        why="So that no backup brings it back.",
        seen="Nobody.",
        kept=(kept.ERASURE,),
        ends="The worker.",
        fields={"toolkit.Erasure": "what key until"},
        files=("releases/withdrawn.json",),
    ),
    Item(
        "Who was erased",
        (EDITOR, TRANSLATOR),
        what="Keyed digests of an account's number and e-mail address, and the day. No name.",
        why="So that no backup brings them back.",
        seen="Nobody.",
        kept=(kept.FOR_GOOD,),
        ends="Nobody.",
        fields={"data_protection.ErasedAccount": "account email erased_at"},
        files=("releases/erased.json",),
    ),
    Item(
        "Boards",
        (PARTICIPANT,),
        what="What a group writes and scores: marks, scores, what they agreed on and why, other views, notes; a name "
        "where somebody gives one; in which language they read, and when they did it. Of links and codes, digests. "
        "No account, no address, no cookie.",
        why="So that a group can score together, and compare later.",
        seen="Whoever has a link to the board; single scores, nobody but their owner before the group shows them. "
        "Administrators see no board.",
        kept=(kept.BOARD,),
        ends="The worker on its day; before, its keeper. People can take their own answers back. "
        "`manage.py boards LINK --erase` does it for those who ask.",
        fields={
            "scoring.Board": "title locale join_number join_digest keep_digest is_open code_number code_digest "
            "code_until made_at changed_at ends_on",
            "scoring.Participant": "board digest name locale joined_at",
            "scoring.Mark": "title locale",
            "scoring.Round": "started_at asked_by shown_at",
            "scoring.RoundMark": "forgotten_at lowest highest count not_yet not_relevant",
            "scoring.Score": "participant round_mark score without",
            "scoring.AgreedScore": "score without why locale",
            "scoring.Dissent": "participant score text locale made_at",
            "scoring.Note": "participant kind text locale made_at",
        },
    ),
    Item(
        "Changes of a board",
        (PARTICIPANT,),
        what="The random name of each change that a device has sent, and when.",
        why="So that what is sent twice on a bad connection is not made twice.",
        seen="Nobody.",
        kept=(kept.WRITE,),
        ends="The worker.",
        fields={"scoring.Write": "board name made_at"},
    ),
    Item(
        "Feedback",
        (READER,),
        what="Which page somebody read, in which language and version, whether it was clear, what was hard, and the "
        "day. No account, no address, no time of day.",
        why="So that editors know what to make clearer.",
        seen="Those who may see the reports.",
        kept=(kept.FEEDBACK,),
        ends="The worker; whoever wrote it, by a button, for a day; publishers, of texts about their pages.",
        fields={"feedback.Answer": "page locale release is_clear words day"},
    ),
    Item(
        "Offers",
        (READER, QUOTED),
        what="What somebody offers, how they want to be named, their name if they do, the sentence that they agreed "
        "to, when; what became of it and why. Of their link, a digest. No address.",
        why="So that anybody can give something to the toolkit, and take it back.",
        seen="Those who decide on offers.",
        kept=(kept.OFFER,),
        ends="Whoever offered it, by their link; those who decide; the worker.",
        fields={
            "offers.Offer": "digest what title words about language naming name agreed from_board state made_at "
            "decided_at reason page",
        },
    ),
    Item(
        "How often a network asks",
        (READER, PARTICIPANT),
        what="A keyed digest that stands for a network, and until when its share is used up. Not the address.",
        why="So that nobody can keep others from reading, guess codes of boards, or send offers by the thousand.",
        seen="Nobody.",
        kept=(kept.NETWORK,),
        ends="The worker, and each server by itself. Anybody may delete the file.",
        fields={},
        files=("limits.sqlite3",),
    ),
    Item(
        "Where releases are announced",
        (RECEIVER,),
        what="The address of a server, the secret that both share, and when it was added.",
        why="So that other sites learn what has changed.",
        seen="Administrators.",
        kept=(kept.SUBSCRIBER,),
        ends="An administrator, under Webhooks in the admin.",
        fields={"webhooks.Subscriber": "url secret active created_at"},
    ),
    Item(
        "What was announced",
        (RECEIVER, QUOTED),
        what="Each message, with titles and addresses of pages, when it was sent, and what the answer was.",
        why="So that a message that did not arrive is sent again, and can be looked up.",
        seen="Administrators.",
        kept=(kept.DELIVERY,),
        ends="The worker; titles that are taken back go at once.",
        fields={
            "webhooks.Delivery": "subscriber message release body state attempts created_at next_at tried_at "
            "ended_at status problem",
        },
    ),
    Item(
        "What went wrong",
        (EDITOR, QUOTED),
        what="Errors of publishing and of the worker, which may name a page or quote what broke; the worker's log. "
        "Tokens are masked; nothing writes names or addresses of people there on purpose.",
        why="So that somebody can mend it.",
        seen="Administrators, and whoever runs the server.",
        kept=(kept.TASK, kept.LOG),
        ends="The next publish, the worker, the next start.",
        fields={
            "cms.Publisher": "error",
            "cms.Failure": "title reason",
            "django_tasks_database.DBTaskResult": "args_kwargs return_value exception_class_path traceback",
        },
        files=("worker.log",),
    ),
    Item(
        "Tables that stay empty",
        (EDITOR, READER),
        what="Tables that libraries bring and this software does not write to: forms of Wagtail, embedded media, and "
        "two logs of logins and the rest of a third, with browser and page.",
        why="They come with the libraries.",
        seen="Nobody.",
        kept=(kept.INSTALLATION,),
        ends="Nothing to delete.",
        fields={
            "wagtailforms.FormSubmission": "form_data page submit_time",
            "wagtailembeds.Embed": "url max_width hash type html title author_name provider_name thumbnail_url width "
            "height last_updated cache_until",
            "axes.AccessAttempt": "user_agent http_accept path_info get_data post_data",
            "axes.AccessAttemptExpiration": "access_attempt expires_at",
            "axes.AccessFailureLog": "user_agent ip_address username http_accept path_info attempt_time locked_out",
            "axes.AccessLog": "user_agent ip_address username http_accept path_info attempt_time logout_time "
            "session_hash",
        },
    ),
)  # fmt: skip

# Below the data folder. What another pattern begins with is a part of it that has a line of its own.
FILES = (
    File("db.sqlite3", "The database, where it is not PostgreSQL: all tables named here.", kept.INSTALLATION),
    File("secret-key", "The key that digests, sessions and links are made with. About nobody.", kept.INSTALLATION),
    File("limits.sqlite3", "How often a network asks, as keyed digests.", kept.NETWORK),
    File("worker.log", "What the worker had to say.", kept.LOG),
    File("media/", "Pictures and files that editors have uploaded, and sizes of them.", kept.WITH_PAGE),
    File("media/avatar_images/", "Pictures of editors, if they put one there.", kept.WITH_ACCOUNT),
    File("media/wagtail_uploads/", "Files that are uploaded and not saved yet.", kept.SCREEN),
    File("releases/", "What readers see, now and before, with the index of the search.", kept.RELEASE),
    File("releases/withdrawn.json", "What was taken back: keys and keyed digests.", kept.FOR_GOOD),
    File("releases/erased.json", "Whose accounts were erased: keyed digests.", kept.FOR_GOOD),
    File("restoring/", "What a restore has set aside, until it has ended.", kept.RESTORE),
    File("counts/", "What the processes count for `/metrics`. About nobody.", kept.INSTALLATION),
    File("deployment/", "The lock of whoever brings the database up to date. About nobody.", kept.INSTALLATION),
    File("draining", "Says that this server is about to stop. About nobody.", kept.INSTALLATION),
    File("static/", "Stylesheets and scripts of the admin. About nobody.", kept.INSTALLATION),
)

# What others keep because of this site: no command of ours reaches it.
ELSEWHERE = (
    ("The server in front (nginx, Caddy, a CDN)", "its log of requests, with network addresses; you set how long"),
    ("The mail server", "invitations, new passwords, reminders and notices, with names and e-mail addresses"),
    (
        "Backups",
        "all of the database and the files, as they were on that day; without a choice of yours, the newest "
        "14, one for each of 8 weeks and one for each of 6 months are kept",
    ),
    ("A shared storage (S3), if there is one", "releases, and the two records of what was taken back and erased"),
    ("A translating machine, if there is one", "texts that a translator sends there; never quotes"),
    ("Receivers of webhooks", "titles and addresses of public pages"),
    ("Readers' devices", "what they chose under “Text and colours”, pages that they keep, what waits to be sent"),
)

# Everything else in the database: numbers of rows, order, structure, settings of the site.
NOT_ABOUT_PEOPLE = {
    "accounts.BackupCode": "id",
    "accounts.BackupCodes": "id",
    "accounts.Invitation": "id",
    "accounts.Invitation_groups": "id",
    "auth.Group": "id name",
    "auth.Group_permissions": "id group permission",
    "auth.Permission": "id name content_type codename",
    "auth.User": "id",
    "auth.User_groups": "id",
    "auth.User_user_permissions": "id",
    "axes.AccessAttempt": "id",
    "axes.AccessFailureLog": "id",
    "axes.AccessLog": "id",
    "cms.AgreementTask": "task_ptr",
    "cms.AgreementTask_groups": "id agreementtask group",
    "cms.Change": "id kind key object_id in_tree",
    "cms.Failure": "id target page_id since tries tried_at",
    "cms.Publisher": "id owner expires_at release manifest succeeded_at failed_at failures worker_seen_at publishes "
    "failed_publishes publish_seconds last_seconds",
    "consent.Reminder": "id",
    "contenttypes.ContentType": "id app_label model",
    "data_protection.ErasedAccount": "id",
    "django_tasks_database.DBTaskResult": (
        "id status enqueued_at started_at finished_at priority task_path worker_ids queue_name backend_name run_after"
    ),
    "drafts.DraftLink": "id digest page version until revoked_at",
    "feedback.Answer": "id",
    "imports.Import": "id suffix locale stage",
    "imports.Paragraph": "id document place number bullet guessed doubt looked_at kind quote_kind credits",
    "offers.Offer": "id",
    "otp_totp.TOTPDevice": "id step t0 digits tolerance",
    "plain_language.CheckedPage": "page stamp lix longest",
    "plain_language.FoundOnPage": "id checked number code place",
    "plain_language.PlainWord": "id locale word plain note compared",
    "reports.OutsideLink": "id digest address checked_at status trouble",
    "scoring.AgreedScore": "id round_mark version",
    "scoring.Board": "answered id version",
    "scoring.Dissent": "id round_mark version",
    "scoring.Mark": "id board place code",
    "scoring.Note": "id round_mark version",
    "scoring.Participant": "id version",
    "scoring.Round": "id board number",
    "scoring.RoundMark": "id round mark wording",
    "scoring.Score": "id",
    "scoring.Write": "id",
    "taggit.Tag": "id",
    "taggit.TaggedItem": "id tag content_type object_id",
    "toolkit.Dismissal": "id translation check_name",
    "toolkit.EasyRead": "page_ptr code translated_from minor_edit",
    "toolkit.Glossary": "page_ptr code translated_from minor_edit",
    "toolkit.Guide": "page_ptr code translated_from minor_edit",
    "toolkit.Home": (
        "page_ptr code translated_from minor_edit prompt_meaning prompt_ladders prompt_snakes prompt_score"
    ),
    "toolkit.Idea": (
        "page_ptr code translated_from minor_edit kind serves time group_size minutes people_from people_to setting"
    ),
    "toolkit.IdeaCredit": "id translation_key locale sort_order idea",
    "toolkit.Lake": "page_ptr code translated_from minor_edit",
    "toolkit.Language": "id code name own_name rtl",
    "toolkit.Mark": "page_ptr code translated_from minor_edit",
    "toolkit.PageChange": "id page day minor",
    "toolkit.Proposal": "id key locale path digest",
    "toolkit.Quote": "page_ptr code translated_from minor_edit",
    "toolkit.SourceChange": "id key locale steps minor",
    "toolkit.Stage": "page_ptr code translated_from minor_edit",
    "toolkit.Term": "page_ptr code translated_from minor_edit",
    "toolkit.ThingStanding": (
        "id key locale source_locale type path state texts words done_words changed minor missing machine unpublished"
    ),
    "toolkit.Voices": "page_ptr code translated_from minor_edit",
    "toolkit.Erasure": "id",
    "toolkit.Withdrawal": "id",
    "toolkit.WithdrawnPassage": "id",
    "toolkit.Wording": "id locale digest context source draft public",
    "wagtail_localize.LocaleSynchronization": "id locale sync_from",
    "wagtail_localize.OverridableSegment": "id source context order",
    "wagtail_localize.RelatedObjectSegment": "id source context order object",
    "wagtail_localize.SegmentOverride": "id locale context has_error",
    "wagtail_localize.String": "id locale data_hash",
    "wagtail_localize.StringSegment": "id source context order string",
    "wagtail_localize.StringTranslation": "id translation_of locale context translation_type tool_name has_error",
    "wagtail_localize.Template": "id uuid template_format string_count",
    "wagtail_localize.TemplateSegment": "id source context order template",
    "wagtail_localize.TranslatableObject": "translation_key content_type",
    "wagtail_localize.Translation": (
        "id uuid source target_locale created_at translations_last_updated_at destination_last_updated_at enabled"
    ),
    "wagtail_localize.TranslationContext": "id object path_id path field_path",
    "wagtail_localize.TranslationLog": "id source locale created_at revision",
    "wagtail_localize.TranslationSource": (
        "id object specific_content_type locale schema_version created_at last_updated_at"
    ),
    "wagtailadmin.Admin": "id",
    "wagtailadmin.EditingSession": "id content_type",
    "wagtailadmin.FormState": "id content_type",
    "wagtailcore.Collection": "id path depth numchild name",
    "wagtailcore.CollectionViewRestriction": "id restriction_type password collection",
    "wagtailcore.CollectionViewRestriction_groups": "id collectionviewrestriction group",
    "wagtailcore.Comment": "id page contentpath position revision_created",
    "wagtailcore.CommentReply": "id comment",
    "wagtailcore.GroupApprovalTask": "task_ptr",
    "wagtailcore.GroupApprovalTask_groups": "id groupapprovaltask group",
    "wagtailcore.GroupCollectionPermission": "id group collection permission",
    "wagtailcore.GroupPagePermission": "id group page permission",
    "wagtailcore.GroupSitePermission": "id group site permission",
    "wagtailcore.Locale": "id language_code",
    "wagtailcore.ModelLogEntry": "id content_type uuid revision content_changed deleted object_id",
    "wagtailcore.Page": (
        "id path depth numchild translation_key locale latest_revision live has_unpublished_changes "
        "first_published_at last_published_at live_revision go_live_at expire_at expired locked content_type "
        "show_in_menus latest_revision_created_at alias_of"
    ),
    "wagtailcore.PageLogEntry": "id content_type uuid revision content_changed deleted page",
    "wagtailcore.PageSubscription": "id",
    "wagtailcore.PageViewRestriction": "id restriction_type password page",
    "wagtailcore.PageViewRestriction_groups": "id pageviewrestriction group",
    "wagtailcore.ReferenceIndex": (
        "id content_type base_content_type object_id to_content_type to_object_id model_path content_path "
        "content_path_hash"
    ),
    "wagtailcore.Revision": "id content_type base_content_type object_id approved_go_live_at",
    "wagtailcore.Site": "id hostname port site_name root_page is_default_site",
    "wagtailcore.Task": "id name content_type active",
    "wagtailcore.TaskState": "id workflow_state revision task status started_at content_type",
    "wagtailcore.UploadedFile": "id for_content_type",
    "wagtailcore.Workflow": "id name active",
    "wagtailcore.WorkflowContentType": "content_type workflow",
    "wagtailcore.WorkflowPage": "page workflow",
    "wagtailcore.WorkflowState": "id content_type base_content_type object_id workflow status current_task_state",
    "wagtailcore.WorkflowTask": "id sort_order workflow task",
    "wagtaildocs.Document": "id collection file_size file_hash",
    "wagtailembeds.Embed": "id",
    "wagtailforms.FormSubmission": "id",
    "wagtailimages.Image": (
        "id collection width height focal_point_x focal_point_y focal_point_width focal_point_height file_size "
        "file_hash"
    ),
    "wagtailimages.Rendition": "id filter_spec width height focal_point_key image",
    "wagtailsearch.IndexEntry": "id content_type object_id title_norm",
    "wagtailsearch.SQLiteFTSIndexEntry": "index_entry",
    "wagtailusers.UserProfile": "id",
    "webhooks.Delivery": "id",
    "webhooks.Subscriber": "id",
}
