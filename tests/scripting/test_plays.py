"""Who speaks in plays, scripts and interviews, from the name over or before what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from characters import plays, scores
from hautevoix.french import Narrator
from hautevoix.model import Role
from hautevoix.reading import read
from hautevoix.scripting import ReadingOptions, write_script
from hautevoix.scripting.plays import characters

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*/in.*"))


def _said(path: Path, *, staged: bool) -> list[tuple[str, str]]:
    """Return who says what in the chapters of a text, the narrator as nobody."""
    reading = ReadingOptions(opening=False, closing=False, parted=staged, staged=staged)
    made = write_script(read(path), Narrator(), reading).utterances
    return [
        (one.character or "", " / ".join(one.written.split("\n")))
        for one in made
        if one.role is not Role.HEADING
    ]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_a_text_is_spoken_by_those_whom_it_names(path: Path) -> None:
    """From the file to who says each utterance; names and stage directions are the narrator's."""
    wanted = path.with_name("said.tsv").read_text("utf-8").splitlines()
    assert ["\t".join(row) for row in _said(path, staged=True)] == wanted


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_one_voice_says_it_in_the_same_breaths(path: Path) -> None:
    """Where nobody is cast no sentence is cut: a name and what follows it stay together."""
    whole = [written for _, written in _said(path, staged=False)]
    pieces = [written for _, written in _said(path, staged=True)]
    assert "".join(whole).replace(" ", "").replace("—", "") == "".join(pieces).replace(
        " ", ""
    ).replace("—", "")
    assert len(whole) <= len(pieces)


def test_the_labelled_set_is_read_precisely() -> None:
    """Nobody is given words that are not his, nor where it only looks like a play."""
    texts = list(plays())
    wanted = [who for text in texts for who in text.speakers]
    got = [who for text in texts for who in text.found()]
    precision, recall = scores(wanted, got)
    assert precision >= 0.97
    assert recall >= 0.95


def test_who_speaks_is_counted() -> None:
    """The most frequent first, those of a play as those of a novel."""
    path = next(path for path in GOLDEN if path.parent.name == "play-in-prose")
    assert characters(read(path)) == (("MAÎTRE GUILLOT", 4), ("JACQUELINE", 3), ("L’AVEUGLE", 2))
