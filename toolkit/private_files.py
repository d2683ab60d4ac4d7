"""Which pictures and files are private: those of a collection that not everybody may see, or of one below it."""

from wagtail.models import CollectionViewRestriction


def private_collections() -> tuple[str, ...]:
    """Give where in the tree of collections those are that not everybody may see."""
    return tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))


def is_private(item, private: tuple[str, ...]) -> bool:
    """Tell whether a picture or file is in one of these collections or below: then nothing public holds it."""
    return item.collection.path.startswith(private)


def private_among(items) -> set[int]:
    """Give the ids of those of some pictures or files (a queryset) that are private."""
    private = private_collections()
    rows = items.values_list("pk", "collection__path") if private else []
    return {pk for pk, path in rows if path.startswith(private)}
