"""The widget's source: its rules in plain Node, its types, and the file that was made of it."""

from pathlib import Path

import pytest
from django.conf import settings

from api.widget.bundle import FILE, script
from tests.gates.needs import need
from tests.node import MODULES, node, tools
from tests.once import once
from toolkit.assets import FIRST_SCRIPT, asset

pytestmark = pytest.mark.needs("node")
SOURCE = Path(settings.BASE_DIR) / "api" / "widget" / "source"
SITE = Path(settings.BASE_DIR) / "templates" / "script"
OF_THE_SITE = ("films.js", "read-aloud.js", "site.js", "offline.js", "worker.js")
HERE = Path(__file__).parent


def make_types(_folder: Path):
    done = node("npm", "run", "--silent", "types")
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def types(common):
    """The types of the API, as its contract is now."""
    need("node")
    tools(common)
    once(common, "widget-types", make_types)


def test_rules_hold_in_plain_node(types):
    done = node("node", "--test", *map(str, sorted(HERE.glob("*.test.js"))))
    assert done.returncode == 0, done.stdout


def test_style_is_kept(types):
    done = node("npm", "run", "--silent", "style")
    assert done.returncode == 0, done.stdout + done.stderr


def test_types_are_right(types):
    done = node("npm", "run", "--silent", "check")
    assert done.returncode == 0, done.stdout


def test_wrong_word_is_found_by_types(types, tmp_path):
    (tmp_path / "source").symlink_to(SOURCE)
    (tmp_path / "wrong.js").write_text(
        'import { wording } from "./source/text.js";\n'
        "/** @type {import('./source/types.js').WidgetDocument} */ const found = JSON.parse('');\n"
        'wording(found, "en").say("no_such_word");\n'
    )
    done = node(
        str(MODULES / ".bin/tsc"),
        *("--allowJs", "--checkJs", "--noEmit", "--strict", "--target", "es2022", "--preserveSymlinks"),
        *("--moduleResolution", "bundler", "--module", "esnext", "--lib", "es2022,dom,dom.iterable"),
        str(tmp_path / "wrong.js"),
    )
    assert "no_such_word" in done.stdout


def test_committed_scripts_are_what_the_sources_give(types, tmp_path):
    done = node("node", "bundle-scripts.js", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        FILE.name: FILE.read_bytes(),
        FIRST_SCRIPT.name: FIRST_SCRIPT.read_bytes(),
        **{name: asset(name).content for name in OF_THE_SITE},
    }


@pytest.mark.parametrize(
    "made", [script().content, FIRST_SCRIPT.read_bytes(), *(asset(name).content for name in OF_THE_SITE)]
)
def test_script_makes_no_html_of_words(made):
    sinks = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "cookie")
    assert [sink for sink in sinks if sink in made.decode()] == []


def test_source_has_no_words_of_its_own():
    """Whatever people read comes from the document. Two words in a row in a string would be a sentence."""
    sentences = [
        line.strip()
        for file in [*SOURCE.glob("*.js"), *SITE.glob("*.js")]
        for line in file.read_text().splitlines()
        if not line.strip().startswith(("//", "*", "/*", "import")) and '"' in line
        for text in line.split('"')[1::2]
        if text.count(" ") > 1 and text.replace(" ", "").isalpha()
    ]
    assert sentences == []
