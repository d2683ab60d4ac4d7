"""Publishing one language never changes another: random work in three languages, with an eye on all the others."""

import random

import pytest
from wagtail.models import Page
from wagtail_localize.models import StringTranslation

from cms.translations.files import po
from cms.translations.files.entries import about, entries_of
from cms.translations.files.taking import take
from tests.small_site import fresh
from tests.translations import change, job, locale, translated_site, write
from toolkit.translation.work import UnableToPublish, draft, publish

pytestmark = pytest.mark.django_db
CODES = ["cy", "ar", "es"]
STEPS = 40
# Of each of these kinds of things some are worked on.
KINDS = ("toolkit", "stage", "mark", "term")


class Hands:
    """People who work at random on a site, each on one language at a time."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        self.pages = [
            page for page in translated_site().values() if page.document_type in ("toolkit", "stage", "mark", "term")
        ]

    def step(self) -> str:
        """Do something, and give the language that it was done in."""
        page, code = self.chance.choice(self.pages), self.chance.choice([*CODES, "en"])
        if code == "en":
            self.edit_source(page)
        else:
            self.chance.choice([self.write, self.write, self.draft, self.publish, self.publish, self.bring_file])(
                page, code
            )
        return code

    def edit_source(self, page):
        page = fresh(page)
        words = " ".join(self.chance.choices(["plain", "kind", "slow", "clear"], k=3))
        if page.document_type == "term":
            change(page, meaning=f"<p>{words}.</p>", minor_edit=self.chance.random() < 0.5)
        else:
            blocks = [("text", f"<p>{words}.</p><p>More {words}.</p>"), ("tip", f"<p>Try {words}.</p>")]
            change(page, body=blocks[: self.chance.randint(0, 2)], minor_edit=self.chance.random() < 0.5)

    def write(self, page, code: str):
        paths = [text.path for text in job(page, code).texts]
        chosen = self.chance.sample(paths, k=self.chance.randint(1, len(paths)))
        write(page, code, {path: f"{code} {self.chance.random()}" for path in chosen})

    def draft(self, page, code: str):
        draft(job(page, code))

    def publish(self, page, code: str):
        try:
            publish(job(page, code))
        except UnableToPublish:
            write(page, code)
            publish(job(page, code))

    def bring_file(self, page, code: str):
        language = about(locale(code))
        content = po.write(
            language, entries_of(locale(code), preview=str), plural_forms="nplurals=2; plural=n>1;", name="x"
        )
        language, entries = po.read(content)
        for entry in self.chance.sample(entries, k=5):
            entry.words, entry.unsure = f"{code} {self.chance.random()}", False
        take(language, entries, locale(code), user=None, may_write=lambda key: True)


def rows(code: str) -> list:
    """Give all that is stored of a language's pages and translations."""
    found = [list(Page.objects.filter(locale__language_code=code).order_by("pk").values())]
    for page in Page.objects.filter(locale__language_code=code).specific().order_by("pk"):
        found.append(page.serializable_data())
    found.append(list(StringTranslation.objects.filter(locale__language_code=code).order_by("pk").values()))
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_work_in_one_language_changes_no_other(seed):
    hands = Hands(seed)
    stored = {code: rows(code) for code in [*CODES, "en"]}
    for number in range(STEPS):
        worked_in = hands.step()
        for code in stored:
            now = rows(code)
            if code != worked_in:
                assert now == stored[code], (number, worked_in, code)
            stored[code] = now
