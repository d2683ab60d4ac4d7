"""What RELEASES_URL means: the storage that several servers share."""

from importlib.util import find_spec
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

S3_PACKAGES = ("storages", "boto3")


def releases_storage(url: str, endpoint: str = "") -> dict:
    """Give what Django's STORAGES says of a storage at `s3://bucket/prefix` or `file:///folder`.

    Raises ImproperlyConfigured.
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.strip("/"):
        return {"BACKEND": "api.releases.storages.SharedFolder", "OPTIONS": {"location": unquote(parts.path)}}
    if parts.scheme != "s3" or not parts.netloc:
        expected = "s3://bucket/prefix or file:///path/to/folder"
        raise ImproperlyConfigured(f"RELEASES_URL must be like {expected}, not {url}")
    if not all(map(find_spec, S3_PACKAGES)):
        how = "Install them: .venv/bin/pip install -r requirements-s3.txt"
        raise ImproperlyConfigured(f"RELEASES_URL names an S3 storage, for which two packages are missing. {how}")
    if endpoint and urlsplit(endpoint).scheme not in ("http", "https"):
        raise ImproperlyConfigured(f"S3_ENDPOINT_URL must be like https://s3.example.org, not {endpoint}")
    options = {"bucket_name": parts.netloc, "location": parts.path.strip("/"), "endpoint_url": endpoint or None}
    return {"BACKEND": "api.releases.s3.ReleasesInS3", "OPTIONS": options}
