"""Storages in S3 and whatever speaks like it; the one for releases reads each file with one request."""

from botocore.config import Config
from botocore.exceptions import ClientError
from django.core.files.base import File
from django.utils.functional import cached_property
from storages.backends.s3 import S3Storage, TransferConfig

# Whoever is away is found out within seconds; the site goes on meanwhile, and whoever asked tries again.
CONNECT_SECONDS = 3
READ_SECONDS = 20
CONNECTIONS = 16


class PatientS3(S3Storage):
    """django-storages' S3 with one connection pool for all threads, which soon says that nobody is there."""

    def __init__(self, **options):
        client_config = Config(
            connect_timeout=CONNECT_SECONDS,
            read_timeout=READ_SECONDS,
            retries={"mode": "standard", "total_max_attempts": 2},
            max_pool_connections=CONNECTIONS,
            s3={"addressing_style": "path" if options.get("endpoint_url") else "auto"},
            # Not everybody who speaks like S3 knows its newer checksums, and every file is checked by its SHA-256.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        transfer_config = TransferConfig(use_threads=False)
        super().__init__(**options, client_config=client_config, transfer_config=transfer_config)

    @cached_property
    def connection(self):
        """The connection that all threads share: making one takes longer than most requests."""
        return super().connection


class ReleasesInS3(PatientS3):
    """Releases in S3, as bytes that nobody on the way may unpack."""

    def _open(self, name, mode="rb"):
        try:
            found = self.bucket.Object(self._normalize_name(name)).get()
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                raise FileNotFoundError(f"there is no {name}") from error
            raise
        return File(found["Body"], name)

    def _get_write_parameters(self, name, content=None):
        # Without a Content-Encoding: some storages unpack what has one for whoever does not ask for it.
        changes = name.endswith("/current") or name == "current"
        return {
            "ContentType": getattr(content, "content_type", None) or self.default_content_type,
            "CacheControl": "no-cache" if changes else "public, max-age=31536000, immutable",
        }
