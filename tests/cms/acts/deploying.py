"""Acts of whoever looks after the server: another address, other templates, words or code, one language less."""

from django.conf import settings
from django.test.signals import setting_changed

from cms.publishing import asking, targets
from cms.publishing import pages as page_targets
from tests.cms.acts.desk import Desk, NothingToDo, act
from toolkit import deployed, rendering

VERSIONS: dict[str, int] = {}
# Types of pages whose template raises.
BROKEN: set[str] = set()
TEMPLATES = ["pages/mark.html", "pages/stage.html", "pages/toolkit.html", "pages/gone.html"]
TEMPLATES += ["pages/lake.html", "pages/search.html"]
LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES


def install(patch):
    """Let templates and catalogues have versions that acts can raise, and pages show which they were made with."""
    patch.setattr(rendering, "template_digest", lambda name: deployed.template_digest(name) + version(name))
    patch.setattr(rendering, "catalogue_digest", lambda code: deployed.catalogue_digest(code) + version(code))
    patch.setattr(rendering, "code_digest", lambda: deployed.code_digest() + version("code"))
    for room in (page_targets, asking):
        patch.setattr(room, "page_html", page_html)
    patch.setattr(targets, "notice_html", notice_html)


def version(name: str) -> str:
    """Give the version of a template or a catalogue that is deployed."""
    return f" {VERSIONS.get(name, 0)}"


def page_html(document: dict, *around) -> str:
    if document["type"] in BROKEN:
        raise RuntimeError("a template is broken")
    made = rendering.page_html(document, *around)
    return made + version(f"pages/{document['type']}.html") + version(document["locale"]) + version("code")


def notice_html(name: str, code: str, site: dict) -> str:
    return rendering.notice_html(name, code, site) + version(f"pages/{name}.html") + version(code) + version("code")


def speak(languages: list):
    """Set the languages of the installation."""
    settings.WAGTAIL_CONTENT_LANGUAGES = languages
    setting_changed.send(sender=None, setting="WAGTAIL_CONTENT_LANGUAGES", value=languages, enter=True)


def begin_again():
    """Take back all that acts have deployed."""
    VERSIONS.clear()
    BROKEN.clear()
    speak(LANGUAGES)


@act
def break_template(desk: Desk):
    BROKEN.add(desk.pick(["mark", "stage", "page", "quote"]))


@act
def mend_templates(desk: Desk):
    if not BROKEN:
        raise NothingToDo
    BROKEN.clear()


@act
def deploy(desk: Desk):
    name = desk.pick([*TEMPLATES, "en", "cy", "code"])
    VERSIONS[name] = VERSIONS.get(name, 0) + 1


@act
def change_site_address(desk: Desk):
    settings.SITE_URL = desk.pick(["http://localhost:8000", "https://toolkit.example"])


@act
def change_languages(desk: Desk):
    speak(desk.pick([LANGUAGES, [one for one in LANGUAGES if one[0] != "ar"]]))
