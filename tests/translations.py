"""A small site that is translated: its things are followed, and every language has its place and its groups."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Locale, Page

from cms.translations.rooms import REVIEWERS, TRANSLATORS, group_name, make_all_rooms
from tests.small_site import small_site
from toolkit.models import ThingStanding
from toolkit.translation.memory import keep
from toolkit.translation.standings import follow_all, restand
from toolkit.translation.texts import kept
from toolkit.translation.work import Job, job_for, publish

# Stand-ins for words of a language: of each text one can tell which language it is in, and what it says.
WORDS = {"cy": "Gair", "ar": "كلمة", "es": "Palabra"}


def translated_site() -> dict:
    """Make the small site ready to be translated; give its pages by their code."""
    pages = small_site()
    # The starter content, which is hidden here without a signal.
    ThingStanding.objects.all().delete()
    follow_all()
    make_all_rooms()
    return pages


def locale(code: str) -> Locale:
    return Locale.objects.get(language_code=code)


def job(page, code: str) -> Job:
    """Give what there is to do for a page in a language, as the database has it now."""
    return job_for(page.translation_key, locale(code))


def write(page, code: str, words: dict[str, str] | None = None, *, user=None):
    """Translate all texts of a page, or those at some paths, without showing it to anybody."""
    there = job(page, code)
    for text in there.texts:
        said = (words or {}).get(text.path) if words is not None else f"{WORDS[code]} {text.words}"
        if said:
            keep(there.key, text.place, there.locale, kept(said, is_rich=text.is_rich or words is None), user=user)
    restand([there.key])


def show(page, code: str, **words):
    """Translate a page into a language and publish that."""
    write(page, code, **words)
    publish(job(page, code))


def change(page, **fields):
    """Change a page as an editor does, and publish that."""
    page = Page.objects.get(pk=page.pk).specific
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def state(page, code: str) -> str:
    return standing(page, code).state


def standing(page, code: str) -> ThingStanding:
    return ThingStanding.objects.get(key=page.translation_key, locale__language_code=code)


def person(role: str, code: str):
    """Give somebody who is in the group of a language, as "translator" or "reviewer"."""
    user, is_new = get_user_model().objects.get_or_create(username=f"{role}-{code}")
    if is_new:
        user.set_password("a long password")
        user.save()
        role = {"translator": TRANSLATORS, "reviewer": REVIEWERS}[role]
        user.groups.add(Group.objects.get(name=group_name(role, locale(code))))
    return user
