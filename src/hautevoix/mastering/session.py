"""Recording → Master: pieces on all cores, then the files that were asked for, and the timeline."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from hautevoix.files import whole
from hautevoix.mastering import m4b
from hautevoix.mastering.foretelling import note_pieces
from hautevoix.mastering.layout import Layout, timeline_json
from hautevoix.mastering.levels import chapter_shifts, known_gains, voice_gains
from hautevoix.mastering.pieces import Piece, Plan, plans, press, stored_piece
from hautevoix.mastering.pressing import Master, Pressing
from hautevoix.mastering.profiles import Format
from hautevoix.mastering.sections import sections
from hautevoix.mastering.tracks import CHAPTERS_FOLDER, ChapterFiles, ChapterPlan, WholeBook
from hautevoix.workers import Crew, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.mastering.tracks import Output
    from hautevoix.model import Recording, Script, Timeline
    from hautevoix.store import Store

_PATIENCE = 120.0  # seconds for a piece, which takes one or two
_AHEAD = 8  # pieces read ahead of the writer
_TRIES = 3  # the limiter takes away some of what a chapter is made louder


def master(
    recording: Recording,
    voices: tuple[str, ...],
    store: Store,
    folder: Path,
    crew: Crew,
    *,
    pressing: Pressing | None = None,
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> Master:
    """Write ``folder/<its name>.mp3`` and what else was asked for; each appears only when whole.

    ``voices`` names each utterance's voice, by which it is brought to the same loudness as the
    others, and which the timeline tells; ``crew`` does the heavy work. ``progress`` is told
    (stage, done, total). Raises DiskError, StoreError if a clip has gone from the store
    (recording again brings it back), and EngineError if a format needs what is not installed.
    """
    pressing = pressing or Pressing()
    pressing.check()
    gains = pressing.raised(voice_gains(recording, voices, store, pressing.profile, crew))
    ready = partial(_ready, store=store, crew=crew, progress=partial(progress, "Mastering"))
    parts = _planned(recording, gains, store, pressing, ready)
    script = recording.script
    pieces = _pieces(ready(parts), store)
    timeline, files, lengths = _assemble(script, parts, pieces, folder, pressing)
    note_pieces(store, folder, (part.key for part in parts))
    if pressing.makes(Format.M4B):
        target = folder / f"{folder.name}.m4b"
        about = m4b.About(script, timeline, pressing.comment)
        book = list(sections(parts, lengths))
        m4b.write(target, about, book, store, crew, progress=partial(progress, "M4B"))
        files = _in_order(target, files)
    timeline_file = folder / f"{folder.name}.timeline.json"
    with whole(timeline_file) as file:
        file.write(timeline_json(script, voices, timeline).encode())
    return Master(files, timeline_file, script.chapters, timeline)


def needed(
    recording: Recording, voices: tuple[str, ...], store: Store, pressing: Pressing
) -> set[str]:
    """Return which of a recording's clips mastering will ask for: those of pieces still to make.

    All of them where that can't be told before.
    """
    gains = known_gains(recording, voices, store, pressing.profile)
    if gains is None or pressing.makes(Format.M4B):
        return {key for key in recording.keys if key}
    parts = plans(recording, pressing.raised(gains), pressing.rate, pressing.profile)
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
    pressing: Pressing,
    ready: Callable[[list[Plan]], Iterator[Plan]],
) -> list[Plan]:
    """Return the pieces to be; where chapters have limits, so that each keeps to them."""
    parts = plans(recording, gains, pressing.rate, pressing.profile)
    for _ in range(_TRIES if pressing.profile.limits else 0):
        for _ in ready(parts):
            pass
        shifts = chapter_shifts(parts, store, pressing.profile)
        if not shifts:
            break
        for index, utterance in enumerate(recording.script.utterances):
            gains[index] += shifts.get(utterance.chapter, 0.0)
        parts = plans(recording, gains, pressing.rate, pressing.profile)
    return parts


def _ready(
    parts: list[Plan], store: Store, crew: Crew, progress: Callable[[int, int], None]
) -> Iterator[Plan]:
    """Yield the pieces in order, each as soon as it is in the store; the crew makes those missing.

    So files are written while later pieces are pressed.
    """
    keyed = {part.key: part for part in parts}
    missing = [part for key, part in keyed.items() if not store.has(key)]
    awaited = {part.key for part in missing}
    job: Job[Plan, None] = Job(_presser, (store,), patience=_PATIENCE)
    pressed = crew.outcomes(job, missing)
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


def _assemble(
    script: Script, parts: list[Plan], pieces: Iterator[Piece], folder: Path, pressing: Pressing
) -> tuple[Timeline, tuple[Path, ...], list[int]]:
    """Write the MP3 files out of ``pieces`` as they come; return also their lengths in frames."""
    layout = Layout(script, words=pressing.words)
    lengths = []
    with ExitStack() as stack:
        outputs = _outputs(stack, script, parts, folder, pressing)
        for part, piece in zip(parts, pieces, strict=True):
            layout.add(part, piece)
            lengths.append(piece.length)
            for output in outputs:
                output.add(part, piece)
        timeline = layout.timeline()
        files = tuple(file for output in outputs for file in output.finish(timeline))
    return timeline, files, lengths


def _outputs(
    stack: ExitStack, script: Script, parts: list[Plan], folder: Path, pressing: Pressing
) -> list[Output]:
    outputs: list[Output] = []
    if pressing.makes(Format.MP3):
        target = folder / f"{folder.name}.mp3"
        outputs.append(WholeBook(stack, target, script, pressing.comment, pressing.rate))
    if pressing.makes(Format.CHAPTERS):
        heard = ChapterPlan(tuple(dict.fromkeys(part.chapter for part in parts)), pressing.rate)
        chapters = folder / CHAPTERS_FOLDER
        outputs.append(ChapterFiles(stack, chapters, script, pressing.comment, heard))
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
