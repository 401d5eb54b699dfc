"""When a model's words begin: from how long each phoneme lasts, which the models know.

A model reckons how many frames each phoneme gets, but published ones keep that to themselves.
``with_lengths`` makes it another output (piper then tells it as alignments). Piper's own
``patch_voice_with_alignment`` does the same by means of the package onnx; on the bytes (ONNX is
protocol buffers) it takes one more field at the end.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from hautevoix.engines.wordmarks import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Numbers of fields, from onnx.proto: of a model, a graph, a node, a value.
_GRAPH = 7
_NODE, _OUTPUT = 1, 12
_NODE_OUTPUT, _NODE_KIND = 2, 4
_VALUE_NAME = 1
_BYTES = 2  # protocol buffers' wire types: this one has a length before it
_SIZES = {1: 8, 5: 4}
_VARINT = 0

_STOPS = frozenset(",;:.!?")  # the signs that Piper keeps among the phonemes
_BREAK = re.compile(r"[,;:.!?…—–]")


def with_lengths(model: bytes, kind: bytes = b"Ceil") -> bytes:
    """Return the model with its phonemes' lengths as another output, if it is of a known kind.

    They are what its one node of ``kind`` gives: Ceil in Piper's, Clip in Kokoro's. A model that
    has none or several, that tells them already, or that can't be read is returned as it is.
    """
    try:
        names = list(_given_by(kind, memoryview(model)))
    except (IndexError, ValueError):
        return model
    if len(names) != 1:
        return model
    # A message that comes twice is merged, so this adds to the graph, whatever its length.
    return model + _field(_GRAPH, _field(_OUTPUT, _field(_VALUE_NAME, names[0])))


def _given_by(kind: bytes, model: memoryview) -> Iterator[bytes]:
    """Yield the names of what such nodes give but the graph does not. Raises as ``_fields``."""
    parts = [part for graph in _those(_GRAPH, model) for part in _fields(graph)]
    told = {
        bytes(name)
        for number, value in parts
        if number == _OUTPUT
        for name in _those(_VALUE_NAME, value)
    }
    for number, node in parts:
        if number == _NODE and list(_those(_NODE_KIND, node)) == [kind]:
            yield from {bytes(name) for name in _those(_NODE_OUTPUT, node)} - told


def _those(wanted: int, message: memoryview) -> Iterator[memoryview]:
    return (value for number, value in _fields(message) if number == wanted)


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Yield the number and bytes of each field that has a length.

    Raises IndexError or ValueError where ``message`` is none.
    """
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        number, kind = tag >> 3, tag & 7
        if kind == _BYTES:
            length, place = _varint(message, place)
            if place + length > len(message):
                raise IndexError
            yield number, message[place : place + length]
            place += length
        elif kind == _VARINT:
            _, place = _varint(message, place)
        elif kind in _SIZES:
            place += _SIZES[kind]
        else:
            raise ValueError


def _varint(message: memoryview, place: int) -> tuple[int, int]:
    """Return a number in base 128 and the place after it."""
    value = shift = 0
    while True:
        byte = message[place]
        value |= (byte & 127) << shift
        place, shift = place + 1, shift + 7
        if byte < 128:  # the bit that says that more follows
            return value, place


def _field(number: int, value: bytes) -> bytes:
    """Return a field with a length before it."""
    return bytes([number << 3 | _BYTES]) + _length(len(value)) + value


def _length(number: int) -> bytes:
    low = bytes([number & 127 | (128 if number > 127 else 0)])  # as above
    return low + (_length(number >> 7) if number >> 7 else b"")


def clauses(phonemes: Iterable[tuple[str, int]], place: int) -> Iterator[list[int]]:
    """Yield, for each clause of a sentence that starts at ``place``, where its words begin.

    ``phonemes`` are Piper's, with their lengths; spaces part words, stops part clauses.

    >>> list(clauses([("^", 10), ("w", 1), ("i", 2), (",", 3), (" ", 4), ("ˈ", 5), ("a", 6)], 100))
    [[110], [120]]
    """
    clause: list[int] = []
    inside = False
    for sign, length in phonemes:
        if sign in _STOPS and clause:
            yield clause
            clause = []
        elif sign.isalpha() and not inside:
            clause.append(place)
        inside = sign.isalpha() or (inside and sign != " " and sign not in _STOPS)
        place += length
    if clause:
        yield clause


def tied(text: str, heard: Sequence[list[int]]) -> list[tuple[int, int]]:
    """Return (index in the text, frame) of the words that begin as ``heard``, by clauses.

    Where a clause has not as many words as are written, only its beginning is told; where the
    clauses aren't as many as those written, nothing, unless the words are.

    >>> tied("Oui, parce que non.", [[0], [10, 20]])
    [(0, 0), (5, 10)]
    """
    written = list(_written(text))
    pairs = list(zip(written, heard, strict=False))
    if len(written) != len(heard):
        pairs = [(list(itertools.chain(*written)), list(itertools.chain(*heard)))]
        if len(pairs[0][0]) != len(pairs[0][1]):
            return []
    known: list[tuple[int, int]] = []
    for starts, frames in pairs:
        whole = len(starts) == len(frames)
        known += zip(starts, frames, strict=True) if whole else [(starts[0], frames[0])]
    return known


def _written(text: str) -> Iterator[list[int]]:
    """Yield, for each clause of the text, where its words start."""
    clause: list[int] = []
    done = 0
    for start, end in words_of(text):
        if clause and _BREAK.search(text, done, start):
            yield clause
            clause = []
        clause.append(start)
        done = end
    if clause:
        yield clause
