from __future__ import annotations

import subprocess
import wave
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakes import hum
from hautevoix.mastering import loudness, sound
from hautevoix.mastering.profiles import PODCAST

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.mastering.profiles import Profile
    from hautevoix.model import Clip


def sine(level: float, seconds: float, hertz: float = 997.0) -> np.ndarray:
    """Return a tone at RATE."""
    times = np.arange(round(seconds * sound.RATE)) / sound.RATE
    return (level * np.sin(2 * np.pi * hertz * times)).astype(np.float32)


def gain_for(clips: list[tuple[Clip, int]], profile: Profile) -> float:
    """Return the gain for a voice, of which there are ``clips``, each with a pause."""
    return loudness.gain_for(
        lambda gain: [loudness.measured(clip, pause, gain, profile) for clip, pause in clips],
        profile,
    )


@given(st.floats(0, 400), st.floats(30, 900))
def test_engine_silence_is_trimmed(silence: float, length: float) -> None:
    """Whatever silence an engine adds, the clip lasts as long as its speech, to 40 ms."""
    heard = sound.prepared(hum(length, silence=silence), 0.0).size / sound.RATE * 1000
    assert length - 3 <= heard <= length + 40


def test_a_clip_of_silence_is_empty() -> None:
    """A clip without speech leaves nothing, not even noise."""
    assert sound.prepared(hum(0, silence=500), 0.0).size == 0


def test_both_ends_are_silent_so_that_joins_do_not_click() -> None:
    """A clip that starts and ends at full level rises from nothing and falls to nothing."""
    samples = sound.prepared(hum(300, pitch=1000), 0.0)
    assert abs(int(samples[0])) < 5
    assert abs(int(samples[-1])) < 5
    assert np.abs(np.diff(samples[:200].astype(int))).max() < 2500


@given(st.floats(-20, 30))
def test_no_sample_exceeds_the_ceiling(gain: float) -> None:
    """However much louder a voice is made, its samples stay under the ceiling."""
    samples = sound.produced(hum(200), gain)
    assert np.abs(samples).max() <= sound.CEILING + 1e-6


def test_the_limiter_leaves_alone_what_is_under_the_ceiling() -> None:
    """Speech that needs no limiting is not touched."""
    quiet = sine(0.5, 0.3)
    sound.limit(quiet)
    np.testing.assert_array_equal(quiet, sine(0.5, 0.3))


def test_the_limiter_turns_down_only_around_a_peak() -> None:
    """A peak is turned down smoothly; 20 ms from it nothing has changed."""
    samples = sine(0.4, 1.0)
    samples[22050] = 1.5
    limited = samples.copy()
    sound.limit(limited)
    assert limited[22050] == pytest.approx(sound.CEILING, abs=1e-3)
    np.testing.assert_allclose(limited[:21000], samples[:21000], atol=1e-6)


@given(st.integers(-200, 200))
def test_resizing_adds_silence_or_fades_again(change: int) -> None:
    """A clip can grow or lose a few samples at its end and still ends in silence."""
    samples = sound.prepared(hum(100), 0.0)
    resized = sound.resized(samples, change)
    assert resized.size == samples.size + change
    assert abs(int(resized[-1])) < 40


def test_loudness_of_the_reference_tone() -> None:
    """BS.1770: a full-scale sine at 997 Hz in one channel is −3.01 LUFS."""
    assert loudness.integrated([sine(1.0, 5)]) == pytest.approx(-3.01, abs=0.05)


def test_silence_has_no_loudness() -> None:
    """Silence is −inf, and no gain is asked for it."""
    assert loudness.integrated([np.zeros(sound.RATE, np.float32)]) == float("-inf")
    assert gain_for([(hum(0, silence=900), 0)], PODCAST) == 0.0


def test_loudness_agrees_with_ffmpeg(client: Callable[[str], str], tmp_path: Path) -> None:
    """Our meter reads what ffmpeg's does on a sound that needs the relative gate."""
    loud, faint = sine(0.3, 6, 440), sine(0.01, 6, 3000)
    sounds = [loud, faint, np.zeros(40000, np.float32), loud / 2]
    file = tmp_path / "x.wav"
    with wave.open(str(file), "wb") as out:
        out.setparams((1, 2, sound.RATE, 0, "NONE", ""))
        out.writeframes((np.concatenate(sounds) * 32767).astype("<i2").tobytes())
    meter = "ebur128=framelog=verbose"
    told = subprocess.run(
        [client("ffmpeg"), "-nostdin", "-i", file, "-af", meter, "-f", "null", "-"],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    measured = float(told.rsplit("I:", 1)[1].split()[0])
    assert loudness.integrated(sounds) == pytest.approx(measured, abs=0.15)


@pytest.mark.parametrize("target", [-19.0, -16.0])
def test_a_voice_is_brought_to_the_target(target: float) -> None:
    """After the gain, limiter and encoder included, a voice is within a quarter LU of it."""
    clips = [(hum(1500, pitch=pitch), 8000) for pitch in (180, 260, 330)]
    gain = gain_for(clips, replace(PODCAST, loudness=target))
    sounds = [np.pad(sound.produced(clip, gain), (0, pause)) for clip, pause in clips]
    assert loudness.integrated(sounds) - 0.4455 == pytest.approx(target, abs=0.25)
