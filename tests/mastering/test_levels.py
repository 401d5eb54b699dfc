"""Loudness by voice and role; and which clips mastering asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniaudio
import numpy as np
import pytest

from fakes import recorded, script
from hautevoix.mastering import EncodingOptions, Format, needed
from hautevoix.workers.pool import WorkerPool
from mastered import master

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.storage.store import Store


def test_a_level_is_heard(tmp_path: Path, store: Store) -> None:
    """Of three sentences of one voice the second is 6 dB softer, the others as they were."""
    (tmp_path / "livre").mkdir()
    words = "Une phrase qui dure assez pour être mesurée."
    made = recorded(script([[(words, 400)] * 3]), store)
    encoding = EncodingOptions(levels=(0.0, -6.0, 0.0))
    with WorkerPool(1) as pool:
        pressed = master(made, ("a",) * 3, store, tmp_path / "livre", pool, encoding=encoding)
    sound = miniaudio.decode_file(
        str(pressed.mp3), output_format=miniaudio.SampleFormat.FLOAT32, nchannels=1
    )
    samples = np.frombuffer(sound.samples, np.float32)
    first, second, third = (
        20 * np.log10(np.sqrt(np.mean(np.square(samples[mark.start : mark.end]))))
        for mark in pressed.timeline.utterances
    )
    assert second - first == pytest.approx(-6, abs=0.5)
    assert third - first == pytest.approx(0, abs=0.2)


def test_only_what_is_still_to_make_needs_its_clips(tmp_path: Path, store: Store) -> None:
    """Of a book that was made before, a changed level asks for the clips of its paragraph alone.

    All are asked for where that can't be known: before the first build, and for an M4B.
    """
    (tmp_path / "livre").mkdir()
    lines = [[(f"Une phrase numéro {number}.", 400)] for number in range(3)]
    made = recorded(script(lines), store)
    voices, encoding = ("a",) * 3, EncodingOptions(levels=(0.0, 0.0, 0.0))
    assert needed(made, voices, store, encoding) == set(made.keys)
    with WorkerPool(1) as pool:
        master(made, voices, store, tmp_path / "livre", pool, encoding=encoding)
    assert needed(made, voices, store, encoding) == set()
    assert needed(made, voices, store, EncodingOptions(levels=(0.0, 3.0, 0.0))) == {made.keys[1]}
    assert needed(made, voices, store, EncodingOptions(formats=(Format.M4B,))) == set(made.keys)
