"""Which addresses are films of a listed provider, and which frame each is shown in."""

from urllib.parse import urlsplit

import pytest

from toolkit.films import LONGEST, ORIGINS, PROVIDERS, player_of

YOUTUBE = "https://www.youtube-nocookie.com/embed/aB3_-fGhiJ0?rel=0"
VIMEO = "https://player.vimeo.com/video/76979871?dnt=1"


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        ("https://www.youtube.com/watch?v=aB3_-fGhiJ0", YOUTUBE),
        ("https://youtube.com/watch?app=desktop&v=aB3_-fGhiJ0&t=10s", YOUTUBE),
        ("http://m.youtube.com/watch?v=aB3_-fGhiJ0", YOUTUBE),
        ("https://youtu.be/aB3_-fGhiJ0?si=whoever-shared-it", YOUTUBE),
        ("https://WWW.YouTube.com/shorts/aB3_-fGhiJ0", YOUTUBE),
        ("https://www.youtube.com/live/aB3_-fGhiJ0/", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/aB3_-fGhiJ0", YOUTUBE),
        ("https://vimeo.com/76979871", VIMEO),
        ("https://www.vimeo.com/76979871/", VIMEO),
        ("https://vimeo.com/channels/co-production/76979871", VIMEO),
        ("https://vimeo.com/groups/film/videos/76979871", VIMEO),
        ("https://player.vimeo.com/video/76979871", VIMEO),
        ("https://vimeo.com/76979871/8272103f6e", f"{VIMEO}&h=8272103f6e"),
        ("https://player.vimeo.com/video/76979871?h=8272103f6e", f"{VIMEO}&h=8272103f6e"),
    ],
)
def test_film_of_a_listed_provider_has_its_frame(address, frame):
    assert player_of(address)["src"] == frame


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://example.org/watch?v=aB3_-fGhiJ0",
        "https://youtube.com.example.org/watch?v=aB3_-fGhiJ0",
        "https://example.org/https://youtu.be/aB3_-fGhiJ0",
        "https://www.youtube.com/@somebody",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/watch?v=aB3_-fGhiJ0%22onload",
        'https://youtu.be/aB3_-fGhi"0',
        "https://youtu.be/aB3_-fGhiJ0/more",
        "https://youtu.be:8443/aB3_-fGhiJ0",
        "https://somebody@youtu.be/aB3_-fGhiJ0",
        "https://vimeo.com/about",
        "https://vimeo.com/٧٦٩٧٩٨٧١",
        "ftp://youtu.be/aB3_-fGhiJ0",
        "javascript://youtu.be/aB3_-fGhiJ0",
        "https://[youtu.be/aB3_-fGhiJ0",
        "https://youtu.be:port/aB3_-fGhiJ0",
        f"https://youtu.be/aB3_-fGhiJ0?si={'x' * LONGEST}",
    ],
)
def test_any_other_address_has_none(address):
    assert player_of(address) is None


def test_frames_are_of_the_origins_that_pages_let_in():
    for address in ("https://youtu.be/aB3_-fGhiJ0", "https://vimeo.com/1"):
        parts = urlsplit(player_of(address)["src"])
        assert f"{parts.scheme}://{parts.netloc}" in ORIGINS
    assert len(ORIGINS) == len({*ORIGINS}) == len(PROVIDERS)
