"""Pictures that say nothing to people who cannot see them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from cms.reports.contents import Contents, live_contents
from cms.reports.drafts import draft_contents


@dataclass(frozen=True, slots=True)
class Wordless:
    """A picture without words: on a page that readers see, in its draft, or in both; `page` is None where on none."""

    image: int
    page: int | None = None
    locale: int | None = None
    is_live: bool = False
    is_draft: bool = False


def on_pages() -> list[Wordless]:
    """Give every picture on a page that has neither words nor is only decoration."""
    live, drafts = (_silent(every) for every in (live_contents(), draft_contents()))
    return [
        Wordless(image, page, locale, (page, image) in live, (page, image) in drafts)
        for (page, image), locale in (drafts | live).items()
    ]


def _silent(every: list[Contents]) -> dict[tuple[int, int], int]:
    return {
        (one.page, picture.image): one.locale for one in every for picture in one.pictures if not picture.has_words
    }


def used_nowhere(images) -> Iterator[Wordless]:
    """Give those of some images that are used nowhere and have no description."""
    every = [*live_contents(), *draft_contents()]
    used = {picture.image for one in every for picture in one.pictures}
    kind = ContentType.objects.get_for_model(get_image_model())
    references = ReferenceIndex.objects.filter(to_content_type=kind)
    used |= set(map(int, references.values_list("to_object_id", flat=True).distinct()))
    for pk in images.filter(description="").order_by("title", "pk").values_list("pk", flat=True):
        if pk not in used:
            yield Wordless(pk)
