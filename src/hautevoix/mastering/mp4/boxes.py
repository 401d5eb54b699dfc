"""Boxes: the nested, counted blocks that an MP4 file is made of (ISO/IEC 14496-12, 4.2)."""

from __future__ import annotations

import struct

Laid = tuple[bytes | int, ...]
"""Bytes in order; a number stands for as many bytes that are written apart, later."""


def box(kind: bytes, *parts: bytes) -> bytes:
    r"""Return a box of ``parts``; ``kind`` is its four letters.

    >>> box(b"free", bytes(2))
    b'\x00\x00\x00\nfree\x00\x00'
    """
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def full_box(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """Return a box that tells its version and flags."""
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def laid(kind: bytes, *parts: bytes | int | Laid) -> Laid:
    r"""Return a box, some of which is to be written later.

    >>> laid(b"mdat", b"ab", 100)
    (b'\x00\x00\x00nmdat', b'ab', 100)
    """
    flat: list[bytes | int] = []
    for part in parts:
        flat += part if isinstance(part, tuple) else (part,)
    return (struct.pack(">I4s", 8 + size_of(tuple(flat)), kind), *flat)


def size_of(parts: Laid) -> int:
    """Return how many bytes ``parts`` take.

    >>> size_of((b"ab", 100))
    102
    """
    return sum(part if isinstance(part, int) else len(part) for part in parts)


def table(form: str, *rows: tuple[int, ...]) -> bytes:
    """Return a count of rows and the rows, each packed in ``form`` (struct's letters).

    >>> table("HH", (1, 2), (3, 4)).hex(" ", 2)
    '0000 0002 0001 0002 0003 0004'
    """
    packed = struct.Struct(">" + form)
    return struct.pack(">I", len(rows)) + b"".join(packed.pack(*row) for row in rows)


def utf8(text: str, most: int) -> bytes:
    """Return text of at most ``most`` bytes, cut between characters.

    >>> utf8("été", 4).decode()
    'ét'
    """
    whole = text.encode("utf-8", "replace")
    return whole[:most].decode("utf-8", "ignore").encode("utf-8")
