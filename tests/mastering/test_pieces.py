from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import miniaudio
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fakes import hum, recorded, script
from hautevoix.errors import StoreError
from hautevoix.mastering import bell, mp3, pieces, sound
from hautevoix.mpeg.crc import crc16
from hautevoix.mpeg.info_frame import DECODER_DELAY, ENCODER_DELAY, Lengths

if TYPE_CHECKING:
    from hautevoix.storage.store import Store

DELAY = ENCODER_DELAY + DECODER_DELAY

lines = st.lists(st.tuples(st.text("abcdé", min_size=1, max_size=40), st.integers(0, 900)))


def decoded(data: bytes) -> np.ndarray:
    """Return MP3 frames as samples, by a decoder that we did not write."""
    return np.array(miniaudio.mp3_read_s16(data).samples, dtype=np.int16)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 2000), min_size=1, max_size=24), st.integers(2000, 900_000))
def test_pauses_hold_to_10_ms_and_pieces_are_whole_frames(pauses: list[int], speech: int) -> None:
    """Sharing out the odd frames moves no pause by more than 9 ms, none below zero."""
    wanted = [*(sound.frames(pause) for pause in pauses[:-1]), sound.frames(pauses[-1] + 60)]
    aligned, odd = pieces._aligned(speech, wanted)
    assert (speech + sum(aligned) + odd) % mp3.FRAME == 0
    assert abs(odd) <= sound.frames(5)
    assert min(aligned) >= 0
    moved = [abs(after - before) for after, before in zip(aligned, wanted, strict=True)]
    assert max(moved) <= sound.frames(10)


def test_a_bell_stands_before_what_is_cued(store: Store) -> None:
    """It is heard, faintly, falls silent before the words, and moves them by its length alone."""
    made = script([[("abcdefgh", 400)]])
    cued = replace(made, utterances=(replace(made.utterances[0], cue=True),))
    (bare,), (plan,) = (pieces.plans(recorded(each, store), [0.0], 96) for each in (made, cued))
    assert bare.key != plan.key
    without, piece = pieces.press(bare, store), pieces.press(plan, store)
    (mark,), (before,) = piece.marks, without.marks
    assert mark.start - before.start == bell.LENGTH == sound.frames(750)
    assert mark.end - mark.start == pytest.approx(before.end - before.start, abs=sound.frames(5))
    heard = np.abs(decoded(piece.data)[DELAY:].astype(int))
    rung = heard[before.start : before.start + sound.frames(600)]
    assert 1000 < rung.max() < 2200
    assert heard[mark.start - sound.frames(140) : mark.start - 600].max() < 40


def test_pieces_join_into_one_stream(store: Store) -> None:
    """Pieces made apart and concatenated decode to the stitched sound, with no seam.

    Each utterance's sound is found where its piece says; between them lies silence.
    """
    made = script([[("abcdefgh", 400), ("bcdefghi", 600), ("cdefghijkl", 700)]])
    recording = recorded(made, store)
    parts = [pieces.press(plan, store) for plan in pieces.plans(recording, [0.0] * 3, 96)]
    assert len(parts) == 3
    heard = decoded(b"".join(part.data for part in parts))[DELAY:]
    position = 0
    for part in parts:
        (mark,) = part.marks
        start, end = position + mark.start, position + mark.end
        assert np.abs(heard[start - 2000 : start - 400].astype(int)).max(initial=0) < 40
        assert np.abs(heard[start + 500 : start + 1500].astype(int)).max() > 5000
        assert np.abs(heard[end + 400 : position + part.length - 200].astype(int)).max() < 40
        position += part.length
    clicks = np.abs(np.diff(heard.astype(int)))
    assert clicks.max() < 800  # what a hum of 400 Hz itself has is 570


def test_a_piece_depends_on_nothing_but_its_content(store: Store) -> None:
    """The same paragraph has the same key wherever it stands; another pause, another key."""
    first = script([[("avant", 300), ("pareil", 500)]])
    later = script([[("autre", 300), ("encore", 300), ("pareil", 500)]])
    longer = script([[("pareil", 600)]])
    keys = [
        [plan.key for plan in pieces.plans(recorded(made, store), [0.0] * 3, 96)]
        for made in (first, later, longer)
    ]
    assert keys[0][-1] == keys[1][-1]
    assert keys[0][-1] != keys[2][-1]


def test_a_piece_survives_the_store() -> None:
    """What is read back from the store is what was made."""
    piece = pieces.Piece(1152, (pieces.FrameSpan(3, 900),), b"\xff\xfb\n{}\x00")
    assert pieces.Piece.from_bytes(piece.to_bytes()) == piece


def test_a_lost_clip_is_told(store: Store) -> None:
    """When a clip has gone, the error says to build again."""
    recording = recorded(script([[("abc", 300)]]), store)
    assert recording.keys[0]
    store.path(recording.keys[0]).unlink()
    (plan,) = pieces.plans(recording, [0.0], 96)
    with pytest.raises(StoreError, match="Build again"):
        pieces.press(plan, store)


def test_long_paragraphs_are_parted() -> None:
    """A text without paragraphs is pressed in parts of bounded length, in order."""
    made = script([[("a" * 300, 300)]])
    one = made.utterances[0]
    endless = type(made)(made.info, made.chapters, (one,) * 100)
    recording = pieces_recording(endless)
    parts = list(pieces.plans(recording, [0.0] * 100, 96))
    assert max(len(part.stretches) for part in parts) == pieces.LONGEST // 300
    assert list(itertools.chain(*(part.utterances for part in parts))) == list(range(100))


def pieces_recording(made: object) -> pieces.Recording:
    """Return a recording whose clips need not exist."""
    from hautevoix.model import Recording  # noqa: PLC0415 - only its shape matters here

    return Recording(made, ("key",) * len(made.utterances))


def lengths(data: bytes) -> list[int]:
    """Return the lengths of MPEG-1 Layer III frames at 44.1 kHz, as each header tells its own."""
    rates = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    found = []
    while data:
        assert data[:2] == b"\xff\xfb"
        found.append(144 * rates[(data[2] >> 4) - 1] * 1000 // 44100 + (data[2] >> 1 & 1))
        assert len(data) >= found[-1]
        data = data[found[-1] :]
    return found


def test_encoding_gives_a_frame_for_each_1152_samples() -> None:
    """Frame counts are exact, and the first frame borrows nothing from before it."""
    samples = np.concatenate([sound.prepared(hum(500), 0.0), np.zeros(4000, np.int16)])
    frames = samples.size // mp3.FRAME
    data = mp3.encode(samples[: frames * mp3.FRAME].tobytes(), 96)
    assert len(lengths(data)) == frames
    assert (data[4] << 1 | data[5] >> 7) == 0  # main_data_begin of the first frame


@pytest.mark.parametrize("bit_rate", [64, 96, 128, 192])
def test_the_info_frame_is_a_frame_of_its_own(bit_rate: int) -> None:
    """It has a frame's length, tells the frames, and its checksum fits."""
    frame = mp3.info(Lengths(1000, 313_000, 576), bit_rate)
    assert lengths(frame) == [len(frame)]
    assert frame[21:25] == b"Info"
    assert int.from_bytes(frame[29:33], "big") == 1000
    assert frame[141:150] == b"LAME3.100"
    assert int.from_bytes(frame[175:177], "big") == crc16(frame[:175])
