"""What makes translations follow their source: its texts are kept in step by themselves when it is published."""

import json
from uuid import UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
    cleanup_translation_on_delete,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from toolkit import locales
from toolkit.models.translations import SourceChange
from toolkit.translation.pairing import steps_between
from toolkit.translation.texts import NOT_TRANSLATED, digest_of, texts_in

# Of each kind of segment: where wagtail-localize keeps it.
TABLES = (StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment)


@transaction.atomic
def follow(page, *, user=None) -> bool:
    """Take up the texts of a source as it is published now; give whether they have changed since the last time.

    Nothing is published. A page that is itself a translation is left alone. The page has to be read afresh from the
    database or from a revision.
    """
    if is_translation(page):
        return False
    segments = [segment for segment in extract_segments(page) if segment.path not in NOT_TRANSLATED]
    texts = texts_in(segments)
    source, before = _source(page)
    now = [(text.path, text.digest, text.words) for text in texts]
    if before is not None and [(path, digest) for path, digest, _ in before] == [text.place for text in texts]:
        return False
    _write_segments(source, segments)
    if steps := steps_between(before or [], now, minor=page.minor_edit) if before is not None else []:
        SourceChange.objects.create(
            key=page.translation_key,
            locale=page.locale,
            steps=[[step.path, step.was, step.now] for step in steps],
            minor=page.minor_edit,
            user=user,
        )
    return True


def forget_source(page):
    """Forget the texts of a source that is deleted: each of its translations is a page of its own from now on.

    What was written for a translation that is deleted is kept, for whoever begins it again.
    """
    if TranslationSource.objects.filter(object_id=page.translation_key, locale_id=page.locale_id).exists():
        cleanup_translation_on_delete(page)


def is_translation(page) -> bool:
    """Tell whether a page is the translation of another: not the one that was first written."""
    source = TranslationSource.objects.filter(object_id=page.translation_key).first()
    if source is not None:
        return source.locale_id != page.locale_id
    others = Page.objects.filter(translation_key=page.translation_key, alias_of=None).exclude(pk=page.pk)
    codes = set(others.values_list("locale__language_code", flat=True))
    earlier = locales.codes()[: locales.place(page.locale.language_code)]
    return bool(codes.intersection(earlier))


def _source(page) -> tuple[TranslationSource, list | None]:
    """Give the source of a page, and its texts as they were; None where it is new."""
    thing, _ = TranslatableObject.objects.get_or_create(
        translation_key=page.translation_key, defaults={"content_type": ContentType.objects.get_for_model(Page)}
    )
    content = {
        "specific_content_type": page.cached_content_type,
        "object_repr": str(page)[:200],
        "content_json": json.dumps(page.serializable_data(), cls=DjangoJSONEncoder),
        "last_updated_at": timezone.now(),
    }
    source, is_new = TranslationSource.objects.update_or_create(object=thing, locale=page.locale, defaults=content)
    return source, None if is_new else texts_before(source)


def texts_before(source: TranslationSource) -> list[tuple[str, str, str]]:
    """Give path, digest and words of the texts of a source, in their order."""
    rows = source.stringsegment_set.order_by("order").values_list(
        "context__path", "string__data_hash", "string__data"
    )
    return [(path, str(digest), words) for path, digest, words in rows if path not in NOT_TRANSLATED]


def _write_segments(source: TranslationSource, segments: list):
    """Write the segments of a source in the place of those that it had.

    wagtail-localize does so one by one, with six queries each.
    """
    for table in TABLES:
        table.objects.filter(source=source).delete()
    contexts = _contexts(source, {segment.path for segment in segments})
    words = {segment.string.data for segment in segments if isinstance(segment, StringSegmentValue)}
    strings = _strings(source, words)
    templates = _templates([segment for segment in segments if isinstance(segment, TemplateSegmentValue)])
    rows = {table: [] for table in TABLES}
    for segment in segments:
        place = {"source": source, "context": contexts[segment.path], "order": segment.order}
        if isinstance(segment, StringSegmentValue):
            attrs = json.dumps(segment.attrs, cls=DjangoJSONEncoder)
            rows[StringSegment].append(StringSegment(**place, string=strings[segment.string.data], attrs=attrs))
        elif isinstance(segment, TemplateSegmentValue):
            rows[TemplateSegment].append(TemplateSegment(**place, template=templates[segment.template]))
        elif isinstance(segment, OverridableSegmentValue):
            data = json.dumps(segment.data, cls=DjangoJSONEncoder)
            rows[OverridableSegment].append(OverridableSegment(**place, data_json=data))
        elif isinstance(segment, RelatedObjectSegmentValue):
            RelatedObjectSegment.from_value(source, segment)
    for table, made in rows.items():
        table.objects.bulk_create(made)


def _contexts(source: TranslationSource, paths: set[str]) -> dict[str, TranslationContext]:
    there = TranslationContext.objects.filter(object_id=source.object_id)
    found = {context.path: context for context in there}
    new = [
        TranslationContext(
            object_id=source.object_id,
            path=path,
            path_id=TranslationContext._get_path_id(path),
            field_path=path.split(".")[0],
        )
        for path in sorted(paths - found.keys())
    ]
    return found | {context.path: context for context in TranslationContext.objects.bulk_create(new)}


def _strings(source: TranslationSource, words: set[str]) -> dict[str, String]:
    digests = {digest_of(one): one for one in words}
    new = [String(locale_id=source.locale_id, data=one, data_hash=digest) for digest, one in digests.items()]
    String.objects.bulk_create(new, ignore_conflicts=True)
    found = String.objects.filter(locale_id=source.locale_id, data_hash__in=digests)
    return {digests[str(string.data_hash)]: string for string in found}


def _templates(segments: list[TemplateSegmentValue]) -> dict[str, Template]:
    wanted = {_template_uuid(segment): segment for segment in segments}
    new = [
        Template(uuid=uuid, template=one.template, template_format=one.format, string_count=one.string_count)
        for uuid, one in wanted.items()
    ]
    Template.objects.bulk_create(new, ignore_conflicts=True)
    return {template.template: template for template in Template.objects.filter(uuid__in=wanted)}


def _template_uuid(segment: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, segment.format), segment.template)


def translation_into(page_key, locale) -> Translation:
    """Give wagtail-localize's record of a thing being translated into a language. It has to have been followed."""
    source = TranslationSource.objects.get(object_id=page_key)
    return Translation.objects.get_or_create(source=source, target_locale=locale)[0]
