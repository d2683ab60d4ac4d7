"""All links of our public pages that do not lead where they should, and those to other sites."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cms.reports.contents import live_contents
from cms.reports.models import OutsideLink, Trouble
from cms.reports.outside import whole
from cms.reports.reach import Reach, is_outside
from cms.reports.reading import Link


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link on a page. Of one to another site, `asked` is what is known of it, None when it was never asked for."""

    page: int
    locale: int
    link: Link
    trouble: Trouble | None = None
    is_outside: bool = False
    asked: OutsideLink | None = None

    @property
    def checked_at(self) -> datetime | None:
        return self.asked.checked_at if self.asked and self.asked.status is not None else None


def found_links() -> Iterator[FoundLink]:
    """Give every link that is broken, as far as we know, and every one to another site; page by page."""
    every = live_contents()
    reach = Reach(every)
    asked = {row.address: row for row in OutsideLink.objects.all()}
    for one in every:
        for link in dict.fromkeys(one.links):
            if is_outside(link):
                row = asked.get(whole(link.target))
                trouble = Trouble(row.trouble) if row and row.trouble else None
                yield FoundLink(one.page, one.locale, link, trouble, True, row)
            # A page that is live and not in the release is on its way to readers, or cannot be built.
            elif (trouble := reach.trouble(one, link)) and reach.is_there(reach.path_of(one.page)):
                yield FoundLink(one.page, one.locale, link, trouble)
