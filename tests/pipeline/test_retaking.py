from __future__ import annotations

import json
import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from commands import hautevoix
from hautevoix.errors import InputError
from hautevoix.model.options import Source
from hautevoix.pipeline.sidecar_edits import drop_retake, keep_retake
from hautevoix.pipeline.texts import narrate, understand

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """CHAPITRE PREMIER

Le bateau accosta. Vous voilà, dit le gardien. Le lendemain, il plut.
"""
SIDECAR = '# à nous\ntitle = "Le phare"   # provisoire\n\n[lexicon]\n"plut" = "plute" # ainsi\n'


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a text of three sentences, whose sidecar has comments."""
    path = tmp_path / "phare.txt"
    path.write_text(TEXT, "utf-8")
    path.with_suffix(".toml").write_text(SIDECAR, "utf-8")
    return path


def test_a_sidecar_keeps_what_its_owner_wrote(text: Path) -> None:
    """A retake is added, changed and taken out; not a letter or comment of the rest changes."""
    sidecar = text.with_suffix(".toml")
    assert keep_retake(text, "Le bateau  accosta.", {})["take"] == 1
    assert keep_retake(text, "Le bateau accosta.", {})["take"] == 2
    keep_retake(text, "Le lendemain, il plut.", {"say": "il pleuvait"})
    assert sidecar.read_text("utf-8").startswith(SIDECAR)
    script = narrate(understand(Source(text)), spelled=False)
    assert "il pleuvait" in [utterance.spoken for utterance in script.utterances]
    drop_retake(text, "Le bateau accosta.")
    drop_retake(text, "Le lendemain, il plut.")
    assert sidecar.read_text("utf-8").rstrip() == SIDECAR.rstrip()


def test_a_retake_of_what_is_gone_is_told(text: Path) -> None:
    """A sentence that was rewritten since is a diagnostic, not silence; a wrong key an error."""
    keep_retake(text, "Le bateau coula.", {"rate": 0.9})
    assert "retake-idle" in [told.code for told in understand(Source(text)).book.diagnostics]
    text.with_suffix(".toml").write_text('[[retakes]]\nwords = "Il plut."\n', "utf-8")
    with pytest.raises(InputError, match=r"\[\[retakes\]\] 1 tells no sentence, or not how"):
        understand(Source(text))


def test_a_sentence_is_chosen_by_its_words(text: Path) -> None:
    """Where several or none have the words, those that may be meant are listed, none is kept."""
    several = hautevoix("retake", text, "le")
    assert several.returncode == 3
    assert several.stderr.splitlines()[1] == "  « Le bateau accosta. »"
    assert "4 sentences have « le »" in several.stderr
    none = hautevoix("retake", text, "Le bateau accostera")
    assert none.stderr.splitlines()[0] == "  « Le bateau accosta. »"
    assert none.returncode == 3
    assert text.with_suffix(".toml").read_text("utf-8") == SIDECAR


def test_the_next_build_says_it_otherwise(text: Path) -> None:
    """The sentence lasts longer at a slower rate, another take is other sound; nothing else is."""

    def lengths(*words: str) -> dict[str, float]:
        if words:
            assert not hautevoix("retake", text, *words).returncode
        done = hautevoix("build", text, "--engine", "espeak", "--store", "store", cwd=text.parent)
        assert not done.returncode, done.stderr
        (told,) = (text.parent / "output").rglob("*.timeline.json")
        rows = json.loads(told.read_text("utf-8"))["utterances"]
        return {row["text"]: round(row["end"] - row["start"], 3) for row in rows}

    first = lengths()
    slower = lengths("vous voilà", "--rate", "0.6")
    changed = {said for said, length in slower.items() if abs(length - first[said]) > 0.2}
    assert changed == {"Vous voilà, dit le gardien."}
    again = lengths("bateau")
    assert again["Le bateau accosta."] != first["Le bateau accosta."]
    hautevoix("retake", text, "bateau", "--undo")
    assert lengths("voilà", "--undo") == first


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_sidecar_is_the_old_one_or_the_new_one_wherever_it_was_killed(text: Path) -> None:
    """SIGKILL at each opening and renaming: old, until the renaming makes it new."""
    sidecar = text.with_suffix(".toml")
    left: list[str] = []
    while killed_at(len(left) + 1, text):
        left.append(sidecar.read_text("utf-8"))
        sidecar.write_text(SIDECAR, "utf-8")
    new = sidecar.read_text("utf-8")
    assert "rate = 0.9" in new
    assert len(left) >= 3
    assert left[0] == SIDECAR
    assert {*left} <= {SIDECAR, new}


def killed_at(step: int, text: Path) -> bool:
    """Keep a retake in a fork that is killed at a step; return whether it came to that."""
    count = 0

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in {"open", "os.rename"} and str(text.parent) in str(arguments[0]):
            count += 1
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            sys.addaudithook(hear)
            keep_retake(text, "Le bateau accosta.", {"rate": 0.9})
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
