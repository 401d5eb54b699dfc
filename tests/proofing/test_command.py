"""``hautevoix proof``: what it prints, writes, keeps, and answers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from proofbench import SENTENCES

if TYPE_CHECKING:
    from proofbench import Bench

LEFT_OUT = "Chacun chercha le sien parmi les hautes."


def report(bench: Bench) -> dict[str, Any]:
    """Return what proof.json holds."""
    told: dict[str, Any] = json.loads((bench.book / "proof.json").read_text("utf-8"))
    return told


def test_a_good_book_is_right(built: Bench) -> None:
    """Every sentence, title and closing included; exit code 0, the page's path on stdout."""
    done = built.run("proof", "fete.txt")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "output/fete/proof.html\n"
    assert "La fête: 6 of 6 sentences right, 0 suspect" in done.stderr
    told = report(built)
    assert (told["sentences"], told["right"], told["suspect"]) == (6, 6, [])
    assert told["audio"] == "fete.mp3"


def test_homophones_and_figures_are_right(built: Bench) -> None:
    """However the listener spells what it hears."""
    built.hears(s1="Le matin de la fête les enfant descendir en courant vers la rivière")
    assert built.run("proof", "output/fete").returncode == 0


def test_a_word_left_out_is_suspect(built: Bench) -> None:
    """It is told with what was heard, where it stands in the MP3, and which words differ."""
    built.hears(s3=LEFT_OUT)
    done = built.run("proof", "fete.txt")
    assert done.returncode == 1
    assert "5 of 6 sentences right, 1 suspect" in done.stderr
    assert f"heard: « {LEFT_OUT} »" in done.stderr
    [row] = report(built)["suspect"]
    assert (row["written"], row["heard"]) == (SENTENCES[2], LEFT_OUT)
    assert ["herbes", True] in row["words_said"]
    assert ["parmi", False] in row["words_said"]
    assert 0 < row["start"] < row["end"]
    assert (row["role"], row["voice"]) == ("body", "espeak/fr")
    assert row["reasons"] == ["other words are heard"]


def test_the_second_run_listens_to_nothing(built: Bench) -> None:
    """What was heard is kept; files that say the same are not touched."""
    built.run("proof", "fete.txt")
    listened = built.listened
    before = (built.book / "proof.html").stat().st_mtime_ns
    assert built.run("proof", "output/fete", "--json").returncode == 0
    assert built.listened == listened
    assert (built.book / "proof.html").stat().st_mtime_ns == before


def test_an_edit_costs_its_own_sentences(built: Bench) -> None:
    """Only what was spoken anew is heard."""
    built.run("proof", "fete.txt")
    listened = built.listened
    built.write(*SENTENCES[:3], "Puis tout le monde dansa.")
    built.hears()
    assert built.run("build", "fete.txt", "--quiet").returncode == 0
    built.run("proof", "fete.txt")
    assert built.listened - listened in {1, 2}  # the second hearing is of what seems wrong


def test_a_book_built_anew_has_no_proof_of_the_old_one(built: Bench) -> None:
    """What was said of other sentences would lie."""
    built.run("proof", "fete.txt")
    built.write(*SENTENCES[:-1])
    assert built.run("build", "fete.txt", "--quiet").returncode == 0
    assert not list(built.book.glob("proof.*"))


def test_another_listener_hears_for_itself(built: Bench) -> None:
    """What one model heard is not another's."""
    built.run("proof", "fete.txt")
    listened = built.listened
    (built.model / "model.bin").write_text("other", "utf-8")
    built.run("proof", "fete.txt")
    assert built.listened == 2 * listened


def test_json_is_the_report(built: Bench) -> None:
    """A line a book on stdout, the same as proof.json."""
    built.hears(s4="Et chat.")
    done = built.run("proof", "fete.txt", "--json", "--quiet")
    assert done.stderr == ""
    assert json.loads(done.stdout) == report(built)
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "listener", "code", "message"),
    [
        (["nothing.txt"], None, 3, "nothing.txt: no such file or folder."),
        (["other.txt"], None, 3, "Build it first: hautevoix build other.txt"),
        (["model"], None, 3, "no audiobook is in it"),
        (["output/fete"], "base", 5, "--fetch"),
        (["output/fete", "--fetch"], "small", 6, "can't be fetched"),
        (["output/fete"], "nobody", 5, "There is no listener called « nobody »"),
        (["output/fete"], "output", 5, "output is no model for faster-whisper: model.bin"),
        (["output/fete", "--store", "empty"], None, 3, "the store does not know"),
    ],
)
def test_what_is_missing_is_told(
    built: Bench, arguments: list[str], listener: str | None, code: int, message: str
) -> None:
    """One line says what, where, and what to do next."""
    (built.folder / "other.txt").write_text("Un texte.\n", "utf-8")
    named = {"HAUTEVOIX_LISTENER": listener} if listener else {}
    done = built.run("proof", *arguments, **named)
    assert done.returncode == code
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_model_is_fetched_when_asked(built: Bench) -> None:
    """Never before; then it is there by its name."""
    done = built.run("proof", "fete.txt", "--fetch", HAUTEVOIX_LISTENER="")
    assert done.returncode == 0, done.stderr
    assert report(built)["listener"]["model"] == "base"


def test_without_the_extra_it_says_how_to_get_it(built: Bench) -> None:
    """The command names what the extra is made of."""
    without = built.folder / "without"
    without.mkdir()
    (without / "sitecustomize.py").write_text("import sys; sys.modules['faster_whisper'] = None\n")
    done = built.run("proof", "fete.txt", PYTHONPATH=str(without))
    assert done.returncode == 5
    assert "faster-whisper" in done.stderr
