"""Every page of the release, looked at by axe for what readers are told; a usual run looks at some of them."""

import pytest

from tests.e2e.test_reader import every_look, open_page
from tests.gates.browser import WIDTHS, axe_violations
from tests.tested import REWRITE, keep_or_compare
from toolkit.tested import read_figures

# Of so many pages, a usual run looks at one. `make tested` takes a quarter of an hour for all.
ONE_OF = 1 if REWRITE else 40


@pytest.fixture(scope="module")
def pages(served) -> list[str]:
    return sorted(path for path in served.pages() if not path.startswith(("/api/", "/widget/")))


def test_axe_finds_nothing(pages, served, shared_tab):
    found = []
    for path in pages[::ONE_OF]:
        open_page(shared_tab, served, path)
        found += [f"{path}: {one}" for _ in every_look(shared_tab) for one in axe_violations(shared_tab)]
    assert found == []
    # How many pages there were when all were looked at is told with the day.
    told = read_figures()["axe"] or {}
    count = len(pages) if REWRITE else told.get("pages")
    locales = sorted({path[1:3] for path in pages})
    keep_or_compare("axe", pages=count, locales=locales, widths=list(WIDTHS), found=len(found))


def test_page_tells_what_was_found(served):
    html = served.get("/en/how-we-tested/").text
    figures = {name: found for name, found in read_figures().items() if found}
    assert f"<dt>The hardest page, in years of age</dt><dd>{figures['reading_age']['highest']}</dd>" in html
    for name in figures.keys() & {"axe", "html", "keyboard"}:
        assert f"<dt>Pages looked at</dt><dd>{figures[name]['pages']}</dd>" in html
        assert figures[name]["date"] in html


@pytest.mark.parametrize("locale", ["en", "cy"])
def test_statement_leads_to_the_figures(locale, served):
    assert 'href="../how-we-tested/"' in served.get(f"/{locale}/accessibility/").text
    assert served.get(f"/{locale}/how-we-tested/").status == 200
