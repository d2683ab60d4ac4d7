"""Nothing that a page does is refused by its own policy, and public pages ask nobody else and keep no cookie."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, expect

from tests.e2e.admin import (
    add_below,
    find_editor,
    open_editor,
    preview,
    type_into,
    wait_for_autosave,
    wait_for_scripts,
)
from tests.gates.browser import PHONE

# Chromium says so of each, too, but only where a script has not caught it.
LISTEN = """document.addEventListener("securitypolicyviolation", (refused) => console.error(
    `Content Security Policy: ${refused.effectiveDirective} ${refused.blockedURI} ${refused.sourceFile}`));"""
OF_A_POLICY = re.compile("policy|refused|unrecognized feature|violates", re.IGNORECASE)


@contextmanager
def nothing_refused(context: BrowserContext) -> Iterator[None]:
    """Fail where anything in a browser is refused in the meantime."""
    refused = []
    context.add_init_script(LISTEN)
    context.on("console", lambda said: refused.append(said.text) if OF_A_POLICY.search(said.text) else None)
    yield
    assert refused == []


def test_editor_of_pages_needs_no_more_than_its_policy(admin):
    with nothing_refused(admin.context):
        open_editor(admin, "Fair pay and thanks")
        wait_for_scripts(admin)
        admin.get_by_role("button", name="Toggle comments").click()
        summary = admin.locator("#panel-child-content-summary-section")
        summary.hover()
        summary.locator("[data-comment-add]").click()
        admin.locator(".comment textarea").last.fill("Shorter?")
        admin.get_by_role("button", name="Comment", exact=True).last.click()

        type_into(admin, "body", " Say so in time.")
        body = admin.locator("#panel-child-content-body-section")
        preview(admin, shows="Say so in time.")
        admin.get_by_role("button", name="Toggle preview").click()

        body.get_by_role("button", name="Insert a block").first.click()
        admin.get_by_role("option", name="Picture").first.click()
        body.get_by_role("button", name=re.compile("Choose an image")).first.click()
        admin.locator(".modal a.image-choice").first.click()
        expect(body.locator(".image-chooser img").first).to_be_visible()

        links = body.locator(".TooltipEntity")
        before = links.count()
        body.locator("[contenteditable=true]").first.click()
        admin.keyboard.press("Control+a")
        admin.locator("button[name=LINK]:visible").first.dispatch_event("mousedown")
        admin.locator(".modal a.choose-page").first.click()
        expect(links).not_to_have_count(before)
        wait_for_autosave(admin)


def test_dates_lists_and_choosers_begin_without_scripts_in_the_page(admin):
    with nothing_refused(admin.context):
        add_below(admin, "All voices", "quote")
        wait_for_scripts(admin)
        day = admin.locator("[name=consent_date]")
        day.click()
        admin.locator(".xdsoft_datetimepicker:visible .xdsoft_date:not(.xdsoft_disabled)").nth(10).click()
        expect(day).to_have_value(re.compile(r"\d{4}-\d\d-\d\d"))

        add_below(admin, "Lake of ideas", "idea")
        wait_for_scripts(admin)
        credits = admin.locator("[name=credits-TOTAL_FORMS]")
        before = int(credits.input_value())
        admin.locator("#id_credits-ADD").click()
        expect(credits).to_have_value(str(before + 1))
        expect(admin.locator(f"[name=credits-{before}-name]")).to_be_visible()

        # Where a copy goes is chosen in a form of Wagtail's own.
        number = re.search(r"\d+", find_editor(admin, "Fair credit").get_attribute("href"))
        admin.goto(f"/admin/pages/{number[0]}/copy/")
        chooser = admin.locator(".page-chooser")
        chooser.get_by_role("button").first.click()
        admin.get_by_role("button", name="Choose another page").click()
        expect(admin.locator(".modal .modal-body")).to_be_visible()


def test_other_screens_of_the_admin_need_no_more_than_theirs(admin):
    with nothing_refused(admin.context):
        for screen in ("", "translations/", "start/handbook/", "reports/site-history/", "releases/", "images/add/"):
            admin.goto(f"/admin/{screen}")
            admin.wait_for_load_state("networkidle")
        admin.goto("/admin/images/")
        admin.get_by_role("main").locator("a[href*='/?next=']").first.click()
        expect(admin.locator(".jcrop-holder")).to_be_visible()
        admin.goto("/admin/translations/cy/")
        admin.get_by_role("main").locator("a[href*='/admin/translations/cy/']").last.click()
        admin.wait_for_load_state("networkidle")


PAGES = (
    "/",
    "/en/",
    "/en/planning/",
    "/en/process/listening/",
    "/en/lake/?kind=activity",
    "/en/search/?q=people",
    "/ar/glossary/",
    "/en/voices/",
    "/en/print/",
    "/en/offline/",
    "/en/give/",
    "/en/feedback/",
    "/en/embed/",
    "/cy/embed/frame/?stage=process",
    "/en/there-is-no-such-page/",
    "/api/v1/docs/",
    "/widget/v1/docs/",
    "/api/v1/en/",
    "/styleguide/",
)


def test_public_pages_ask_nobody_else_and_keep_no_cookie(served, chromium):
    asked = []
    context = chromium.new_context(base_url=served.address, viewport=PHONE)
    context.on("request", lambda request: asked.append(urlsplit(request.url).netloc))
    context.on("response", lambda answer: asked.append("a cookie") if "set-cookie" in answer.headers else None)
    try:
        with nothing_refused(context):
            tab = context.new_page()
            for path in PAGES:
                tab.goto(path)
                tab.wait_for_load_state("networkidle")
            score(tab)
        assert set(asked) == {urlsplit(served.address).netloc}
        assert context.cookies() == []
    finally:
        context.close()


def score(tab):
    """Open a board, and give a first score."""
    tab.goto("/en/process/listening/")
    tab.get_by_role("button", name="Score this together").click()
    tab.get_by_label("A name for the board").fill("Village hall")
    tab.get_by_role("button", name="Open the board").click()
    tab.locator("a.go").click()
    tab.locator(".board-marks a").first.click()
    tab.get_by_role("radio").first.check()
    tab.wait_for_load_state("networkidle")
