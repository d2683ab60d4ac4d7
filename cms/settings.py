"""All settings, from the environment; what is not set suits one small server."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured
from environs import Env, validate

from cms import addresses
from cms.safety import Chosen, refusals
from cms.secret_key import kept_secret_key
from cms.storages import releases_storage, uploads_storage

env = Env()

BASE_DIR = Path(__file__).parent.parent
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "data").absolute()

HOST, PORT = env.str("HOST", "127.0.0.1"), env.int("PORT", 8000)
SITE_URL = addresses.site_url(env.str("SITE_URL", f"http://localhost:{PORT}"))
SITE_NAME = "The mark of co-production"
IS_HTTPS = urlsplit(SITE_URL).scheme == "https"
# For a group in a network of its own, such as that of a village hall. Everybody there can read what is sent.
ALLOW_HTTP = env.bool("ALLOW_HTTP", False)
# Shows settings and code to whoever causes an error.
DEBUG = env.bool("DEBUG", False)
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    TemporaryFile(dir=DATA_DIR).close()
    SECRET_KEY = env.str("SECRET_KEY", None) or kept_secret_key(DATA_DIR)
    SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
except OSError as error:
    reason = f"the data folder cannot be written ({error}). Choose another one: DATA_DIR=/path/to/folder"
    raise ImproperlyConfigured(reason) from error
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", [urlsplit(SITE_URL).hostname, "localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "cms",
    "cms.start",
    "cms.undo",
    "cms.webhooks",
    "cms.drafts",
    "cms.consent",
    "cms.offers",
    "cms.imports",
    "cms.reports",
    "cms.uploads",
    "cms.plain_language",
    "cms.accounts",
    "cms.doctor",
    "cms.data_protection",
    "cms.strict_admin",
    "api",
    "api.scoring",
    "api.offers",
    "api.feedback",
    "toolkit",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.accounts.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "rest_framework",
    "drf_spectacular",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.observing.current.name_request",
    "cms.middleware.put_security_headers",
    "cms.middleware.answer_about_health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.LanguageFromPath",
    "cms.middleware.ask_to_wait",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cms.accounts.middleware.guard_admin",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.publish_after_request",
    "cms.nonsense.RefuseNonsense",
    "cms.middleware.TellWhatToMend",
    "cms.plain_language.beside.PanelBesideEditor",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Databases -------------------------------------------------------------------------------------------------

DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "db.sqlite3"}}
if env.str("DATABASE_URL", ""):
    DATABASES = {"default": addresses.database(env.str("DATABASE_URL"))}
    if "postgresql" in DATABASES["default"]["ENGINE"]:
        # In seconds, and milliseconds for the last. A host that is off the network would hold up each request for two
        # minutes; where there is a connection, for a quarter of an hour, or for hours while it waits for an answer.
        patience = {"connect_timeout": 5, "keepalives_idle": 5, "keepalives_interval": 5, "tcp_user_timeout": 10_000}
        DATABASES["default"]["OPTIONS"] = patience | DATABASES["default"].get("OPTIONS", {})
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Asked for a file that is not there, SQLite makes an empty one. Only `migrate` may: while the file is away to be
    # put back, an empty one in its place would be taken for the real one.
    if DATABASES["default"]["NAME"] != ":memory:":
        DATABASES["default"]["NAME"] = f"{Path(DATABASES['default']['NAME']).absolute().as_uri()}?mode=rw"
    # Before 3.51.3, SQLite's write-ahead log could corrupt a database that several connections write to.
    journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"
    DATABASES["default"]["ENGINE"] = "cms.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": f"PRAGMA journal_mode={journal}; PRAGMA foreign_keys=ON;",
    }

# In seconds. To connect takes longer than to answer most questions.
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# --- Languages -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"),
    ("cy", "Welsh"),
    ("ar", "Arabic"),
    ("es", "Spanish"),
]
# Where readers of a language find what is not translated into it, before the source, such as {"gd": ["ga"]}. Without
# an entry, es-mx falls back to es.
LOCALE_FALLBACKS = env.json("LOCALE_FALLBACKS", {})
# A machine that suggests translations: one of wagtail-localize's classes, and its options as JSON. Without it, no
# text leaves this server.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
if env.str("MACHINE_TRANSLATOR", ""):
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": env.str("MACHINE_TRANSLATOR"),
        "OPTIONS": env.json("MACHINE_TRANSLATOR_OPTIONS", {}),
    }
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# A page that is sent to translation becomes a draft; by default, a copy in the source's words would go live.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# By default, to delete the last translation of a page forgets what was written in all other languages.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# The cookie of LocaleMiddleware is never set by us; the admin's language is each editor's own choice.
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
TIME_ZONE = env.str("TIME_ZONE", "Europe/London")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"TIME_ZONE must be a name such as Europe/London, not {TIME_ZONE}")
USE_TZ = True

# --- Files -----------------------------------------------------------------------------------------------------

RELEASES_DIR = DATA_DIR / "releases"
# Where a front server on this machine finds which file of the release is at which address. See docs/install.md.
FRONT_DIR = env.path("FRONT_DIR", None)
if FRONT_DIR and not FRONT_DIR.is_absolute():
    raise ImproperlyConfigured(f"FRONT_DIR must be a whole path, such as {DATA_DIR / 'front'}, not {FRONT_DIR}")
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# Gathered where the software is built, for a container whose file system cannot be written to.
STATIC_ROOT = env.path("STATIC_DIR", DATA_DIR / "static").absolute()
STATIC_URL = "/static/"
# The scripts and fonts of the admin are for its own pages.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
S3_ENDPOINT_URL = env.str("S3_ENDPOINT_URL", "")
# Where the worker puts a backup each night. Without it, the worker makes no backups.
BACKUP_DIR = Path(env.str("BACKUP_DIR")).absolute() if env.str("BACKUP_DIR", "") else None
if env.str("RELEASES_URL", ""):
    STORAGES["releases"] = releases_storage(env.str("RELEASES_URL"), S3_ENDPOINT_URL)
if env.str("UPLOADS_URL", ""):
    STORAGES["default"] = uploads_storage(env.str("UPLOADS_URL"), S3_ENDPOINT_URL)

# --- CDN -------------------------------------------------------------------------------------------------------

# One of Wagtail's frontend cache backends, and its options as JSON; which addresses to purge we know ourselves.
WAGTAILFRONTENDCACHE = {}
if env.str("CDN_BACKEND", ""):
    WAGTAILFRONTENDCACHE = {"default": {"BACKEND": env.str("CDN_BACKEND"), **env.json("CDN_OPTIONS", "{}")}}

# --- Wagtail ---------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.roles.agreed.publish_agreed"
# Nothing leaves this server unless somebody asks for it.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

# "default" does what Wagtail asks for at once: its index of references must be right when a page is published.
IMMEDIATE = {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
IN_WORKER = {"BACKEND": "django_tasks_db.DatabaseBackend"}
PUBLISH_IN_WORKER = env.bool("PUBLISH_IN_WORKER", False)
# A booklet of the whole toolkit as a PDF is made anew with every change: it takes a second or two of a processor.
BOOKLET = env.bool("BOOKLET", True)
STYLEGUIDE = env.bool("STYLEGUIDE", DEBUG)
# A picture of each page's title, for social media: some 6 ms of a processor and 15 kB of disk a page.
SOCIAL_PICTURES = env.bool("SOCIAL_PICTURES", True)
TASKS = {"default": IMMEDIATE, "publishing": IN_WORKER if PUBLISH_IN_WORKER else IMMEDIATE}

# --- Uploads ---------------------------------------------------------------------------------------------------

# Told from the bytes, whatever the name. These are what file dialogs offer.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.uploads.forms.PictureForm"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = env.int("PICTURE_MEGABYTES", 20) * 1024 * 1024
# Looked at before a picture is decoded: one of 40 megapixels takes some 400 MB of memory while it is drawn anew.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = env.int("PICTURE_MEGAPIXELS", 40) * 1_000_000
# Which kinds of files there are is told in toolkit/uploads/files.py.
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.uploads.forms.MediaFileForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = env.int("FILE_MEGABYTES", 200) * 1024 * 1024
LARGEST_UPLOAD = max(WAGTAILIMAGES_MAX_UPLOAD_SIZE, WAGTAILDOCS_MAX_UPLOAD_SIZE)
# In bytes: of one form with all that is in it.
LARGEST_REQUEST = LARGEST_UPLOAD + 10 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "cms.uploads.handlers.StopStoring",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
WAGTAILDOCS_SERVE_METHOD = "direct"
# Nobody asks readers for passwords here.
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
# The server never asks another site for what an editor names: no films, no pictures of them, no titles.
WAGTAILEMBEDS_FINDERS = []

# --- API -------------------------------------------------------------------------------------------------------

NOT_NEGATIVE = validate.Range(min=0)
# How often one network may ask for what is worked out: searches, filtered lists. 0 sets no limit.
API_REQUESTS_PER_MINUTE = env.int("API_REQUESTS_PER_MINUTE", 600, validate=NOT_NEGATIVE)
# How many boards one network may open in an hour, and how many wrong codes it may try in a minute. 0 sets no limit.
BOARDS_PER_HOUR = env.int("BOARDS_PER_HOUR", 30, validate=NOT_NEGATIVE)
BOARD_GUESSES_PER_MINUTE = env.int("BOARD_GUESSES_PER_MINUTE", 20, validate=NOT_NEGATIVE)
# How often one network may offer something to the toolkit in an hour. 0 sets no limit.
OFFERS_PER_HOUR = env.int("OFFERS_PER_HOUR", 20, validate=NOT_NEGATIVE)
# How often one network may say in an hour whether a page is clear. 0 sets no limit.
FEEDBACK_PER_HOUR = env.int("FEEDBACK_PER_HOUR", 120, validate=NOT_NEGATIVE)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": f"{SITE_NAME}: API",
    "DESCRIPTION": "The public documents of the toolkit: stages, marks, quotes, ideas, terms and pages. "
    "And boards, on which groups score marks.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "PREPROCESSING_HOOKS": ["api.contract.only_api"],
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "api.contract.completed"],
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "QuoteKind": "toolkit.documents.shapes.QUOTE_KINDS",
        "IdeaKind": "toolkit.documents.shapes.IDEA_KINDS",
        "MediaKind": "toolkit.documents.shapes.MEDIA_KINDS",
        "NoteKind": "api.scoring.shapes.NOTE_KINDS",
    },
}

# --- Safety ----------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = IS_HTTPS
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
# This site speaks for its own host name, and not for every other host of a charity's domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
# What this says, the table in api/headers.py says for every answer.
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_SECURE = IS_HTTPS
X_FRAME_OPTIONS = "DENY"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Whether messages to subscribers may go to private addresses: whoever may add a subscriber could then reach whatever
# this server can.
WEBHOOK_ALLOW_PRIVATE = env.bool("WEBHOOK_ALLOW_PRIVATE", False)
# Whether the worker asks other sites, once a week, if the pages that ours lead to are still there.
CHECK_OUTSIDE_LINKS = env.bool("CHECK_OUTSIDE_LINKS", False)

# --- Accounts --------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["cms.accounts.backends.NotLockedOut", "cms.accounts.backends.NameOrEmail"]
WAGTAILADMIN_USER_LOGIN_FORM = "cms.accounts.forms.LoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "cms.accounts.forms.PasswordResetForm"
# Whether those who can publish, or look after people, need a second step at login. Who tries the toolkit on their own
# computer is only asked to.
TWO_FACTOR = env.str("TWO_FACTOR", "required" if IS_HTTPS else "optional")
if TWO_FACTOR not in ("required", "optional"):
    raise ImproperlyConfigured(f"TWO_FACTOR must be required or optional, not {TWO_FACTOR}")
OTP_TOTP_ISSUER = SITE_NAME
# Somebody is logged out when they have done nothing for so many hours, and after so many days in any case; in a
# browser that keeps no sessions, also when it is closed.
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", 12, validate=validate.Range(min=1)) * 3600
SESSION_DAYS = env.int("SESSION_DAYS", 14, validate=validate.Range(min=1))
SESSION_COOKIE_SECURE = IS_HTTPS
# Whoever gives a wrong password so often is locked out for so long: by user name and network together, so that
# nobody can keep others out.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_HANDLER = "cms.accounts.lockout.Handler"
AXES_CLIENT_IP_CALLABLE = "cms.accounts.lockout.client_address"
AXES_USERNAME_CALLABLE = "cms.accounts.lockout.client_name"
AXES_LOCKOUT_CALLABLE = "cms.accounts.lockout.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False

# --- Mail ------------------------------------------------------------------------------------------------------

# Such as submission://user:password@mail.example, which is SMTP with TLS. Without it, the console shows mails.
MAIL = addresses.mail(env.str("EMAIL_URL", "console:"))
EMAIL_BACKEND = env.str("EMAIL_BACKEND", MAIL["EMAIL_BACKEND"])
EMAIL_HOST, EMAIL_PORT = MAIL["EMAIL_HOST"], MAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"], MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL["EMAIL_USE_TLS"], MAIL["EMAIL_USE_SSL"]
# In seconds. Whoever invites somebody waits for the mail server.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", f"{SITE_NAME} <no-reply@{urlsplit(SITE_URL).hostname}>")
SERVER_EMAIL = WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = DEFAULT_FROM_EMAIL
# Plain text is read by every mail program and every screen reader.
WAGTAILADMIN_NOTIFICATION_USE_HTML = False

# --- Log and figures -------------------------------------------------------------------------------------------

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOG_LEVEL = env.str("LOG_LEVEL", "WARNING", validate=validate.OneOf(LOG_LEVELS))
LOG_FORMAT = env.str("LOG_FORMAT", "plain")
if LOG_FORMAT not in ("plain", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT must be plain or json, not {LOG_FORMAT}")
# A line for each request that is answered, also for those that are answered from the release.
ACCESS_LOG = env.bool("ACCESS_LOG", False)
# Whoever asks /metrics has to show it. Without one, there is no such address, and nothing is counted.
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured(
        "METRICS_TOKEN must have at least 20 characters, such as those of: openssl rand -hex 20"
    )
# What all processes of this server have counted.
COUNTS_DIR = DATA_DIR / "counts"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "class": "cms.observing.lines.MaskedFormatter",
            "format": "{levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"class": "cms.observing.lines.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "loggers": {
        **dict.fromkeys(("api", "cms", "toolkit"), {"level": LOG_LEVEL}),
        "cms.access": {"level": "INFO" if ACCESS_LOG else "WARNING"},
        # That a reader asked for a page that is not there is nothing to report.
        "django.request": {"level": "ERROR"},
    },
    # Libraries that tell all that they do tell addresses, queries and names, too.
    "root": {"handlers": ["console"], "level": LOG_LEVEL if LOG_LEVEL in ("ERROR", "CRITICAL") else "WARNING"},
}

# --- What is refused -------------------------------------------------------------------------------------------

if REFUSED := refusals(
    Chosen(
        site_url=SITE_URL,
        host=HOST,
        allow_http=ALLOW_HTTP,
        debug=DEBUG,
        secret_key=SECRET_KEY,
        allowed_hosts=ALLOWED_HOSTS,
        database=DATABASES["default"],
        mail=MAIL,
    )
):
    raise ImproperlyConfigured("\n".join(REFUSED))
