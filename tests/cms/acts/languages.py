"""Acts of translators."""

from wagtail.models import Page

from tests.cms.acts.desk import CODES, Desk, NothingToDo, act, locale, pages
from tests.cms.acts.words import finish, publish


@act
def translate(desk: Desk):
    page = desk.page()
    code = desk.pick([code for code in CODES[1:] if code != page.locale.language_code])
    if Page.objects.filter(translation_key=page.translation_key, locale=locale(code)).exists():
        raise NothingToDo
    before = {page.pk for page in pages()}
    translation = page.copy_for_translation(locale(code), copy_parents=True)
    translation.title = f"{code} {translation.title}"[:250]
    finish(desk, translation)
    if desk.pick(["this", "and those above"]) == "and those above":
        for above in pages(locale=locale(code)):
            if above.pk not in before and above.pk != translation.pk:
                publish(above.save_revision())


@act
def publish_translation(desk: Desk):
    page = desk.page(live=False, locale__language_code__in=CODES[1:])
    publish(page.save_revision())
