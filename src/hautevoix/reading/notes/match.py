"""notes and calls → who calls whom: each note read at most once, and everything odd told."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.reading.base.diagnostics import (
    CALL_WITHOUT_NOTE,
    NOTE_CALLED_AGAIN,
    NOTE_WITHOUT_CALL,
    NOTES_TITLE,
    tell,
    tell_all,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import Diagnostic
    from hautevoix.reading.base.diagnostics import Hit
    from hautevoix.reading.notes.raw import RawNote

_EVEN = 0.9  # share of the notes in stretches that have as many calls


@dataclass(frozen=True, slots=True)
class Called:
    """A call as found: its ``label``, its source ``line``."""

    label: str
    line: int


@dataclass(frozen=True, slots=True)
class Ties:
    """``by_call``: for each call the index of its note, or None; ``diagnostics``: what is odd."""

    by_call: tuple[int | None, ...]
    diagnostics: tuple[Diagnostic, ...]


def tie(references: Sequence[Called], chapters: Sequence[int], notes: Sequence[RawNote]) -> Ties:
    """Tie ``references`` (in reading order, each in the chapter beside it) to ``notes``.

    A call is answered by the next note of its label; where one section holds several runs of
    numbers, each run answers the chapters in turn.
    """
    by_label: dict[str, list[int]] = defaultdict(list)
    for index, note in enumerate(notes):
        by_label[note.label].append(index)
    runs = _runs(notes)
    groups = _groups(references, chapters)
    tied = [
        _answer(call, group, by_label.get(call.label, ()), notes, runs)
        for call, group in zip(references, groups, strict=True)
    ]
    tied = _in_turn(references, notes) or tied if _is_renumbered(tied, notes) else tied
    return Ties(tuple(tied), tuple(_doubts(references, tied, notes)))


def told_headings(notes: Sequence[RawNote], titles: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield the headings over notes that repeat none of the text's ``titles``.

    They say whose notes follow, so nothing reads them.
    """
    known = " ".join(map(_letters, titles))
    first = {note.under: note.line for note in reversed(notes) if note.under}
    for title, line in first.items():
        if _letters(title) not in known:
            yield tell(NOTES_TITLE, line, words=title)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _is_renumbered(tied: Sequence[int | None], notes: Sequence[RawNote]) -> bool:
    """Tell whether labels say little: most notes have a call of another label."""
    # Pinned by notes-renumbered, notes-called-out-of-order.
    return len(set(tied) - {None}) * 2 < len(notes) <= len(tied)


def _in_turn(calls: Sequence[Called], notes: Sequence[RawNote]) -> list[int | None]:
    """Tie calls that start again on each page to notes that are numbered on, as they come.

    « [1] » is answered by « [Note 33: …] » right after its paragraph. Nearly each stretch of notes
    has as many calls since the last one; empty where it hasn't.
    """
    tied: list[int | None] = [None] * len(calls)
    at = even = 0
    for first, stop in _stretches(calls, notes):
        end = at
        while end < len(calls) and calls[end].line <= notes[first].line:
            end += 1
        even += stop - first if end - at == stop - first else 0
        tied[at:end] = [n if n < stop else None for n in range(first, first + end - at)]
        at = end
    return tied if even >= _EVEN * len(notes) else []


def _stretches(calls: Sequence[Called], notes: Sequence[RawNote]) -> Iterator[tuple[int, int]]:
    """Yield the runs of ``notes``, as (first, stop) indices, that no call stands between."""
    start = 0
    for index in range(1, len(notes) + 1):
        last = notes[index - 1].line
        ends = index == len(notes) or any(last < call.line <= notes[index].line for call in calls)
        if ends:
            yield start, index
            start = index


def _answer(
    call: Called, group: int, found: Sequence[int], notes: Sequence[RawNote], runs: Sequence[int]
) -> int | None:
    if not found:
        return None
    after = [index for index in found if notes[index].line >= call.line] or list(found)
    zone = notes[after[0]].zone
    same = [index for index in after if zone is not None and notes[index].zone == zone]
    if len(same) > 1:
        return next((index for index in same if runs[index] >= group), same[-1])
    return after[0]


def _runs(notes: Sequence[RawNote]) -> list[int]:
    """Tell apart, within each section of notes, the runs of labels that start again."""
    runs: list[int] = []
    for index, note in enumerate(notes):
        last = notes[index - 1] if index else None
        if last is None or last.zone != note.zone:
            runs.append(0)
        else:
            runs.append(runs[-1] + _starts_again(last.label, note.label))
    return runs


def _starts_again(last: str, label: str) -> bool:
    # Pinned by notes-at-end-by-chapter.
    if last.isdigit() and label.isdigit():
        return int(label) <= int(last)
    return label == "1" or label <= last


def _groups(references: Sequence[Called], chapters: Sequence[int]) -> list[int]:
    """Tell apart the runs of calls: in a new chapter the labels start again."""
    groups: list[int] = []
    for index, call in enumerate(references):
        if not index:
            groups.append(0)
            continue
        new = chapters[index] != chapters[index - 1] and _starts_again(
            references[index - 1].label, call.label
        )
        groups.append(groups[-1] + new)
    return groups


def _doubts(
    references: Sequence[Called], tied: Sequence[int | None], notes: Sequence[RawNote]
) -> Iterator[Diagnostic]:
    count = Counter(note for note in tied if note is not None)
    lost = [(c.line, c.label) for c, note in zip(references, tied, strict=True) if note is None]
    alone = [(raw.line, raw.label) for index, raw in enumerate(notes) if not count[index]]
    yield from tell_all(CALL_WITHOUT_NOTE, _labelled(lost))
    yield from tell_all(NOTE_CALLED_AGAIN, _labelled(_again(references, tied)))
    yield from tell_all(NOTE_WITHOUT_CALL, _labelled(alone))


def _again(references: Sequence[Called], tied: Sequence[int | None]) -> Iterator[tuple[int, str]]:
    """Yield the line and label of each call of a note that another call has named before."""
    seen: set[int] = set()
    for call, note in zip(references, tied, strict=True):
        if note in seen:
            yield call.line, call.label
        elif note is not None:
            seen.add(note)


def _labelled(found: Iterable[tuple[int, str]]) -> Iterator[Hit]:
    return ((line, {"label": label}) for line, label in found)
