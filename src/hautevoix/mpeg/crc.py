"""The checksum of LAME's tag, which the standard library lacks."""

from __future__ import annotations


def crc16(data: bytes) -> int:
    """Return CRC-16/ARC, with which LAME's tag guards the bytes before it.

    >>> hex(crc16(b"123456789"))
    '0xbb3d'
    """
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
