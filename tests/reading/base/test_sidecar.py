"""The sidecar: what it may say, and how it tells what it may not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hautevoix.errors import InputError
from hautevoix.model import LexiconEntry, Sidecar, VoiceSettings
from hautevoix.reading import read_sidecar
from hautevoix.reading.base.sidecar import parse_sidecar

if TYPE_CHECKING:
    from pathlib import Path


def sidecar(folder: Path, toml: str) -> Sidecar:
    """Return the sidecar ``toml`` of a text in ``folder``."""
    (folder / "texte.toml").write_text(toml, encoding="utf-8")
    return read_sidecar(folder / "texte.txt")


def test_no_sidecar_says_nothing(tmp_path: Path) -> None:
    """A text without a TOML beside it gets the empty sidecar."""
    assert read_sidecar(tmp_path / "texte.txt") == Sidecar()


def test_everything_that_a_sidecar_may_say(tmp_path: Path) -> None:
    """Each known key arrives in its field."""
    found = sidecar(
        tmp_path,
        """
        title = "Le Pont"
        author = "A. B."
        date = 1917-11-01
        language = "fr"
        description = "Un conte."
        cover = "pont.jpg"
        [lexicon]
        "C.C." = "Comité central"
        "Kérenski" = {ipa = "keʁɛnski", any_case = true}
        [corrections]
        "ta Révolution" = "la Révolution"
        [pauses]
        sentence = 300
        [voices]
        narrator = "fr"
        note = "fr-be"
        """,
    )
    assert found == Sidecar(
        title="Le Pont",
        author="A. B.",
        date="1er novembre 1917",
        language="fr",
        description="Un conte.",
        cover="pont.jpg",
        lexicon=(
            LexiconEntry("C.C.", spoken="Comité central"),
            LexiconEntry("Kérenski", ipa="keʁɛnski", any_case=True),
        ),
        corrections=(("ta Révolution", "la Révolution"),),
        pauses=(("sentence", 300),),
        voices=(("narrator", VoiceSettings("fr")), ("note", VoiceSettings("fr-be"))),
    )


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ('titel = "x"', "unknown key “titel”. Did you mean “title”?"),
        ("[pauses]\nparagrahp = 3", "unknown key “paragrahp”. Did you mean “paragraph”?"),
        ('[voices]\nnarator = "fr"', "Did you mean “narrator”?"),
        ('[lexicon]\nx = {spokn = "y"}', "Did you mean “spoken”?"),
        ("[lexicon]\nx = {any_case = true}", "“x” says nothing"),
        ("title = 3", "“title” must be a string, not a number"),
        ('title = " "', "“title” is empty"),
        ("[pauses]\nnote = '3'", "“note” must be a whole number of milliseconds, not a string"),
        ("[pauses]\nnote = true", "milliseconds, not true or false"),
        ("[pauses]\nnote = -1", "between 0 and 60000"),
        ("[pauses]\nnote = 1.5", "a whole number of milliseconds, not a decimal number"),
        ("[[chapters]]\nnumber = 0\nskip = true", "“number” counts from 1 up. It says 0."),
        ("keep = [1]", "“keep” must be a list of codes in quotes, not a number"),
        ("[lexicon]\nx = 3", "“x” must be a string or a table, not a number"),
        ('[lexicon]\nx = {spoken = "y", any_case = 1}', "“any_case” must be true or false"),
        ("[corrections]\nx = 3", "“x” must be a string, not a number"),
        ('[corrections]\n"" = "y"', "corrects nothing"),
        ("pauses = 3", "“pauses” must be a table, not a number"),
        ("title = ", "not valid TOML"),
        ("zzzqqq = 1", "Known keys: title, author"),
    ],
)
def test_mistakes_are_named_with_the_file_and_the_key(tmp_path: Path, toml: str, told: str) -> None:
    """One line says the file, the key and the nearest thing that would be right."""
    with pytest.raises(InputError) as caught:
        sidecar(tmp_path, toml)
    line = str(caught.value)
    assert told in line
    assert "texte.toml" in line
    assert "\n" not in line


def test_a_sidecar_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    """TOML is UTF-8; another charset is named as the trouble."""
    (tmp_path / "texte.toml").write_bytes('title = "été"'.encode("cp1252"))
    with pytest.raises(InputError, match="not UTF-8"):
        read_sidecar(tmp_path / "texte.txt")


def test_a_role_may_have_a_rate_and_a_level() -> None:
    """A part is a voice, or a table with a rate and a level of its own."""
    table = {"quote": {"voice": "fr+f3", "rate": 0.9, "level": -2}, "note": {"rate": 1.1}}
    assert parse_sidecar({"voices": table}, "x.toml").voices == (
        ("quote", VoiceSettings("fr+f3", 0.9, -2.0)),
        ("note", VoiceSettings(None, 1.1)),
    )


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"rate": 9}, "between 0.5 and 2"),
        ({"level": 20}, "between -20 and 6"),
        ({"rate": "fast"}, "a number"),
        ({"speed": 1}, "unknown key"),
        (3, "a voice or a table"),
    ],
)
def test_a_part_that_can_t_be_is_told(part: object, words: str) -> None:
    """What is wrong with it, and where."""
    with pytest.raises(InputError, match=words):
        parse_sidecar({"voices": {"quote": part}}, "x.toml")


def test_a_lexicon_entry_for_nothing_is_refused(tmp_path: Path) -> None:
    """An empty word would stand nowhere: it is said, as for the corrections."""
    with pytest.raises(InputError, match="entry for nothing"):
        sidecar(tmp_path, '[lexicon]\n"" = "rien"\n')


def test_what_is_left_out_can_be_kept_by_its_code(tmp_path: Path) -> None:
    """``keep`` takes codes, and names the nearest one for what is none."""
    told = sidecar(tmp_path, 'keep = ["publisher-left-out"]\nnotes = "brackets"')
    assert told.keep == {"publisher-left-out"}
    assert told.notes == "brackets"
    with pytest.raises(InputError, match="can't keep “publisher”"):
        sidecar(tmp_path, 'keep = ["publisher"]')
    with pytest.raises(InputError, match="“keep” must be a list of codes"):
        sidecar(tmp_path, "keep = true")
    with pytest.raises(InputError, match="“notes” is 'feet'"):
        sidecar(tmp_path, 'notes = "feet"')


def test_a_sidecar_that_can_t_be_looked_for_is_not_passed_over(tmp_path: Path) -> None:
    """A disk that fails at it does not make a book without its title and corrections."""
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(InputError, match="symbolic links"):
        read_sidecar(tmp_path / "loop" / "a.txt")
