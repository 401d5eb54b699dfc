from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from commands import hautevoix

if TYPE_CHECKING:
    from pathlib import Path

PLS = """<?xml version="1.0" encoding="UTF-8"?>
<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"
  alphabet="ipa" xml:lang="fr">
  <lexeme><grapheme>S.N.C.F.</grapheme><alias>Société nationale des chemins de fer</alias></lexeme>
</lexicon>
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a user's configuration folder of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "hautevoix"
    folder.mkdir(parents=True)
    return folder


def test_a_lexicon_file_says_words(tmp_path: Path) -> None:
    """TOML or PLS, told by content, on any command that says something."""
    (tmp_path / "a.toml").write_text('"C.G.T." = "Confédération générale du travail"\n', "utf-8")
    (tmp_path / "b.xml").write_text(PLS, "utf-8")
    line = "La C.G.T. de la S.N.C.F. appelle."
    given = ("--lexicon", "a.toml", "--lexicon", "b.xml", line)
    said = hautevoix("spoken", *given, cwd=tmp_path).stdout
    assert said == (
        "La Confédération générale du travail de la Société nationale des chemins de fer appelle.\n"
    )


def test_the_user_s_own_lexicon_is_always_there(home: Path) -> None:
    """A file in the configuration folder holds for every text; a file given wins over it."""
    (home / "lexicon.toml").write_text('"Mme X" = "Madame Dupont"\n', "utf-8")
    assert hautevoix("spoken", "Voici Mme X.").stdout == "Voici Madame Dupont.\n"
    other = home / "autre.toml"
    other.write_text('"Mme X" = "Madame Durand"\n', "utf-8")
    assert hautevoix("spoken", "--lexicon", other, "Voici Mme X.").stdout.endswith("Durand.\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<lexicon", ("lexique", "XML")),
        ('"a" = 3', ("lexique", "“a”")),
        ("a = ", ("lexique", "TOML")),
        ("\udcff", ("lexique", "UTF-8")),
    ],
)
def test_a_wrong_lexicon_is_one_clear_line(
    tmp_path: Path, content: str, words: tuple[str, ...]
) -> None:
    """The file is named, and what is wrong in it."""
    (tmp_path / "lexique").write_bytes(content.encode("utf-8", "surrogateescape"))
    done = hautevoix("spoken", "--lexicon", "lexique", "Bonjour.", cwd=tmp_path)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words), done.stderr


def test_what_was_doubted_is_listed_most_frequent_first(tmp_path: Path) -> None:
    """Each with how often, its kind and where it stands; for programs as JSON too."""
    text = tmp_path / "texte.txt"
    text.write_text("Le XYZT vint. Le XYZT partit. Le QRSW resta, cap. et bât.\n", "utf-8")
    listed = hautevoix("script", "--unsure", text).stdout.splitlines()
    assert listed[0].startswith("2\tacronym\tXYZT\t")
    rows = [
        json.loads(line)
        for line in hautevoix("script", "--unsure", "--json", text).stdout.splitlines()
    ]
    assert [row["count"] for row in rows] == sorted((row["count"] for row in rows), reverse=True)


def test_doctor_tells_what_is_there() -> None:
    """Each engine with its state, and where the user's things are kept."""
    done = hautevoix("doctor")
    assert done.returncode == 0
    assert re.search(r"engine espeak +ready\b", done.stdout)
    assert "hautevoix" in done.stdout.splitlines()[-1]
