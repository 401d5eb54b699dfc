"""A built book, proofed: its sentences' sound, what a listener hears, and a page to decide on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.proofing import book
from hautevoix.proofing.hearing import hear
from hautevoix.proofing.listener import find_model
from hautevoix.proofing.measuring import measured
from hautevoix.proofing.page import write_page
from hautevoix.proofing.report import Proofed, Report, faults_of, to_json
from hautevoix.publishing.built_book import read_built_book
from hautevoix.publishing.files import put
from hautevoix.storage.files import told
from hautevoix.workers.pool import WorkerPool, cores

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.mastering import Master
    from hautevoix.model import Recording
    from hautevoix.model.options import ListenerOptions
    from hautevoix.pipeline.casting import Casting
    from hautevoix.pipeline.orders import Order
    from hautevoix.proofing.book import Sentence
    from hautevoix.proofing.listener import Model
    from hautevoix.publishing.built_book import BuiltBook
    from hautevoix.storage.store import Store


_REPORTS = ("proof.json", "proof.html")


@dataclass(frozen=True, slots=True)
class ProofOrder:
    """What to proof: the ``folder`` of a built book, whose clips are in ``store``.

    ``jobs`` is how many processes work at once (None: one a core).
    """

    folder: Path
    store: Store
    listener: ListenerOptions
    jobs: int | None = None


@dataclass(frozen=True, slots=True)
class ProofedBook:
    """A book's report, and where it lies for programs and for a person."""

    report: Report
    json: Path
    page: Path


def proof(order: ProofOrder, progress: Callable[[str, int, int], None]) -> ProofedBook:
    """Listen to a built book. What was heard stays stored, so that a stopped proof goes on.

    Raises InputError where the folder holds no book or nothing is known of its sentences,
    EngineError where the listener can't be had or can't hear.
    """
    built = read_built_book(order.folder)
    sentences = _sentences(built, order.store)
    model = find_model(order.listener, order.store)
    clips = [sentence.clip for sentence in sentences]
    said = [(sentence.clip, sentence.spoken) for sentence in sentences]
    with WorkerPool(order.jobs or cores(), partial(progress, "Stopping", 0, 0)) as pool:
        hearings = hear(said, model, order.store, pool, partial(progress, "Hearing"))
        measures = measured(clips, book_key(built.mp3.parent), order.store, pool)
    faults = faults_of(sentences, measures)
    proofed = tuple(
        Proofed(index, sentence, span.start, span.end, faults[index], hearings[index])
        for index, (sentence, span) in enumerate(zip(sentences, built.spans, strict=True))
    )
    listener = model.name, model.digest
    report = Report(built.edition.title, built.mp3.name, listener, proofed)
    return _written(report, order.folder)


def _sentences(built: BuiltBook, store: Store) -> tuple[Sentence, ...]:
    timeline = built.mp3.with_suffix(".timeline.json").read_bytes()
    sentences = book.recalled(store, timeline)
    if sentences is None or len(sentences) != len(built.spans):
        raise InputError(
            tr(
                "{parent}: the store does not know what was to be said in it.",
                parent=built.mp3.parent,
            ),
            advice=tr("Build it again. Or name the store that it was built with: --store DIR."),
        )
    return sentences


def _written(report: Report, folder: Path) -> ProofedBook:
    json, page = (folder / name for name in _REPORTS)
    put(json, f"{to_json(report)}\n".encode())
    put(page, write_page(report).encode())
    return ProofedBook(report, json, page)


def forget(folder: Path) -> None:
    """Remove what an earlier proof said of the book in ``folder``, which is another one now."""
    for name in _REPORTS:
        path = folder / name
        with told(path):
            path.unlink(missing_ok=True)


def book_key(folder: Path) -> str:
    """Return what tells a book's measures from other books'."""
    return str(folder.resolve())


def note_sentences(store: Store, recording: Recording, chosen: Casting, made: Master) -> None:
    """Keep what ``proof`` has to know of a book that was built."""
    there = [mark is not None for mark in made.timeline.utterances]
    sentences = [one for one, kept in zip(_rows(recording, chosen), there, strict=True) if kept]
    book.note(store, made.timeline_file.read_bytes(), sentences)


def suspect_sounds(
    recording: Recording, chosen: Casting, folder: Path, store: Store, pool: WorkerPool
) -> tuple[tuple[str, str], ...]:
    """Return what is suspect by its sound alone in a book that is built into ``folder``.

    That is (text as written, why). No listener is asked.
    """
    rows = _rows(recording, chosen)
    faults = faults_of(rows, measured(recording.keys, book_key(folder), store, pool))
    return tuple(
        (row.written, "; ".join(fault.message for fault in found))
        for row, found in zip(rows, faults, strict=True)
        if found
    )


def _rows(recording: Recording, chosen: Casting) -> list[Sentence]:
    titles, names = recording.script.chapters, chosen.names(recording)
    return [
        book.Sentence(
            key or "",
            one.written,
            one.spoken,
            one.role.value,
            name,
            titles[one.chapter],
            chosen.voice_of(one).rate,
        )
        for one, key, name in zip(recording.script.utterances, recording.keys, names, strict=True)
    ]


def listener_of(order: Order) -> Model | None:
    """Return the listener that a build asks for. Raises EngineError where it can't be had."""
    return find_model(order.listener, order.store) if order.listener else None
