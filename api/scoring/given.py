"""What a form of a page of scoring sends, read for the services."""

from uuid import UUID, uuid5

from django.http import QueryDict

from api.scoring.rules import Kind, Unable, read_answer, read_score


def read_uuid(text: str) -> UUID | None:
    """Give the UUID that a text is, else None."""
    try:
        return UUID(text)
    except ValueError:
        return None


class Given:
    """The fields of a form. A field that is missing or cannot be read raises Unable."""

    def __init__(self, fields: QueryDict):
        self.fields = fields

    def text(self, name: str) -> str:
        return self.fields.get(name, "")

    def uuid(self, name: str) -> UUID:
        found = read_uuid(self.text(name))
        if found is None:
            raise Unable("unreadable")
        return found

    def number(self, name: str) -> int:
        text = self.text(name)
        if not (text.isascii() and text.isdecimal() and len(text) < 6):
            raise Unable("unreadable")
        return int(text)

    def answer(self, name: str = "answer"):
        return read_answer(self.text(name))

    def score(self, name: str = "score") -> int | None:
        """Give a score, None where none was chosen."""
        return read_score(self.text(name))

    def kind(self) -> Kind:
        if self.text("kind") not in set(Kind):
            raise Unable("unreadable")
        return Kind(self.text("kind"))

    def is_checked(self, name: str) -> bool:
        return bool(self.text(name))

    def write(self) -> UUID:
        """Give the name of the change: sent twice it is one, but the same form with other words is another.

        Whoever goes back to a form finds the name in it that it had.
        """
        name = self.uuid("write")
        content = "\0".join(f"{key}\1{value}" for key, values in sorted(self.fields.lists()) for value in values)
        return uuid5(name, content)
