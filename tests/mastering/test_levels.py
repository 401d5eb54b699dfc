"""Roles that are to be softer or louder than the narrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import miniaudio
import numpy as np
import pytest

from fakes import recorded, script
from hautevoix.mastering import Pressing, master
from hautevoix.workers import Crew

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.store import Store


def test_a_level_is_heard(tmp_path: Path, store: Store) -> None:
    """Of three sentences of one voice the second is 6 dB softer, the others as they were."""
    (tmp_path / "livre").mkdir()
    words = "Une phrase qui dure assez pour être mesurée."
    made = recorded(script([[(words, 400)] * 3]), store)
    pressing = Pressing(levels=(0.0, -6.0, 0.0))
    with Crew(1) as crew:
        pressed = master(made, ("a",) * 3, store, tmp_path / "livre", crew, pressing=pressing)
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
