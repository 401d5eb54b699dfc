"""Spellings for eSpeak's ear: worked out where an engine reads them, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hautevoix.engines import espeak, pico
from hautevoix.model import Manner, Sidecar
from hautevoix.model.options import Source
from hautevoix.pipeline.casting import casting
from hautevoix.pipeline.texts import narrate, understand

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("spelled", [True, False])
def test_words_are_spelled_only_where_it_is_asked(tmp_path: Path, *, spelled: bool) -> None:
    """The words themselves are the same."""
    path = tmp_path / "t.txt"
    path.write_text("Il vint jadis.")
    [said] = [
        one for one in narrate(understand(Source(path)), spelled=spelled).utterances
        if one.paragraph is not None
    ]  # fmt: skip
    assert said.spoken == "Il vint jadis."
    spans = [span for span in said.words.spans if span.manner is Manner.RESPELLED]
    assert bool(spans) == spelled


def test_a_cast_says_whether_anybody_reads_spellings() -> None:
    """The engine, or the one that takes its place."""
    assert casting(espeak.engine(), Sidecar()).respelled
    if pico.engine().check().ready:
        assert not casting(pico.engine(), Sidecar()).respelled
        assert casting(pico.engine(), Sidecar(), fallback="espeak").respelled
