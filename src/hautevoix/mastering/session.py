"""Recording → Master: pieces on all cores, then the files that were asked for, and the timeline."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.mastering import m4b
from hautevoix.mastering.encoding import EncodingOptions, Master
from hautevoix.mastering.levels import chapter_shifts, known_gains, voice_gains
from hautevoix.mastering.pieces import Piece, Plan, plans, press, stored_piece
from hautevoix.mastering.prefetching import note_pieces
from hautevoix.mastering.profiles import Format
from hautevoix.mastering.sections import sections
from hautevoix.mastering.timeline import TimelineBuilder, timeline_json
from hautevoix.mastering.tracks import ChapterFiles, ChapterPlan, WholeBook
from hautevoix.workers.pool import Job, WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.mastering.tracks import Output
    from hautevoix.model import Recording, Script, Timeline
    from hautevoix.storage.staging import Staging
    from hautevoix.storage.store import Store

_PATIENCE = 120.0  # seconds for a piece, which takes one or two
_AHEAD = 8  # pieces read ahead of the writer
_TRIES = 3  # the limiter takes away some of what a chapter is made louder


def master(
    recording: Recording,
    voices: tuple[str, ...],
    store: Store,
    files: Staging,
    pool: WorkerPool,
    *,
    encoding: EncodingOptions | None = None,
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> Master:
    """Write the book's MP3, ``folder/<its name>.mp3``, and what else was asked for.

    All of it waits in ``files`` to take its place. ``voices`` names each utterance's voice, by
    which it is brought to the same loudness as the others, and which the timeline tells; ``pool``
    does the heavy work. ``progress`` is told (stage, done, total). Raises DiskError, StoreError if
    a clip has gone from the store (recording again brings it back), and EngineError if a format
    needs what is not installed.
    """
    encoding = encoding or EncodingOptions()
    encoding.check()
    gains = encoding.raised(voice_gains(recording, voices, store, encoding.profile, pool))
    ready = partial(_ready, store=store, pool=pool, progress=partial(progress, "Mastering"))
    parts = _planned(recording, gains, store, encoding, ready)
    script, folder = recording.script, files.folder
    timeline, paths, lengths = _written(
        script, parts, _pieces(ready(parts), store), files, encoding
    )
    note_pieces(store, folder, (part.key for part in parts))
    if encoding.makes(Format.M4B):
        target = folder / f"{folder.name}.m4b"
        about = m4b.About(script, timeline, encoding.comment)
        book = list(sections(parts, lengths))
        with files.whole(target) as file:
            m4b.write(file, about, book, store, pool, progress=partial(progress, "M4B"))
        paths = _in_order(target, paths)
    timeline_file = folder / f"{folder.name}.timeline.json"
    with files.whole(timeline_file) as file:
        file.write(timeline_json(script, voices, timeline).encode())
    return Master(paths, timeline_file, script.chapters, timeline)


def needed(
    recording: Recording, voices: tuple[str, ...], store: Store, encoding: EncodingOptions
) -> set[str]:
    """Return which of a recording's clips mastering will ask for: those of pieces still to make.

    All of them where that can't be told before.
    """
    gains = known_gains(recording, voices, store, encoding.profile)
    if gains is None or encoding.makes(Format.M4B):
        return {key for key in recording.keys if key}
    parts = plans(recording, encoding.raised(gains), encoding.rate, encoding.profile)
    fresh = (part for part in parts if not store.has(part.key))
    return {stretch.clip for part in fresh for stretch in part.stretches}


def _in_order(m4b_file: Path, files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the whole book's files before the chapters'."""
    whole_book = [file for file in files if file.parent == m4b_file.parent]
    return (*whole_book, m4b_file, *files[len(whole_book) :])


def _planned(
    recording: Recording,
    gains: list[float],
    store: Store,
    encoding: EncodingOptions,
    ready: Callable[[list[Plan]], Iterator[Plan]],
) -> list[Plan]:
    """Return the pieces to be; where chapters have limits, so that each keeps to them."""
    parts = plans(recording, gains, encoding.rate, encoding.profile)
    for _ in range(_TRIES if encoding.profile.limits else 0):
        for _ in ready(parts):
            pass
        shifts = chapter_shifts(parts, store, encoding.profile)
        if not shifts:
            break
        for index, utterance in enumerate(recording.script.utterances):
            gains[index] += shifts.get(utterance.chapter, 0.0)
        parts = plans(recording, gains, encoding.rate, encoding.profile)
    return parts


def _ready(
    parts: list[Plan], store: Store, pool: WorkerPool, progress: Callable[[int, int], None]
) -> Iterator[Plan]:
    """Yield the pieces in order, each as soon as it is in the store; the pool makes those missing.

    So files are written while later pieces are pressed.
    """
    keyed = {part.key: part for part in parts}
    missing = [part for key, part in keyed.items() if not store.has(key)]
    awaited = {part.key for part in missing}
    job: Job[Plan, None] = Job(_presser, (store,), patience=_PATIENCE)
    pressed = pool.outcomes(job, missing)
    progress(len(keyed) - len(awaited), len(keyed))
    for part in parts:
        while part.key in awaited:
            index, _ = next(pressed)
            awaited.remove(missing[index].key)
            progress(len(keyed) - len(awaited), len(keyed))
        yield part


def _presser(store: Store) -> Callable[[Plan], None]:
    """Return what a worker does with a plan."""
    return partial(_press_into, store)


def _press_into(store: Store, plan: Plan) -> None:
    store.put(plan.key, press(plan, store).to_bytes())


def _written(
    script: Script,
    parts: list[Plan],
    pieces: Iterator[Piece],
    place: Staging,
    encoding: EncodingOptions,
) -> tuple[Timeline, tuple[Path, ...], list[int]]:
    """Write the MP3 files out of ``pieces`` as they come; return also their lengths in frames."""
    layout = TimelineBuilder(script, words=encoding.words)
    lengths = []
    with ExitStack() as stack:
        outputs = _outputs(stack, script, parts, place, encoding)
        for part, piece in zip(parts, pieces, strict=True):
            layout.add(part, piece)
            lengths.append(piece.length)
            for output in outputs:
                output.add(part, piece)
        timeline = layout.timeline()
        files = tuple(file for output in outputs for file in output.finish(timeline))
    return timeline, files, lengths


def _outputs(
    stack: ExitStack, script: Script, parts: list[Plan], place: Staging, encoding: EncodingOptions
) -> list[Output]:
    outputs: list[Output] = []
    if encoding.makes(Format.MP3):
        outputs.append(WholeBook(stack, place, script, encoding.comment, encoding.rate))
    if encoding.makes(Format.CHAPTERS):
        heard = ChapterPlan(tuple(dict.fromkeys(part.chapter for part in parts)), encoding.rate)
        outputs.append(ChapterFiles(stack, place, script, encoding.comment, heard))
    return outputs


def _pieces(ready: Iterator[Plan], store: Store) -> Iterator[Piece]:
    """Yield the pieces in order; a few are read and checked ahead while others are written."""
    with ThreadPoolExecutor(2) as readers:
        ahead: deque[Future[Piece]] = deque()
        for part in ready:
            ahead.append(readers.submit(stored_piece, part, store))
            if len(ahead) == _AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
