"""Links → notes: which links call a note, and where the text of each note stands.

A link calls a note if its markup says so, or if its words are a note's mark and what it leads to
opens with the same mark, or leads back. Links of tables of contents, of indexes and to printed
pages do none of that.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.model import NoteReference
from hautevoix.reading.base.blocks import Block, Link, LinkRole, Span, erased, tidied
from hautevoix.reading.language.heading_words import is_notes
from hautevoix.reading.notes.link_marks import (
    LONGEST_MARK,
    OPENING,
    RETURN,
    bracketed,
    call_spans,
    label_span,
    mark_of,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_PARAGRAPHS = 6  # of a note whose box holds other things too


@dataclass(slots=True)
class LinkedNote:
    """A note found by its links: the indices of its ``blocks``, the ``label`` that calls it."""

    label: str
    blocks: list[int] = field(default_factory=list)


def _label(note: LinkedNote | None) -> str:
    return note.label if note else ""


@dataclass(frozen=True, slots=True)
class Linked:
    """``blocks`` without marks of notes, their calls tied to an index in ``notes``, in order."""

    blocks: tuple[Block, ...]
    notes: tuple[LinkedNote, ...]


def link_notes(blocks: Sequence[Block]) -> Linked:
    """Find the linked notes of ``blocks``, and take their marks out of the text."""
    return _Linker(blocks).run()


class _Linker:
    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.places: dict[str, tuple[int, int]] = {}
        self.groups: dict[str, list[int]] = defaultdict(list)
        self.openers: dict[int, int] = {}  # the first block of each box
        self.over: list[int | None] = []  # for each block, the heading over it
        heading = None
        for index, block in enumerate(blocks):
            heading = index if block.level else heading
            self.over.append(heading)
            self.openers.setdefault(block.scope, index)
            if block.note:
                self.groups[block.note].append(index)
            for position, key in block.anchors:
                self.places.setdefault(key, (index, position))

    def run(self) -> Linked:
        found = [(index, link) for index, block in enumerate(self.blocks) for link in block.links]
        called = {id(link): self._note_of(index, link) for index, link in found}
        references = [
            (index, link)
            for index, link in found
            if called[id(link)] is not None or self._is_orphan(index, link)
        ]
        notes = self._notes(references, called)
        owner = {block: key for key, note in notes.items() for block in note.blocks}
        cleaned = self._cleaned(references, called, owner, notes)
        return Linked(tuple(cleaned), tuple(notes.values()))

    # -- which links call

    def _note_of(self, index: int, link: Link) -> str | None:
        """Return the key of the note that ``link`` calls: its group's, or its first block's."""
        place = self.places.get(link.target)
        if place is None or link.role is LinkRole.BACK:
            return None
        target = self.blocks[place[0]]
        mark = mark_of(self._words(index, link))
        if target.level or place[0] == index or (mark is None and link.role is not LinkRole.CALL):
            return None
        if target.note and target.note == self.blocks[index].note:
            return None
        if self._is_label(index, link) and place[0] < index and not target.note:
            return None
        if not self._answers(index, link, mark, place):
            return None
        return target.note or f"block {place[0]}"

    def _answers(self, index: int, link: Link, mark: str | None, place: tuple[int, int]) -> bool:
        # Pinned by notes-linked.
        target = self.blocks[place[0]]
        if link.role is LinkRole.CALL or target.note:
            return place[0] > index or bool(target.note) or link.role is LinkRole.CALL
        opening = OPENING.match(target.text[place[1] :][:40]) or OPENING.match(target.text[:40])
        same = opening is not None and plain(opening["label"]) == mark
        return place[0] > index and (same or self._leads_back(place[0], index))

    def _leads_back(self, target: int, index: int) -> bool:
        # Pinned by notes-linked.
        return any(
            self.places.get(link.target, (-1, 0))[0] == index
            for link in self.blocks[target].links[:50]
        )

    def _is_orphan(self, index: int, link: Link) -> bool:
        """Tell whether ``link`` is marked as a call although no note is there."""
        # Pinned by notes-linked.
        marked = link.role is LinkRole.CALL and link.target not in self.places
        return marked and mark_of(self._words(index, link)) is not None

    def _is_label(self, index: int, link: Link) -> bool:
        """Tell whether ``link`` opens its block, as the mark of a note does."""
        # Pinned by notes-of-indesign.
        return not self.blocks[index].text[: link.start].strip("[( \xa0")

    def _words(self, index: int, link: Link) -> str:
        return self.blocks[index].text[link.start : link.end]

    # -- how far each note goes

    def _notes(
        self, references: Sequence[tuple[int, Link]], called: dict[int, str | None]
    ) -> dict[str, LinkedNote]:
        notes: dict[str, LinkedNote] = {}
        for index, link in references:
            key = called[id(link)]
            if key is not None and key not in notes:
                label = mark_of(self._words(index, link)) or self._opening_of(key)
                notes[key] = LinkedNote(label or str(len(notes) + 1))
        for key in self.groups:
            if key not in notes:
                notes[key] = LinkedNote(self._opening_of(key) or "")
        starts = {self._first(key) for key in notes}
        for key, note in notes.items():
            note.blocks = self.groups.get(key) or list(self._extent(self._first(key), starts))
        return dict(sorted(notes.items(), key=lambda item: item[1].blocks[0]))

    def _first(self, key: str) -> int:
        return self.groups[key][0] if key in self.groups else int(key.removeprefix("block "))

    def _opening_of(self, key: str) -> str | None:
        opening = OPENING.match(self.blocks[self._first(key)].text[:40])
        return plain(opening["label"]) if opening else None

    def _extent(self, first: int, starts: set[int]) -> Iterator[int]:
        """Yield the blocks of the note that starts at ``first``: more than one in its own box."""
        yield first
        if self._is_bare(first) and first + 1 < len(self.blocks) and first + 1 not in starts:
            first += 1
            yield first
        scope = self.blocks[first].scope
        if not self._in_zone(first, starts):
            return
        after: list[int] = []
        for index in range(first + 1, len(self.blocks)):
            block = self.blocks[index]
            if index in starts:
                if not any(self._calls_one(one, starts) for one in after):
                    yield from after
                return
            if block.level or block.scope != scope or block.ruled or block.note:
                break
            after.append(index)
        if self._closes(first, starts):
            yield from after

    def _calls_one(self, index: int, starts: set[int]) -> bool:
        """Tell a paragraph of the text between two notes: it calls the one that follows it."""
        # Pinned by notes-linked-at-page-feet, notes-linked.
        places = (self.places.get(link.target) for link in self.blocks[index].links)
        return any(place is not None and place[0] in starts for place in places)

    def _is_bare(self, index: int) -> bool:
        """Tell whether a block is the mark of a note and nothing else, as in a list of terms."""
        # Pinned by notes-linked.
        text = self.blocks[index].text
        opening = OPENING.match(text) if len(text) <= LONGEST_MARK else None
        return opening is not None and opening.end() == len(text)

    def _closes(self, first: int, starts: set[int]) -> bool:
        """Tell whether what follows the last note can only be of it: notes have the box alone."""
        # Pinned by notes-linked.
        opener = self.openers[self.blocks[first].scope]
        over = self.over[first]
        return opener in starts or (over is not None and is_notes(self.blocks[over].text))

    def _in_zone(self, first: int, starts: set[int]) -> bool:
        """Tell whether only notes stand around the one at ``first``."""
        # Pinned by notes-linked.
        block = self.blocks[first]
        before = self.blocks[first - 1] if first else None
        if block.ruled or before is None or before.scope != block.scope or (first - 1) in starts:
            return True
        if before.level:
            return is_notes(before.text)
        return self._zone_before(first, starts)

    def _zone_before(self, first: int, starts: set[int]) -> bool:
        # Pinned by notes-linked.
        scope = self.blocks[first].scope
        for index in range(first - 1, max(first - _MOST_PARAGRAPHS, -1), -1):
            if index in starts:
                return True
            if self.blocks[index].level or self.blocks[index].scope != scope:
                return False
        return False

    # -- marks taken out

    def _cleaned(
        self,
        references: Sequence[tuple[int, Link]],
        called: dict[int, str | None],
        owner: dict[int, str],
        notes: dict[str, LinkedNote],
    ) -> Iterator[Block]:
        by_block: dict[int, list[Link]] = defaultdict(list)
        for index, link in references:
            by_block[index].append(link)
        firsts = {note.blocks[0]: note.label for note in notes.values()}
        order = {key: number for number, key in enumerate(notes)}
        for index, block in enumerate(self.blocks):
            links = by_block.get(index, [])
            spans = call_spans(block.text, links)
            keys = [called[id(link)] or "" for link in links]
            made = tuple(
                NoteReference(
                    mark_of(self._words(index, link)) or _label(notes.get(key)),
                    start,
                    order.get(key),
                )
                for link, key, (start, _) in zip(links, keys, spans, strict=True)
            )
            backs = self._back_spans(index, owner)
            gone = [*spans, *backs, *label_span(block.text, firsts.get(index), backs)]
            yield tidied(erased(replace(block, references=made), gone)) if gone else block

    def _back_spans(self, index: int, owner: dict[int, str]) -> list[Span]:
        """Return the links in a note that lead back to a call: arrows, its own mark."""
        if index not in owner:
            return []
        block = self.blocks[index]
        spans = []
        for link in block.links:
            words = block.text[link.start : link.end]
            place = self.places.get(link.target)
            away = place is not None and owner.get(place[0]) != owner[index]
            mark = mark_of(words) is not None or RETURN.fullmatch(words)
            if link.role is LinkRole.BACK or (mark and away and not self._calls_note(link, owner)):
                spans.append(bracketed(block.text, link.start, link.end))
        return spans

    def _calls_note(self, link: Link, owner: dict[int, str]) -> bool:
        # Pinned by notes-linked.
        place = self.places.get(link.target)
        return place is not None and place[0] in owner
