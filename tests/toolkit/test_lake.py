"""Ideas: what an editor may say of them in numbers."""

import pytest
from django.core.exceptions import ValidationError

from tests.small_site import small_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"people_from": 5, "people_to": 4}, ["people_to"]),
        ({"people_from": 5, "people_to": 5}, []),
        ({"people_from": 5, "people_to": None}, []),
        ({"people_from": None, "people_to": 1}, []),
        ({"minutes": 0}, ["minutes"]),
        ({"people_to": 10_000}, ["people_to"]),
    ],
)
def test_numbers_of_an_idea_make_sense(fields, named):
    idea = small_site()["tea-first"]
    for name, value in fields.items():
        setattr(idea, name, value)
    wrong = []
    try:
        idea.full_clean()
    except ValidationError as error:
        wrong = list(error.message_dict)
    assert wrong == named
