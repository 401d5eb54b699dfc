"""What is said to users is said in their language."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import hautevoix as package
import translations
from commands import hautevoix
from hautevoix import localization
from hautevoix.localization import LANGUAGES, language, ntr, tr

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCES = Path(package.__path__[0])
TOLD = ("Error", "UsageError", "BadParameter", "Finding", "Fault", "echo", "fail", "Readiness")
OURS = ("TypeError", "AttributeError", "KeyError", "OSError")  # bugs of a caller's, not a user's


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the user French."""
    monkeypatch.setenv("HAUTEVOIX_LANG", "fr")


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_left_untranslated(code: str) -> None:
    """All that the source says has its translation, with the same fields: script/translations."""
    catalogue = translations.catalogue(code)
    assert translations.lacking(catalogue) == ()
    assert translations.wrong(catalogue) == ()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_source(code: str) -> None:
    """What gettext reads was compiled from what translators wrote, after the source changed."""
    folder = localization.LOCALES / code / "LC_MESSAGES"
    catalogue = translations.catalogue(code)
    assert (folder / "hautevoix.po").read_bytes() == translations.written(catalogue)
    assert (folder / "hautevoix.mo").read_bytes() == translations.compiled(catalogue)


def test_no_message_goes_round_the_catalogue() -> None:
    """A sentence that is raised, printed or found is given to ``tr``."""
    assert list(_untranslated()) == []


def _untranslated() -> Iterator[str]:
    for path in sorted(SOURCES.rglob("*.py")):
        if path.name == "contract.py":  # for those who write engines
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _tells(node.func):
                told = [*node.args, *(word.value for word in node.keywords if word.arg == "advice")]
                for text in filter(_is_sentence, told):
                    yield f"{path.relative_to(SOURCES)}:{text.lineno}: {ast.unparse(text)}"


def _tells(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.endswith(TOLD) and name not in OURS


def _is_sentence(node: ast.expr) -> bool:
    """Tell whether a literal has two words of its own, such as « {path}: no such file. »."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    words = "".join(
        part.value
        for part in parts
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    )
    return sum(word.strip("«».,:;").islower() for word in words.split()) >= 2


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LC_ALL": "fr_CA.UTF-8", "LANG": "en_US.UTF-8"}, "fr"),
        ({"LC_MESSAGES": "en_GB.UTF-8", "LANG": "fr_FR.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8", "LANGUAGE": "fr"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "fr"}, "en"),
        ({"HAUTEVOIX_LANG": "fr", "LC_ALL": "C"}, "fr"),
        ({"HAUTEVOIX_LANG": "en", "LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_systems_unless_ours_is_set(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    """HAUTEVOIX_LANG, then LANGUAGE, LC_ALL, LC_MESSAGES, LANG; the locale C is English."""
    for name in ("HAUTEVOIX_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert language() == expected


@pytest.mark.usefixtures("french")
def test_values_and_numbers_are_written_as_the_language_does() -> None:
    """Fields are filled, fractions have a comma, and none is singular in French."""
    assert tr("{text}: no such file.", text="a.txt") == "a.txt\xa0: ce fichier n'existe pas."
    assert tr("{size:.0f} kB", size=1234) == "1234\xa0ko"
    assert ntr("{count:,} piece", "{count:,} pieces", 1234) == "1\xa0234 morceaux"
    assert (
        tr("a silence of {pause:.1f} s inside", pause=2.5) == "un silence de 2,5\xa0s à l'intérieur"
    )
    assert ntr("{count} note", "{count} notes", 0) == "0 note"


def test_a_french_user_is_answered_in_french(tmp_path: Path) -> None:
    """Help, click's words in it, errors and diagnostics are; what programs read is not."""
    text = tmp_path / "a.txt"
    text.write_text("Il dit[3] oui.\n", "utf-8")
    french = {"HAUTEVOIX_LANG": "fr"}
    told = hautevoix("build", "--help", env=french).stdout
    assert "Afficher cette aide." in told
    assert "Le dossier où chaque livre reçoit son propre" in told
    wrong = hautevoix("outline", "rien.txt", env=french)
    assert wrong.stderr.startswith("hautevoix: rien.txt\xa0: ce fichier n'existe pas.")
    heard = json.loads(hautevoix("outline", "--json", str(text), env=french).stdout)
    assert heard["warnings"][0]["code"] == "call-without-note"
    assert heard["warnings"][0]["message"].startswith("l'appel [3] n'a pas de note")
