"""The migrations of scoring as they are, and two more."""

from api.scoring import migrations

__path__ = [*__path__, *migrations.__path__]
