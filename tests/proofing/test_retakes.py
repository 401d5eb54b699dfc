"""``build --proof``: what is heard wrong is spoken again, and the best take stays."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from proofbench import SENTENCES

if TYPE_CHECKING:
    from proofbench import Bench


def test_a_suspect_sentence_is_spoken_again(built: Bench) -> None:
    """A take that is heard right takes its place; the build says so, and proof agrees.

    A second build is the same to the byte and listens to nothing; one after an edit neither asks
    for that sentence again.
    """
    built.hears(s1="Le matin de la fête.")  # as long as the first take only
    done = built.run("build", "fete.txt", "--proof", "--json", "--quiet")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    [retake] = told["retakes"]
    assert retake["text"] == SENTENCES[0]
    assert retake["way"] in {"cut in two", "a little slower"}
    assert retake["result"] == "heard right"
    mp3 = (built.book / "fete.mp3").read_bytes()
    listened = built.listened
    (built.book / "fete.mp3").unlink()
    again = built.run("build", "fete.txt", "--proof", "--json", "--quiet")
    assert json.loads(again.stdout)["retakes"] == told["retakes"]
    assert (built.book / "fete.mp3").read_bytes() == mp3
    assert built.listened == listened


def test_where_no_take_is_better_the_first_stays(built: Bench) -> None:
    """Then the book is as it would be without; at most three takes, and it is told."""
    plain = (built.book / "fete.mp3").read_bytes()
    (built.model / "heard.json").write_text(json.dumps({"0": "Tout autre chose."}), "utf-8")
    done = built.run("build", "fete.txt", "--proof")
    assert done.returncode == 0, done.stderr
    assert "Spoken again, as other words were heard (6):" in done.stderr
    assert f"« {SENTENCES[0]} »: no better take, still suspect" in done.stderr
    assert (built.book / "fete.mp3").read_bytes() == plain
    assert built.listened <= 2 * 6 * 4


def test_a_listener_that_is_missing_is_told_before_anything_is_spoken(built: Bench) -> None:
    """One line, as « proof » has it."""
    built.write("Une phrase toute neuve.")
    done = built.run("build", "fete.txt", "--proof", "--model", "base", FAKE_MODEL="")
    assert done.returncode == 5
    assert "--fetch" in done.stderr
    assert "Speaking" not in done.stderr
