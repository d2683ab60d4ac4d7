"""`manage.py check_language`, and the starter content, on which it finds nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from cms.plain_language.looking import all_known, look_at
from cms.plain_language.refreshing import pages_to_check
from toolkit.bundle.load import load_folder
from toolkit.translation.standings import follow_all

pytestmark = pytest.mark.django_db


def run(capsys, *arguments: str) -> tuple[str, int]:
    """Give what the command printed, and what it ended with."""
    code = 0
    try:
        call_command("check_language", *arguments)
    except SystemExit as end:
        code = end.code
    return capsys.readouterr().out, code


def test_every_starter_page_is_plain():
    follow_all()
    load_folder()
    known = all_known()
    pages = list(pages_to_check())
    assert {page.locale.language_code for page in pages} == {"en", "cy", "ar"}
    found = [(page.public_path, one.code, one.words) for page in pages for one in look_at(page, known).findings]
    assert found == []


def test_plain_site_is_all_clear(pages, capsys):
    assert run(capsys) == ("All clear: nothing could be plainer.\n", 0)


def test_findings_stand_below_their_page(hard_page, capsys):
    printed, code = run(capsys)
    assert code == 1
    first, *rest = printed.splitlines()
    assert first == f"/en/first-stage/hard/  Hard  (/admin/pages/{hard_page.pk}/edit/)"
    assert "  Text, piece 1 (Text): “paradigms”: say “way of thinking”." in rest
    assert rest[-1] == "5 things could be plainer, on 1 page."


def test_findings_are_told_to_programs(hard_page, capsys):
    printed, code = run(capsys, "--format", "json")
    (page,) = json.loads(printed)
    assert (page["path"], code) == ("/en/first-stage/hard/", 1)
    assert {"code", "place", "where", "words", "said"} == page["findings"][0].keys()


def test_drafts_are_looked_at_on_request(pages, capsys):
    mark = pages["hearing"]
    mark.summary = "Ask all paradigms."
    mark.save_revision()
    assert run(capsys)[1] == 0
    assert run(capsys, "--drafts")[1] == 1
    assert run(capsys, "--drafts", "--locale", "cy")[1] == 0


def test_unknown_language_is_refused():
    with pytest.raises(CommandError, match="There are: en, cy, ar, es"):
        call_command("check_language", "--locale", "xx")
