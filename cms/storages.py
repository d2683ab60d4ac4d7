"""What RELEASES_URL and UPLOADS_URL mean: the storages that several servers share."""

from importlib.util import find_spec
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

S3_PACKAGES = ("storages", "boto3")


def releases_storage(url: str, endpoint: str = "") -> dict:
    """Give what Django's STORAGES says of a storage of releases at `s3://bucket/prefix` or `file:///folder`.

    Raises ImproperlyConfigured.
    """
    return _storage(
        "RELEASES_URL", url, endpoint, "api.releases.storages.SharedFolder", "api.releases.s3.ReleasesInS3"
    )


def uploads_storage(url: str, endpoint: str = "") -> dict:
    """Give the same of a storage of uploads."""
    return _storage("UPLOADS_URL", url, endpoint, "cms.media.folder.SharedUploads", "cms.media.s3.UploadsInS3")


def _storage(setting: str, url: str, endpoint: str, in_folder: str, in_s3: str) -> dict:
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
        return {"BACKEND": in_folder, "OPTIONS": {"location": unquote(parts.path)}}
    if parts.scheme != "s3" or not parts.netloc:
        expected = "s3://bucket/prefix or file:///path/to/folder"
        raise ImproperlyConfigured(f"{setting} must be like {expected}, not {url}")
    if not all(map(find_spec, S3_PACKAGES)):
        how = "Install them: .venv/bin/pip install -r requirements-s3.txt"
        raise ImproperlyConfigured(f"{setting} names an S3 storage, for which two packages are missing. {how}")
    if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
        raise ImproperlyConfigured(f"S3_ENDPOINT_URL must be like https://s3.example.org, not {endpoint}")
    options = {"bucket_name": parts.netloc, "location": parts.path.strip("/"), "endpoint_url": endpoint or None}
    return {"BACKEND": in_s3, "OPTIONS": options}
