"""Plain text → Book: the charset told, then the segmenter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.localization import noop, tr
from hautevoix.model import Sidecar
from hautevoix.reading.base.charset import decode
from hautevoix.reading.base.diagnostics import CHARSET_GUESSED, tell
from hautevoix.reading.base.limits import check_lines
from hautevoix.reading.segment import parse_text

if TYPE_CHECKING:
    from hautevoix.model import Book

_ADVICE = noop("Save it as plain text in UTF-8.")


def read_plain(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
) -> Book:
    """Read plain text in any charset that French texts are found in.

    Raises ``InputError`` where none makes sense of ``data``, ``RefusedError`` for more text than
    any book has.
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
    check_lines(decoded.text, where)
    book = parse_text(decoded.text, sidecar=sidecar)
    if not decoded.guessed:
        return book
    guessed = tell(CHARSET_GUESSED, 1, charset=decoded.charset)
    return replace(book, diagnostics=(guessed, *book.diagnostics))
