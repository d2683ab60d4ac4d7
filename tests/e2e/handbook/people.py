"""The people whose screens the handbook shows, by their roles: they have no names of their own."""

from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.e2e.people import PASSWORD, make_people
from tests.programs import manage

ROLES = {
    "editor": "Editors",
    "reviewer": "Lived-experience reviewers",
    "publisher": "Publishers",
    "keeper": "Consent keepers",
    "translator": "Translation: translators (cy)",
}
# Who has been here before sees no box of help unfolded, and none is in the way of what is shown.
SEEN = """
from django.contrib.auth import get_user_model
from wagtail.users.models import UserProfile
helps = ["start", "text", "quote", "idea", "list", "publishing"]
seen = {f"help-{one}": True for one in helps}
for user in get_user_model().objects.all():
    UserProfile.objects.update_or_create(user=user, defaults={"dismissibles": seen})
"""


class People:
    """Logs in each of them once, in a window of their own."""

    def __init__(self, browser: Browser, address: str):
        self.browser, self.address = browser, address
        self.tabs: dict[str, Page] = {}

    def tab(self, name: str) -> Page:
        """Give the window of somebody, who is logged in; of a "reader", who has no account, an empty one."""
        if name not in self.tabs:
            context = self.browser.new_context(
                base_url=self.address,
                viewport={"width": 1080, "height": 760},
                device_scale_factor=1.25,
                reduced_motion="reduce",
            )
            # The menu is the same on each picture: it is folded up, to leave room for what is not.
            context.add_cookies([{"name": "wagtail_sidebar_collapsed", "value": "1", "url": self.address}])
            self.tabs[name] = context.new_page()
            if name in ROLES:
                self._sign_in(name)
        return self.tabs[name]

    def _sign_in(self, name: str):
        tab = self.tabs[name]
        tab.goto("/admin/")
        tab.locator("[name=username]").fill(name)
        tab.locator("[name=password]").fill(PASSWORD)
        with tab.expect_navigation():
            tab.get_by_role("button", name="Sign in").click()

    def go_home(self):
        for tab in self.tabs.values():
            tab.context.close()


@contextmanager
def people_of(served, browser: Browser):
    """Make accounts for all of them on a running site, and log each in when it is their turn."""
    make_people(served.data, ROLES)
    manage(served.data, "shell", "-c", SEEN)
    people = People(browser, served.address)
    try:
        yield people
    finally:
        people.go_home()
