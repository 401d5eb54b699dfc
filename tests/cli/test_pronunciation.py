"""``spoken --sounds``, ``names`` and ``--liaisons``, as a user types them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands import hautevoix

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "On vit Homais et Berthe. Puis Homais parla du vieux Poniatowski à Homais.\n"


def test_a_line_of_sounds_for_each_line() -> None:
    """Words are parted by spaces, stresses marked; what changed is told below."""
    done = hautevoix("spoken", "--sounds", "--explain", "Le rythme, jadis.", "À 20 heures.")
    assert done.stdout.splitlines() == [
        "lə ʁˈitm ʒadˈis",
        "  · word: « rythme » → « rytme », « jadis » → « jadisse »",
        "a vˈɛ̃t ˈœʁ",
        "  · cardinals: « 20 » → « vingt »",
        "  · liaison: « vingt » → « vinte »",
    ]


def test_an_engine_that_does_not_tell_its_sounds_says_so() -> None:
    """One line, and which engines do."""
    done = hautevoix("spoken", "--sounds", "--engine", "gtts", "Oui.")
    assert (done.returncode, done.stdout) == (5, "")
    assert done.stderr == (
        "hautevoix: The engine « gtts » does not tell its sounds. "
        "Those of espeak, kokoro and piper can be shown.\n"
    )


def test_names_are_listed_by_frequency(tmp_path: Path) -> None:
    """How often, the name, its sounds, and why they are doubted; ready for a lexicon."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert hautevoix("names", "a.txt", cwd=tmp_path).stdout.splitlines() == [
        "3\tHomais\tomˈɛ\t-",
        "1\tBerthe\tbˈɛʁt\t-",
        "1\tPoniatowski\tponjatɔvskˈi\tending",
    ]
    doubted = hautevoix("names", "a.txt", "--doubted", "--toml", cwd=tmp_path).stdout
    assert doubted == '"Poniatowski" = { ipa = "ponjatɔvskˈi" }  # 1 ×\n'
    told = hautevoix("names", "a.txt", "--json", cwd=tmp_path).stdout.splitlines()[0]
    assert json.loads(told) == {"count": 3, "name": "Homais", "ipa": "omˈɛ", "doubt": ""}


def test_a_sidecar_or_an_option_asks_for_a_solemn_style(tmp_path: Path) -> None:
    """The option wins over the sidecar, and another word is refused by its name."""
    (tmp_path / "a.txt").write_text("Des enfants adorables.\n", "utf-8")
    (tmp_path / "a.toml").write_text('liaisons = "solemn"\n', "utf-8")
    line = ("spoken", "--sounds", "--for", "a.txt", "Des enfants adorables.")
    assert hautevoix(*line, cwd=tmp_path).stdout == "dez ɑ̃fˈɑ̃z adoʁˈabl\n"
    usual = hautevoix(*line, "--liaisons", "usual", cwd=tmp_path)
    assert usual.stdout == "dez ɑ̃fˈɑ̃ adoʁˈabl\n"
    (tmp_path / "a.toml").write_text('liaisons = "many"\n', "utf-8")
    done = hautevoix("script", "a.txt", cwd=tmp_path)
    assert done.returncode == 3
    assert "“liaisons” can't be “many”. It is one of “usual”, “solemn”." in done.stderr
