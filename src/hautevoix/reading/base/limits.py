"""How much one text may hold: past this it would be read for minutes, so it is refused at once.

The segmenter takes some 0.2 ms a paragraph or printed line and 1 s a million characters (measured
on a busy machine), a parser's tree 0.04 ms an element: each limit keeps what may be written without
end within half a minute, and is several times what the longest books have.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.errors import RefusedError
from hautevoix.localization import noop, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.base.blocks import Block

LONGEST_TEXT = 16 << 20
"""Characters of a text: five times « Les Misérables », in all its parts."""

MOST_LINES = 200_000
"""Lines as printed: a very long novel has fifty thousand."""

MOST_PARAGRAPHS = 120_000
"""Paragraphs that markup made: a long novel has ten thousand."""

MOST_ELEMENTS = 250_000
"""Elements of HTML, in all the pages of a book."""

_MOST_WORK = 1 << 34  # characters of a paragraph by marks in it: some ten seconds
_ELEMENT = re.compile(r"<[a-zA-Z]")
_MARK = re.compile(r"[\[\]*_<`$^~{&\\]|!(?=\[)")
_BLANK = re.compile(r"\n[ \t>]*\n")
_CUT_IT = noop("Cut it into several texts.")


def check_lines(text: str, where: str) -> None:
    """Raise RefusedError for a plain text of more lines or characters than any book's."""
    breaks = text.count("\n") + text.count("\r") - text.count("\r\n")
    if breaks > MOST_LINES:
        raise RefusedError(
            tr("{where}: more than {most_lines} lines.", where=where, most_lines=MOST_LINES),
            advice=tr(_CUT_IT),
        )
    _check_length(len(text), where)


def check_blocks(blocks: Sequence[Block], where: str) -> None:
    """Raise RefusedError for more paragraphs, or more text in them, than any book has."""
    if len(blocks) > MOST_PARAGRAPHS:
        raise RefusedError(
            tr("{where}: more than {most} paragraphs.", where=where, most=MOST_PARAGRAPHS),
            advice=tr(_CUT_IT),
        )
    _check_length(sum(len(block.text) for block in blocks), where)


def _check_length(length: int, where: str) -> None:
    if length > LONGEST_TEXT:
        raise RefusedError(
            tr("{where}: more than {most} Mi characters.", where=where, most=LONGEST_TEXT >> 20),
            advice=tr(_CUT_IT),
        )


def check_elements(text: str, where: str, before: int = 0) -> int:
    """Return how many elements the HTML ``text`` has, and the ``before`` of other pages.

    Raises RefusedError where that is more than a book's.
    """
    count = before + sum(1 for _ in _ELEMENT.finditer(text))
    if count > MOST_ELEMENTS:
        raise RefusedError(
            tr("{where}: more than {most} elements of HTML.", where=where, most=MOST_ELEMENTS),
            advice=tr("Cut it into several texts, or save it as plain text."),
        )
    return count


def check_marks(text: str, where: str) -> None:
    """Raise RefusedError for a paragraph of Markdown with marks without number.

    From many of its marks the parser looks for what may close them to the paragraph's end: its
    time grows with their product. A megabyte in one paragraph with three thousand marks is read.
    """
    for part in _BLANK.split(text):
        if len(part) ** 2 > _MOST_WORK and len(part) * len(_MARK.findall(part)) > _MOST_WORK:
            message = tr(
                "{where}: a paragraph with too many marks of Markdown for one ({size} characters).",
                where=where,
                size=len(part),
            )
            raise RefusedError(message, advice=tr("Save it as plain text."))
