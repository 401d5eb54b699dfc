"""How long the silence after an utterance is, by the boundary that it ends at: one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Milliseconds. A narrator breathes about 0.4 s between sentences and twice that between
# paragraphs; chapters are set apart by over two seconds, so that a player which cuts chapter
# starts to whole seconds still lands in silence.
PAUSES: Mapping[str, int] = {
    "sentence": 400,
    "paragraph": 850,
    "verse": 450,
    "stanza": 1000,
    "heading": 1100,
    "announcement": 550,
    "note": 1000,
    "opening": 1500,
    "chapter": 2500,
    "closing": 800,
}


def pauses_with(overrides: Iterable[tuple[str, int]] = ()) -> dict[str, int]:
    """Return the table with a book's own values in place of ours."""
    return {**PAUSES, **dict(overrides)}
