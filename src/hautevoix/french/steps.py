"""What was done to a text, step by step; and the parts of a long text put together again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from hautevoix.french.rule import Held, Rule, apply, moved
from hautevoix.model import Change, Edit, Span, Spoken, Unsure, Words

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Step:
    """What one rule changed; ``position`` is its stage, and its place in that stage."""

    position: tuple[int, int]
    rule: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A part of a text, as written and as said."""

    written: str
    text: str
    spans: tuple[Span, ...]
    steps: Sequence[Step]
    unsure: tuple[Unsure, ...]


def joined(parts: Sequence[Said], finish: Sequence[Rule] = (), *, explain: bool) -> Spoken:
    """Return what the parts, which spaces part, say together; ``finish`` goes over the whole.

    Steps at the same position become one change, so that there are no more than for one part.
    """
    text = " ".join(part.text for part in parts)
    changes = _changes(parts)
    spans = list(_shifted(parts))
    for rule in finish:
        edits = rule.edits(text)
        if edits:
            text = apply(text, edits)
            spans = _moved(spans, edits)
            changes += [Change(rule.name, edits)] * explain
    unsure = tuple(doubt for part in parts for doubt in part.unsure)
    return Spoken(Words(text, tuple(spans)), tuple(changes), unsure)


def _shifted(parts: Sequence[Said]) -> list[Span]:
    shift = 0
    spans: list[Span] = []
    for part in parts:
        spans += (replace(s, start=s.start + shift, end=s.end + shift) for s in part.spans)
        shift += len(part.text) + 1
    return spans


def _moved(spans: list[Span], edits: Sequence[Edit]) -> list[Span]:
    held = moved([Held(span.start, span.end, span.manner, span.ipa) for span in spans], edits)
    return [
        replace(span, start=stretch.start, end=stretch.end)
        for span, stretch in zip(spans, held, strict=True)
    ]


def _changes(parts: Sequence[Said]) -> list[Change]:
    by_position: dict[tuple[int, int], list[tuple[int, Step]]] = {}
    for index, part in enumerate(parts):
        for step in part.steps:
            by_position.setdefault(step.position, []).append((index, step))
    lengths = [len(part.written) for part in parts]
    changes: list[Change] = []
    for position in sorted(by_position):
        starts = [0, *accumulate(length + 1 for length in lengths)]
        edits: list[Edit] = []
        name = ""
        for index, step in by_position[position]:
            name = step.rule
            edits += (Edit(e.start + starts[index], e.before, e.after) for e in step.edits)
            lengths[index] += sum(len(edit.after) - len(edit.before) for edit in step.edits)
        changes.append(Change(name, tuple(edits)))
    return changes
