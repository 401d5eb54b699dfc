"""Words in a piece: from an engine's clip to frames of the audio, packed until someone asks."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.mastering.sound import RATE
from hautevoix.model import WordMark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import FrameSpan

_WORD = struct.Struct("<4I")  # its utterance's number in the piece, start, end, frame


@dataclass(frozen=True, slots=True)
class Told:
    """What a clip tells of its words, in frames at ``rate``; the first ``cut`` of them are gone."""

    words: tuple[WordMark, ...]
    rate: int
    cut: int


def packed(clips: Sequence[Told], marks: Sequence[FrameSpan]) -> bytes:
    """Return the words where they are heard; ``marks`` are where their clips stand in the piece.

    A word that begins in the silence that was cut off begins where its clip does.
    """
    packed = bytearray()
    for number, (told, mark) in enumerate(zip(clips, marks, strict=True)):
        for word in told.words:
            frame = mark.start + (word.frame - told.cut) * RATE // told.rate
            frame = min(max(frame, mark.start), mark.end)
            packed += _WORD.pack(number, word.start, word.end, frame)
    return bytes(packed)


def unpacked(words: bytes, count: int, position: int) -> list[tuple[WordMark, ...]]:
    """Return the words of each of a piece's ``count`` utterances.

    ``position`` is where the piece stands, in frames of the whole audio.
    """
    found: list[list[WordMark]] = [[] for _ in range(count)]
    for number, start, end, frame in _WORD.iter_unpack(words):
        found[number].append(WordMark(start, end, position + frame))
    return [tuple(each) for each in found]


def rows(text: str, words: Iterable[WordMark], end: int) -> Iterator[dict[str, object]]:
    """Yield what the timeline tells of an utterance's words: each lasts until the next.

    ``text`` is what was spoken; the last word lasts until ``end``, where the utterance does.
    """
    following = [*words]
    ends = [word.frame for word in following[1:]] + [end]
    for word, until in zip(following, ends, strict=False):
        yield {
            "text": text[word.start : word.end],
            "start": round(word.frame / RATE, 6),
            "end": round(until / RATE, 6),
        }
