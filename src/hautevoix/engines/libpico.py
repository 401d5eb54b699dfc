"""SVOX Pico's library and French voice, from the wheel ``py-nanotts``.

To be used in a process of its own: a text may crash the library, or hang it.
"""

from __future__ import annotations

import ctypes
import functools
import sys

_VOICE = "fr-FR"
_M_MMAP_THRESHOLD = -3  # from malloc.h
_IS_MMAPPED = 2  # from malloc.c
_LARGE = 1 << 17  # bytes; Pico works in 2.5 MB


def answer(request: bytes) -> tuple[bytes, bool]:
    """Return what Pico says to a text with its markup, and whether it may be asked again.

    Nothing asked is answered by nothing, if the library can be loaded. Raises ImportError, and
    RuntimeError with Pico's own words.
    """
    import py_nanotts  # noqa: PLC0415 - only in the process that speaks

    steady = _clear_memory()
    text = request.decode("utf-8")
    return (py_nanotts.NanoTTS().speak(text, voice=_VOICE) if text else b""), steady


@functools.cache
def can_clear_memory() -> bool:
    """Tell whether this system can give Pico clear memory for each clip (glibc's can).

    Pico reads memory that it has not written, so that what was there before is heard: the same
    words would give other bytes from the second clip on.
    """
    return sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallopt")


def _clear_memory() -> bool:
    """Have large pieces come from the system, which clears them, if it can be had so.

    The C library takes them from there once it holds no hole that is large enough: all holes,
    of which a forked process inherits many, are filled.
    """
    if not can_clear_memory():
        return False
    libc = _libc()
    while not _is_mapped(piece := libc.malloc(_LARGE)):
        pass
    libc.free(piece)
    return True


@functools.cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None)
    libc.malloc.restype = ctypes.c_void_p
    libc.malloc.argtypes = (ctypes.c_size_t,)
    libc.free.argtypes = (ctypes.c_void_p,)
    libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)
    return libc


def _is_mapped(piece: int) -> bool:
    """Tell whether memory is a piece of its own from the system: its size's second bit says so."""
    before = ctypes.sizeof(ctypes.c_size_t)
    return bool(ctypes.c_size_t.from_address(piece - before).value & _IS_MMAPPED)


if __name__ == "__main__":  # where memory is not cleared: a Python for each clip
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read())[0])
