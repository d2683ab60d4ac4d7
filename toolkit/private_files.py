"""Which pictures and files are private: those of a collection that not everybody may see, or of one below it."""

from wagtail.models import CollectionViewRestriction


def is_private(item) -> bool:
    """Tell whether a picture or file is for some people alone: then nothing public holds it."""
    return item.collection.get_view_restrictions().exists()


def private_among(items) -> set[int]:
    """Give the ids of those of some pictures or files (a queryset) that are private."""
    above = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    rows = items.values_list("pk", "collection__path") if above else []
    return {pk for pk, path in rows if path.startswith(above)}
