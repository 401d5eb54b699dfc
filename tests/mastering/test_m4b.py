from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import av
import numpy as np
import pytest

from fakes import recorded, script
from hautevoix.mastering import PROFILES, aac, m4b, sections
from hautevoix.mastering.pieces import plans, press, stitch
from hautevoix.mastering.sections import FRAME, LEAD, STRAY, Placed, placed
from hautevoix.mastering.timeline import TimelineBuilder
from hautevoix.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

    from hautevoix.mastering.sections import AacSection
    from hautevoix.model import Timeline
    from hautevoix.storage.store import Store

    Sound = NDArray[np.float32]

PROFILE = pytest.mark.parametrize("profile", ["podcast", "acx"])
RATE = 44100
PRIMING = FRAME - LEAD


class Written(NamedTuple):
    """An M4B: what is heard of it, after PRIMING samples before; its chapters' starts in s."""

    priming: Sound
    sound: Sound
    chapters: list[float]
    book: list[Placed]
    timeline: Timeline


def written(profile: str, store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Written:
    """Write a book of twelve sections, a paragraph each, in two chapters."""
    monkeypatch.setattr(sections, "_USUAL", 1)
    lines = [("x" * (9 + 7 * number % 11), 900 + 37 * number) for number in range(12)]
    made = script([lines[:5], lines[5:]])
    parts = plans(recorded(made, store), [0.0] * 12, 96, PROFILES[profile])
    layout, lengths = TimelineBuilder(made), []
    for plan in parts:
        piece = press(plan, store)
        layout.add(plan, piece)
        lengths.append(piece.length)
    cut = list(sections.sections(parts, lengths))
    assert len(cut) == 12
    for section in cut:
        aac.encoder(store)(section)
    target = folder / "livre.m4b"
    with WorkerPool(1) as pool, target.open("w+b") as file:
        m4b.write(file, m4b.About(made, layout.timeline(), ""), cut, store, pool)
    with av.open(str(target)) as container:
        packets = container.demux(container.streams.audio[0])
        sound = decoded(bytes(packet) for packet in packets if packet.size)
        told = [float(one["start"] * one["time_base"]) for one in container.chapters()]
    return Written(sound[:PRIMING], sound[PRIMING:], told, placed(cut), layout.timeline())


def decoded(packets: Iterable[bytes]) -> Sound:
    """Return all that a fresh decoder makes of AAC packets."""
    decoder = av.CodecContext.create("aac", "r")
    assert isinstance(decoder, av.AudioCodecContext)
    decoder.extradata = aac.CONFIG
    frames = [frame for packet in packets for frame in decoder.decode(av.Packet(packet))]
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def alone(section: AacSection, store: Store) -> Sound:
    """Return what a section's packets give by themselves, its first sample first."""
    packets = aac.stored_packets(section, store)
    ends = np.cumsum(packets.sizes)
    one_by_one = [
        bytes(packets.data[end - size : end]) for end, size in zip(ends, packets.sizes, strict=True)
    ]
    return decoded(one_by_one)[FRAME:]


def original(section: AacSection, store: Store) -> Sound:
    """Return a section's samples before they were encoded, at the M4B's level."""
    sound = b"".join(stitch(plan, store).samples for plan in section.plans)
    return np.frombuffer(sound, "<i2").astype(np.float32) * aac._LEVEL


@PROFILE
def test_sections_sound_in_the_m4b_as_by_themselves(
    profile: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sample for sample, up to the silence at their end; with or without their last frame.

    (Without noise substitution: decoders draw that noise as they go along.)
    """
    monkeypatch.setitem(aac._OPTIONS, "aac_pns", "0")
    made = written(profile, store, tmp_path, monkeypatch)
    for part in made.book:
        inside = (part.frames - 1) * FRAME
        own = alone(part.section, store)[:inside]
        assert np.array_equal(made.sound[part.heard : part.heard + inside], own)
    assert {part.section.frames - part.frames for part in made.book} == {0, 1}


@PROFILE
def test_joins_sound_as_what_was_encoded(
    profile: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Silence or room tone before, speech at once after: no click, −80 dB of error at most.

    A frame that is left out takes no more than the silence that a piece ends with.
    """
    made = written(profile, store, tmp_path, monkeypatch)
    heard = np.zeros_like(made.sound)
    for part in made.book:
        sound = original(part.section, store)
        heard[part.heard : part.heard + sound.size] = sound
        assert not sound[part.frames * FRAME :].any()
    errors = made.sound - heard
    assert np.abs(made.priming).max() < 0.0001
    for part in made.book:
        around = errors[max(0, part.heard - 4 * FRAME) : part.heard + FRAME]
        assert np.abs(around).max() < 0.001
        assert np.sqrt(np.mean(np.square(around))) < 10 ** (-80 / 20)


@PROFILE
def test_all_is_heard_where_the_timeline_says(
    profile: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each utterance to 10.2 ms, the length too; each chapter's mark as far off as its words."""
    made = written(profile, store, tmp_path, monkeypatch)
    planned = np.concatenate([original(part.section, store) for part in made.book])
    late = []
    for mark in made.timeline.utterances:
        assert mark is not None
        words = planned[mark.start : mark.end]
        around = made.sound[mark.start - 600 : mark.end + 600]
        late.append(int(np.argmax(np.correlate(around, words))) - 600)
    assert {abs(one) for one in late} <= {64, 192, 320, STRAY}
    assert len(set(late)) > 3
    assert abs(made.sound.size - made.timeline.frames) < STRAY + FRAME  # whole frames
    second = made.timeline.chapters[1].start + late[5]
    assert made.chapters == pytest.approx([0, second / RATE], abs=0.0006)  # told in milliseconds
