"""An MP4 file's boxes, read strictly from a file or, by ranges of bytes, from a host.

Only what an index needs is read: of the sound, nothing (ISO/IEC 14496-12, 4.2).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

_HEADER, _LARGE = 8, 16  # bytes of a box's head, and where its size does not fit four
_MOST_BOXES = 100_000  # in one box: more is an attack
_LARGEST = 256 << 20  # bytes of a box that is read whole: the index of a book of 100 hours has 20
_VERSION = 4  # bytes of version and flags


@dataclass(frozen=True, slots=True)
class Box:
    """A box: four letters, where its body starts and ends in the file."""

    kind: str
    start: int
    end: int


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes that stand between two places.

    Raises ValueError if one is damaged or goes beyond ``end``, OSError if it can't be read.
    """
    at = start
    for _ in range(_MOST_BOXES):
        if end - at < _HEADER:
            return
        file.seek(at)
        head = file.read(_LARGE)
        size, kind, skip = int.from_bytes(head[:4], "big"), head[4:_HEADER], _HEADER
        if size == 1 and len(head) == _LARGE:
            size, skip = int.from_bytes(head[_HEADER:], "big"), _LARGE
        size = size or end - at  # 0: up to the end
        name = kind.decode("latin-1")
        if len(kind) < _VERSION or not name.isprintable() or size < skip:
            raise ValueError(tr("at byte {at} there is no box", at=at))
        if at + size > end:
            raise ValueError(
                tr(
                    "its box « {name} » needs {size} bytes, of which {there} are there",
                    name=name,
                    size=size,
                    there=end - at,
                )
            )
        yield Box(name, at + skip, at + size)
        at += size


def find(file: BinaryIO, box: Box, *path: str, skip: int = 0) -> list[Box]:
    """Return the boxes at a path within ``box``, whose first ``skip`` bytes are no boxes.

    Raises as ``boxes`` does.
    """
    found = [Box(box.kind, box.start + skip, box.end)]
    for name in path:
        found = [
            inner
            for outer in found
            for inner in boxes(file, outer.start, outer.end)
            if inner.kind == name
        ]
    return found


def body(file: BinaryIO, box: Box, most: int = _LARGEST) -> bytes:
    """Return a box's body. Raises ValueError if it has over ``most`` bytes."""
    if box.end - box.start > most:
        raise ValueError(tr("its box « {name} » is too large", name=box.kind))
    file.seek(box.start)
    return file.read(box.end - box.start)


def rows(data: bytes, form: str, skip: int = _VERSION) -> list[tuple[int, ...]]:
    """Return the rows of a counted table, each packed in ``form`` (struct's letters).

    Raises ValueError if it is cut off.
    """
    row = struct.Struct(">" + form)
    count = numbers(data, "I", skip)[0]
    if len(data) < skip + 4 + count * row.size:
        raise ValueError(tr("a table in it is cut off"))
    return list(row.iter_unpack(data[skip + 4 : skip + 4 + count * row.size]))


def numbers(data: bytes, form: str, at: int) -> Sequence[int]:
    """Return the numbers that are packed in ``form`` at a place. Raises ValueError if cut off."""
    try:
        return struct.unpack_from(">" + form, data, at)
    except struct.error as error:
        raise ValueError(tr("a table in it is cut off")) from error
