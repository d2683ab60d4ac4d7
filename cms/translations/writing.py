"""What somebody wrote for the texts of a thing: looked at, and kept; whatever cannot be kept is given back."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from cms.translations.words import says
from toolkit.models import Dismissal, Proposal, Term
from toolkit.translation.checks import PLACEHOLDER, Finding, Said, findings
from toolkit.translation.checks import Term as AgreedTerm
from toolkit.translation.memory import Worked, keep
from toolkit.translation.states import CURRENT, Place
from toolkit.translation.texts import Text, digest_of, kept, plain, shown
from toolkit.translation.wordings import Said as SaidWords
from toolkit.translation.work import Job, forget

WRONG_SIGNS = gettext_lazy("Only these signs may stand around words: <b>, <i>, <a>. Take the others out.")
# In letters: no text of a page is nearly as long.
LONGEST = 20_000


@dataclass(frozen=True)
class Written:
    """What somebody wrote for one text: `seen` is the digest of the translation that they began with."""

    place: Place
    words: str
    seen: str = ""
    confirmed: bool = False


@dataclass
class Kept:
    """What became of what was written: how many texts were kept, and what was not, by place, in words."""

    count: int = 0
    refused: dict[Place, str] = field(default_factory=dict)
    # The source has other words by now: kept as a translation of what they were.
    overtaken: list[Place] = field(default_factory=list)


def keep_all(job: Job, written: list[Written], *, user) -> Kept:
    """Keep what somebody wrote. Nothing of it is lost: what is not kept is named, for the screen to show again."""
    result = Kept()
    by_place = {one.text.place: one for one in job.work}
    for one in written:
        standing = by_place.get(one.place)
        if standing is None:
            _keep_overtaken(job, one, result, user)
        elif reason := _keep_one(job, standing, one, user, result):
            result.refused[one.place] = reason
    return result


def _keep_one(job: Job, standing: Worked, one: Written, user, result: Kept) -> str:
    """Keep what somebody wrote for a text, and give "", or why it cannot be kept."""
    text, before = standing.text, standing.translated
    try:
        words = kept(one.words, is_rich=text.is_rich)
    except ValueError:
        return WRONG_SIGNS
    is_same = words == (before.words if before else "")
    if is_same and not (one.confirmed and words):
        return ""
    if before and one.seen and digest_of(before.words) != one.seen:
        return _("Somebody else has changed this meanwhile. It now says: {words}").format(
            words=shown(before.words, is_rich=text.is_rich)
        )
    if not words:
        # Words that stand in another place of this thing, too, are only taken back there.
        if standing.state == CURRENT and before.path == text.path:
            forget(standing)
            result.count += 1
        return ""
    if reason := why_not(job.source, text, words, job.locale):
        return reason
    keep(job.key, text.place, job.locale, words, user=user)
    Proposal.objects.filter(key=job.key, locale=job.locale, path=text.path, words=words).delete()
    result.count += 1
    return ""


def _keep_overtaken(job: Job, one: Written, result: Kept, user):
    """Keep what was written for words that the source has no more, if it ever had them."""
    there = StringTranslation.objects.filter(context__object_id=job.key, context__path=one.place[0])
    if one.words.strip() and not there.filter(data=one.words, locale=job.locale).exists():
        try:
            keep(job.key, one.place, job.locale, kept(one.words, is_rich="<" in one.words), user=user)
        except (ObjectDoesNotExist, ValueError):
            result.refused[one.place] = _("The original does not have this text any more.")
        else:
            result.overtaken.append(one.place)


def why_not(source, text: Text, words: str, locale: Locale) -> str:
    """Say why a translation cannot be kept, "" where it can: it would break a page, or not fit."""
    said = Said(text.words, words, locale.language_code, is_rich=text.is_rich)
    if breaking := [finding for finding in findings(said) if finding.breaks]:
        return str(says(breaking[0]))
    length = len(shown(words, is_rich=text.is_rich))
    longest = longest_of(source, text.path) or LONGEST
    if length > longest:
        return _("This has {length} letters; there is room for {longest}.").format(length=length, longest=longest)
    return ""


def why_not_words(said: SaidWords, forms: list[str], locale: Locale) -> str:
    """Say why words cannot stand for an entry of the catalogue, "" where they can.

    A form for one number may leave the number out, and say "one".
    """
    word = said.word
    for form in forms:
        looked_at = Said(word.plural or word.source, form, locale.language_code)
        for finding in findings(looked_at):
            strange = set(PLACEHOLDER.findall(form)) - set(PLACEHOLDER.findall(word.source + word.plural))
            if finding.breaks and (strange or not word.plural):
                return str(says(finding))
        if len(form) > LONGEST:
            return _("This has {length} letters; there is room for {longest}.").format(
                length=len(form), longest=LONGEST
            )
        if form.startswith("\n") != word.source.startswith("\n") or form.endswith("\n") != word.source.endswith("\n"):
            return _("It has to begin and end with a new line where the original does.")
    return ""


def longest_of(source, path: str) -> int | None:
    """Give how many letters a field of a page has room for, None where there is no limit."""
    parts = path.split(".")
    model = type(source)
    try:
        found = model._meta.get_field(parts[0])
        if found.is_relation:
            found = found.related_model._meta.get_field(parts[-1])
    except FieldDoesNotExist:
        return None
    return getattr(found, "max_length", None)


def terms_in(locale: Locale) -> list[AgreedTerm]:
    """Give the words that the public glossary of a language has agreed on."""
    agreed = dict(Term.objects.filter(locale=locale, live=True).values_list("translation_key", "title"))
    source = Term.objects.filter(translation_key__in=agreed, live=True).exclude(locale=locale)
    return [AgreedTerm(title, agreed[key]) for key, title in source.values_list("translation_key", "title")]


def open_findings(
    standing: Worked, locale: Locale, terms: list[AgreedTerm], dismissed: dict[tuple[int, str], Dismissal]
) -> list[Finding]:
    """Give what checks find in a translation, but for what somebody has looked at and said why it is right."""
    if standing.translated is None:
        return []
    words = standing.translated.words
    said = Said(standing.text.words, words, locale.language_code, standing.text.is_rich, tuple(terms))
    return [
        finding
        for finding in findings(said)
        if getattr(dismissed.get((standing.translated.pk, finding.check)), "words", None) != words
    ]


def dismissals_of(job: Job) -> dict[tuple[int, str], Dismissal]:
    """Give what somebody has said of findings in a thing's translations, by the translation and the check."""
    ids = [one.translated.pk for one in job.work if one.translated]
    rows = Dismissal.objects.filter(translation__in=ids).select_related("user")
    return {(row.translation_id, row.check_name): row for row in rows}


def proposals_of(job: Job) -> dict[str, list[str]]:
    """Give what was brought in files for the texts of a thing, and could not simply be taken, by the text's path."""
    found = defaultdict(list)
    for path, words in (
        Proposal.objects.filter(key=job.key, locale=job.locale).order_by("pk").values_list("path", "words")
    ):
        found[path].append(words)
    return found


def dismiss(standing: Worked, check: str, reason: str, *, user):
    """Keep why a finding is none."""
    Dismissal.objects.update_or_create(
        translation_id=standing.translated.pk,
        check_name=check,
        defaults={"words": standing.translated.words, "reason": reason[:300], "user": user},
    )


def terms_of(words: str, terms: list[AgreedTerm]) -> list[AgreedTerm]:
    """Give the terms of the glossary that stand in a text."""
    there = plain(words).casefold()
    return [term for term in terms if term.source.casefold() in there]
