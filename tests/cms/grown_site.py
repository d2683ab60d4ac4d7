"""The small site, grown: more of everything, and partly in Welsh and Arabic."""

from wagtail.images import get_image_model
from wagtail.models import Page

from tests.cms.acts.desk import locale
from tests.cms.acts.files import add_file, add_picture
from tests.small_site import add, fresh, small_site
from toolkit.models import Guide, Idea, Mark, Quote, Term

TRANSLATED = {"cy": ["small-home", "first-stage", "hearing", "all-voices", "it-happened"], "ar": ["small-home"]}


def grown_site() -> dict:
    """Make the site, and give its pages by their code."""
    for page in Page.objects.filter(depth=3):
        page.specific.delete()
    get_image_model().objects.all().delete()
    pages = small_site()
    image, file = add_picture(), add_file()
    stage, later = fresh(pages["first-stage"]), fresh(pages["later-stage"])
    voices, lake, words, home = (fresh(pages[code]) for code in ("all-voices", "small-lake", "words", "small-home"))
    asked = {"naming": "role", "consent": "asked", "words": "<p>Not yet.</p>"}
    given = {"naming": "full-name", "name": "Somebody", "consent": "given", "words": "<p>Yes.</p>"}
    heard = {"kind": "audio", "title": "Hear", "file": file, "url": "", "transcript": "<p>Words.</p>"}
    picture = {"image": image, "alt": "Words", "decorative": False, "caption": ""}
    more = [
        add(Quote, voices, "not-asked", **asked),
        add(Quote, voices, "agreed", **given),
        add(Idea, lake, "walk", summary="Walk.", kind="activity", serves=[("stage", later)]),
        add(Term, words, "another-word", meaning="<p>See.</p>"),
        add(Guide, home, "b-guide", summary="More.", body=[("image", picture), ("media", heard)]),
        add(Mark, stage, "middle", summary="Between."),
        add(Mark, later, "ending", summary="The end."),
        add(Mark, later, "looking-back", summary="And then."),
    ]
    pages |= {page.code: page for page in more}
    for code, translated in TRANSLATED.items():
        for name in translated:
            page = fresh(pages[name]).copy_for_translation(locale(code))
            page.title = f"{code} {page.title}"
            page.save_revision().publish()
    return pages
