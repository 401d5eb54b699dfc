"""MP3 and M4B as broken taggers leave them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from fuzzing.texts import damaged, prose
from hautevoix.mpeg.id3 import TagFrame, tag_bytes

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_FRAMES = ("TIT2", "TPE1", "TALB", "TLEN", "APIC", "CHAP", "CTOC", "COMM", "TXXX", "\x00\x01AB")
_bodies = st.one_of(
    st.binary(max_size=40),
    prose.map(lambda told: b"\x01" + told.encode("utf-16", "replace")),
    prose.map(lambda told: b"\x03" + told.encode("utf-8", "replace")),
    st.sampled_from(
        [
            b"\x00123",
            b"\x0099999999999999",
            b"\x00image/png\x00\x03\x00",
            b"\x01image/png\x00\x03\xff\xfea",
        ]
    ),
    st.builds(
        lambda name, times, inner: name + b"\0" + struct.pack(">IIII", *times, 9, 9) + inner,
        st.sampled_from([b"a", b"b", b""]),
        st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 9999)),
        st.sampled_from(
            [b"", b"TIT2\x00\x00\x00\x02\x00\x00\x00a", b"TIT2\xff\xff\xff\xff\x00\x00"]
        ),
    ),
    st.builds(
        lambda flags, count, names: b"toc\0" + bytes([flags, count]) + b"\0".join(names),
        st.integers(0, 255),
        st.integers(0, 255),
        st.lists(st.sampled_from([b"a", b"b", b""]), max_size=3),
    ),
)


def _tag(frames: list[TagFrame], version: int, flags: int) -> bytes:
    made = tag_bytes(frames)
    return made[:3] + bytes([version]) + made[4:5] + bytes([flags]) + made[6:]


_tags_of_sound = st.builds(
    _tag,
    st.lists(st.builds(TagFrame, st.sampled_from(_FRAMES), _bodies), max_size=6),
    st.sampled_from([3, 3, 3, 4, 2, 255]),
    st.sampled_from([0, 0, 0, 0x80, 0x40, 0xFF]),
)


def mp3(sound: bytes) -> SearchStrategy[bytes]:
    """Return an MP3: tags before ``sound``, which is damaged now and then."""
    return damaged(
        st.builds(
            lambda tags, frames: b"".join(tags) + frames,
            st.lists(_tags_of_sound, max_size=2),
            damaged(st.sampled_from([sound, sound, b"", b"\xff\xfb\x90\x00" * 9])),
        )
    )


_boxed = st.sampled_from(
    "moov trak tkhd mdia mdhd minf stbl stsd stts stsz stsc stco co64 hdlr udta meta ilst data chpl tref "
    "chap mvhd mdat ©nam ©ART covr free".split()
)
_loads = st.one_of(
    st.binary(max_size=48),
    st.lists(st.sampled_from([0, 1, 2, 44100, 2**32 - 1, 2**31]), max_size=12).map(
        lambda some: struct.pack(f">{len(some)}I", *some)
    ),
    st.sampled_from(
        [b"\0" * 8 + b"soun" + b"\0" * 12, b"\0" * 8 + b"text" + b"\0" * 12, b"\0" * 100]
    ),
)


def box(name: str, inside: bytes, size: int = 0) -> bytes:
    """Return a box of an MP4 file, of its own size or, to be odd, by ``size`` off it."""
    return struct.pack(">I", max(0, 8 + len(inside) + size)) + name.encode("latin-1") + inside


_offs = st.sampled_from([0] * 12 + [1, -1, -8, 4000])
_boxes = st.recursive(
    st.builds(box, _boxed, _loads, _offs),
    lambda inner: st.builds(box, _boxed, st.lists(inner, max_size=5).map(b"".join), _offs),
    max_leaves=16,
)
m4b = damaged(
    st.builds(
        lambda brand, inside: box("ftyp", brand) + b"".join(inside),
        st.sampled_from([b"M4B \0\0\0\0isom", b"", b"x"]),
        st.lists(st.one_of(_boxes, st.builds(box, st.just("moov"), _boxes)), max_size=4),
    )
)
"""An M4B: boxes in boxes."""
