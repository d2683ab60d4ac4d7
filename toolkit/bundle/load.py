"""Loading content files into the site: what is there already stays as it is."""

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from toolkit import locales
from toolkit.bundle.fields import DRAFT
from toolkit.bundle.fill import ILLUSTRATIVE, default_slug, fill
from toolkit.bundle.format import PageFile, UnreadableFile, is_bundle, parent_code, parent_type, read_folder
from toolkit.bundle.references import MissingPage, file_type, page_class
from toolkit.bundle.uploads import Uploads
from toolkit.models import Home
from toolkit.publishable import faults_of
from toolkit.translation.adopt import adopt
from toolkit.translation.standings import restand
from toolkit.translation.work import NothingToTranslate

STARTER = Path(__file__).parent.parent / "starter"
# What a draft may still be without.
MAY_BE_MISSING = {"blank", "null", "required"}


def load_folder(
    folder: Path = STARTER,
    *,
    languages: Collection[str] = (),
    codes: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Load all content files of a folder as published pages, and give how many were new.

    With `languages`, only those in these; with `codes`, only those with these codes. Files that say that they are
    drafts, and words without consent, become drafts. `progress` is called after each page with how many are done, of
    how many. All or nothing: raises UnreadableFile or MissingPage with the site unchanged.
    """
    files = [file for file in read_folder(folder) if not languages or file.locale in languages]
    files = [file for file in files if not codes or file.code in codes]
    uploads = Uploads(folder)
    try:
        with transaction.atomic():
            return _load(files, uploads, progress, from_bundle=is_bundle(folder))
    except BaseException:
        uploads.undo()
        raise


def _load(files: list[PageFile], uploads: Uploads, progress, *, from_bundle: bool) -> int:
    make_locales()
    new = [(file, page) for file in files if (page := _add_missing(file))]
    # A translation is matched with its source, which so has to be public first.
    new.sort(key=lambda one: locales.place(one[0].locale))
    for done, (file, page) in enumerate(new, start=1):
        # Its children were added to other copies of it, and this one would save what it does not know of them.
        page.refresh_from_db()
        fill(page, file, uploads)
        page.expire_at = file.fields.get("expire_at")
        _keep(page, file, from_bundle)
        if progress:
            progress(done, len(new))
    return len(new)


def make_locales():
    """See to it that every locale of the settings is in the database."""
    for code in locales.codes():
        Locale.objects.get_or_create(language_code=code)


def _add_missing(file: PageFile):
    there = page_class(file.type).objects.filter(code=file.code, locale__language_code=file.locale)
    return None if there.exists() else add_page(file)


def add_page(file: PageFile, *, key: str | None = None):
    """Add the page of a file, unpublished and with its text still empty. Raises MissingPage or UnreadableFile.

    `key` is the key of its translations, where it has some already.
    """
    locale = Locale.objects.get(language_code=file.locale)
    page = page_class(file.type)(
        title=file.fields["title"],
        code=file.code,
        slug=file.fields.get("slug") or default_slug(file),
        locale=locale,
        translation_key=key or file.fields.get("key") or key_of_translations(file) or starter_key(file),
        live=False,
        **(ILLUSTRATIVE if file.type == "quote" else {}),
    )
    _refuse_key_of_another(page, file)
    try:
        return _add_home(page) if file.type == "toolkit" else _parent(file, locale).add_child(instance=page)
    except ValidationError as error:
        raise UnreadableFile(f"{file.path}: {said(error)}") from error


def key_of_translations(file: PageFile) -> str | None:
    """Give the key that the page has in other languages of this site, None when it is in none."""
    pages = page_class(file.type).objects.filter(alias_of=None)
    twins = pages if file.type == "toolkit" else pages.filter(code=file.code)
    return next((twin.key for twin in twins), None)


def _refuse_key_of_another(page, file: PageFile):
    other = Page.objects.filter(translation_key=page.translation_key, locale=page.locale).first()
    if other:
        raise UnreadableFile(f"{file.path}: its key is that of the page “{other.title}”. Take the line out.")


def starter_key(file: PageFile) -> str:
    """Give a key that is the same on every site that loads a file, so that their documents are the same, too."""
    return str(uuid5(NAMESPACE_URL, f"mark-of-co-production:{file.type}:{file.code}"))


def _parent(file: PageFile, locale: Locale):
    """Give the page that a file stands below: the home page, or that of its folder. Raises MissingPage."""
    kinds = page_class(file.type).allowed_parent_page_models()
    code = parent_code(file)
    found = [page for kind in kinds for page in _named(kind, code, locale)]
    if len(found) > 1:
        # Several have this code; it is the one whose file stands beside the folder.
        found = [page for page in found if file_type(type(page)) == parent_type(file)] or found
    if not found:
        raise MissingPage(f"{file.path}: there is no page “{code}” that it could stand below.")
    return found[0]


def _named(kind: type, code: str | None, locale: Locale):
    pages = kind.objects.filter(locale=locale, alias_of=None)
    if kind is Home:
        return pages[:1] if code is None else []
    return pages.filter(code=code)


def _add_home(page: Home):
    """Add the home page, and make it the root of the site in place of the page that Wagtail comes with."""
    root = Page.get_first_root_node()
    root.add_child(instance=page)
    if page.locale.language_code == locales.source():
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True, hostname="localhost")
        old_root, site.root_page = site.root_page if site.root_page_id else None, page
        site.save()
        if old_root and old_root.specific_class is Page:
            old_root.delete()
    return page


def _keep(page, file: PageFile, from_bundle: bool):
    """Publish a page, or keep it as a draft; either with the times that its file says."""
    check(page, file)
    # A bundle says of each translation how it stood, as far as that was known.
    if locales.place(file.locale) and (not from_bundle or "translation" in file.fields):
        _match(page, file)
    if file.fields.get("state") == DRAFT or not may_go_out(page, file):
        page.save()
        page.save_revision(clean=False)
        restand([page.translation_key])
    else:
        page.save_revision().publish()
    times = {"published_at": "first_published_at", "updated_at": "last_published_at"}
    said_times = {times[name]: file.fields[name] for name in times if name in file.fields}
    if said_times:
        type(page).objects.filter(pk=page.pk).update(**said_times)


def may_go_out(page, file: PageFile) -> bool:
    """Tell whether a page may be published: words without consent wait. Raises UnreadableFile for other faults."""
    faults = faults_of(page, today=timezone.localdate())
    if others := [fault.says for fault in faults if fault.field != "consent"]:
        raise UnreadableFile(f"{file.path}: {' '.join(others)}")
    return not faults


def _match(page, file: PageFile):
    """Match a translation with its source, as far as that is public and of the same shape."""
    with suppress(NothingToTranslate):
        by_machine = file.fields.get("review") == "needed"
        adopt(page, state=file.fields.get("translation", ""), by_machine=by_machine)


def check(page, file: PageFile, *, is_draft: bool = False):
    """Raise UnreadableFile when a page could not be saved; a draft may be without some of its fields."""
    try:
        page.full_clean()
    except ValidationError as error:
        is_draft = is_draft or file.fields.get("state") == DRAFT
        wrong = {
            name: errors
            for name, errors in error.error_dict.items()
            if not is_draft or any(one.code not in MAY_BE_MISSING for one in errors)
        }
        if wrong:
            raise UnreadableFile(f"{file.path}: {said(ValidationError(wrong))}") from error


def said(error: ValidationError) -> str:
    """Give in one line which fields are wrong, and why."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
