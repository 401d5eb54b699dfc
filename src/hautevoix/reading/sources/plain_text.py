"""Plain text → Book: the charset told, then the segmenter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.errors import InputError, RefusedError
from hautevoix.localization import noop, tr
from hautevoix.model import Sidecar
from hautevoix.reading.base.charset import decode
from hautevoix.reading.base.diagnostics import CHARSET_GUESSED, tell
from hautevoix.reading.segment import parse_text

if TYPE_CHECKING:
    from hautevoix.model import Book

_ADVICE = noop("Save it as plain text in UTF-8.")
_CUT_IT = noop("Cut it into several texts.")
_MOST_LINES = 600_000  # a very long novel has fifty thousand


def read_plain(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
) -> Book:
    """Read plain text in any charset that French texts are found in.

    Raises ``InputError`` where none makes sense of ``data``, ``RefusedError`` for a flood of lines.
    """
    decoded = decode(data)
    if decoded is None:
        raise InputError(
            tr("{where}: not a text, or in an unknown charset.", where=where), advice=tr(_ADVICE)
        )
    if not decoded.text.strip("\ufeff\u200b\0 \t\r\n\f\xa0"):
        raise InputError(
            tr("{where}: blank: there is no text in it.", where=where),
            advice=tr("Give a file with a text."),
        )
    if decoded.text.count("\n") + decoded.text.count("\r") > _MOST_LINES:
        raise RefusedError(
            tr("{where}: more than {most_lines} lines.", where=where, most_lines=_MOST_LINES),
            advice=tr(_CUT_IT),
        )
    book = parse_text(decoded.text, sidecar=sidecar)
    if not decoded.guessed:
        return book
    guessed = tell(CHARSET_GUESSED, 1, charset=decoded.charset)
    return replace(book, diagnostics=(guessed, *book.diagnostics))
