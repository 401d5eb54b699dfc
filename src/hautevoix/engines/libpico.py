"""SVOX Pico's library and French voice, from the wheel ``py-nanotts``.

To be used in a process of its own: a text may crash the library, or hang it.
"""

from __future__ import annotations

import ctypes
import functools
import sys

_VOICE = "fr-FR"
_M_MMAP_THRESHOLD = -3  # from malloc.h
_MAPPED = 1 << 17  # bytes; Pico works in 2.5 MB


def answer(request: bytes) -> tuple[bytes, bool]:
    """Return what Pico says to a text with its markup, and whether it may be asked again.

    Nothing asked is answered by nothing, if the library can be loaded. Raises ImportError, and
    RuntimeError with Pico's own words.
    """
    import py_nanotts  # noqa: PLC0415 - only in the process that speaks

    steady = _keep_memory_clear()
    text = request.decode("utf-8")
    return (py_nanotts.NanoTTS().speak(text, voice=_VOICE) if text else b""), steady


@functools.cache
def can_keep_memory_clear() -> bool:
    """Tell whether this system can give Pico clear memory each time (glibc's can).

    Pico reads memory that it has not written, so that what a clip before left there is heard:
    the same words would give other bytes from the second clip on.
    """
    return sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallopt")


@functools.cache
def _keep_memory_clear() -> bool:
    """Have large pieces come from the system, which clears them, and go back to it."""
    return can_keep_memory_clear() and bool(
        ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _MAPPED)
    )


if __name__ == "__main__":  # where memory is not cleared: a Python for each clip
    sys.stdout.buffer.write(answer(sys.stdin.buffer.read())[0])
