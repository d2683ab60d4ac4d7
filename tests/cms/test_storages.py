"""What RELEASES_URL and UPLOADS_URL mean, and what is said when it means nothing."""

import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile

from cms import storages
from cms.media.folder import SharedUploads
from cms.storages import releases_storage, uploads_storage
from tests.programs import ROOT, environment


def test_folder_is_a_shared_folder():
    storage = releases_storage("file:///mnt/our%20share/releases")
    assert storage["BACKEND"] == "api.releases.storages.SharedFolder"
    assert storage["OPTIONS"] == {"location": "/mnt/our share/releases"}


@pytest.mark.parametrize("url", ["s3://bucket/toolkit/releases", "s3://bucket/toolkit/releases/"])
def test_bucket_and_prefix_are_told_apart(url):
    storage = releases_storage(url, "https://s3.example.org")
    assert storage["BACKEND"] == "api.releases.s3.ReleasesInS3"
    options = {"bucket_name": "bucket", "location": "toolkit/releases", "endpoint_url": "https://s3.example.org"}
    assert storage["OPTIONS"] == options


@pytest.mark.parametrize(
    "url",
    ["releases", "/mnt/releases", "file://mnt/releases", "file:///", "s3:///prefix", "https://bucket/x", "s3:bucket"],
)
def test_other_addresses_are_refused(url):
    with pytest.raises(ImproperlyConfigured, match=f"must be like s3://.* not {url}$"):
        releases_storage(url)


def test_uploads_are_somewhere_else():
    for url in ("s3://bucket/toolkit", "file:///mnt/uploads"):
        assert uploads_storage(url)["OPTIONS"] == releases_storage(url)["OPTIONS"]
        assert uploads_storage(url)["BACKEND"] != releases_storage(url)["BACKEND"]
    with pytest.raises(ImproperlyConfigured, match="UPLOADS_URL must be like s3://"):
        uploads_storage("/mnt/uploads")


def test_shared_folder_that_is_away_is_no_empty_one(tmp_path):
    options = uploads_storage((tmp_path / "uploads").as_uri())["OPTIONS"]
    with pytest.raises(NotADirectoryError, match="there is no folder"):
        SharedUploads(**options).save("song.mp3", ContentFile(b"la"))
    (tmp_path / "uploads").mkdir()
    names = [SharedUploads(**options).save("song.mp3", ContentFile(b"la")) for _time in range(2)]
    assert len({*names}) == 2


def test_other_endpoints_are_refused():
    with pytest.raises(ImproperlyConfigured, match="S3_ENDPOINT_URL must be like https"):
        releases_storage("s3://bucket", "s3.example.org")


def test_missing_packages_are_named(monkeypatch):
    monkeypatch.setattr(storages, "S3_PACKAGES", ("storages", "not_installed_here"))
    with pytest.raises(ImproperlyConfigured, match="pip install -r requirements-s3.txt"):
        releases_storage("s3://bucket")
    assert releases_storage("file:///mnt/releases")


def test_bad_address_is_one_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env=environment(tmp_path, RELEASES_URL="bucket"),
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert done.stderr.startswith("The settings are not right: RELEASES_URL must be like s3://")
