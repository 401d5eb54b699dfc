"""What a terminal is sent: nothing in a text, a title or a file's name commands it."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

_CONTROLS = {*range(0x20), *range(0x7F, 0xA0)} - {ord("\n"), ord("\t")}
_DIRECTIONS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}  # have a line read backwards
_SHOWN = dict.fromkeys(_CONTROLS | _DIRECTIONS, "?")  # as ls has it


class Terminal(io.TextIOWrapper):
    """A terminal's stream in which every control but line end and tab is shown as « ? ».

    ``untreated`` is the stream itself, for what draws.
    """

    def __init__(self, stream: TextIO) -> None:
        """Write to where ``stream`` does."""
        super().__init__(
            stream.buffer, encoding=stream.encoding, errors="replace", line_buffering=True
        )
        self.untreated = stream

    def write(self, text: str) -> int:
        """Write ``text`` without its controls; return its length."""
        super().write(text.translate(_SHOWN))
        return len(text)


def guard() -> None:
    """Have both standard streams write so, where they are terminals; what they lack becomes « ? ».

    A file and a pipe get every name as it is: other programs open what is called so.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):  # a terminal may have no French letters
            stream.reconfigure(errors="replace")
            if stream.isatty():
                setattr(sys, name, Terminal(stream))
