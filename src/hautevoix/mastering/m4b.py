"""M4B: the book as AAC with chapters, its sections encoded on all cores and joined in an MP4."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from hautevoix.mastering import aac, mp4
from hautevoix.mastering.sections import FRAME, LEAD, heard_at, placed
from hautevoix.mastering.tracks import ENCODER, LANGUAGE, book_title
from hautevoix.model import BookDetails
from hautevoix.mpeg.id3_frames import readable, readable_lines
from hautevoix.workers.pool import Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from hautevoix.mastering.sections import AacSection, Placed
    from hautevoix.model import Script, Timeline
    from hautevoix.storage.store import Store
    from hautevoix.workers.pool import WorkerPool


@dataclass(frozen=True, slots=True)
class About:
    """What the container tells of the sound: the book, where everything stands, a comment."""

    script: Script
    timeline: Timeline
    comment: str


def write(
    file: BinaryIO,
    about: About,
    parts: list[AacSection],
    store: Store,
    pool: WorkerPool,
    *,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """Write the M4B of ``parts``, one at least, into ``file``.

    Raises DiskError, StoreError, EngineError.
    """
    keyed = {aac.key(part): part for part in parts}
    missing = [part for key, part in keyed.items() if not store.has(key)]
    done = len(parts) - len(missing)
    progress(done, len(parts))
    job: Job[AacSection, None] = Job(aac.encoder, (store,))
    pool.results(job, missing, lambda more: progress(done + more, len(parts)))
    _join(file, about, placed(parts), store)


def _join(file: BinaryIO, about: About, book: list[Placed], store: Store) -> None:
    """Put frames, chapters, cover and what is known of the book into the container."""
    sound = _sound(about.timeline.rate, book)
    chapters = tuple(
        mp4.Chapter(readable(title), heard_at(mark.start, book))
        for title, mark in zip(about.script.chapters, about.timeline.chapters, strict=True)
    )
    udta = mp4.udta(_tags(about), chapters, sound.rate)
    made = mp4.Mp4(file, sound, chapters, udta)
    for part in book:
        last = part is book[-1]
        packets = aac.stored_packets(part.section, store).first(part.frames + last)
        made.add(packets.sizes, packets.data)
    made.finish()


def _sound(rate: int, book: list[Placed]) -> mp4.Sound:
    """Return what the index tells of the sound: the encoder is ahead of it by a frame."""
    packets = sum(part.frames for part in book) + 1
    length = book[-1].heard + book[-1].section.length
    return mp4.Sound(rate, FRAME, packets, FRAME - LEAD, length, aac.CONFIG, LANGUAGE)


def _tags(about: About) -> mp4.Tags:
    info = about.script.info
    texts = (book_title(about.script), info.author, info.date, about.comment)
    title, author, date, comment = (readable(text or "") for text in texts)
    return mp4.Tags(
        title,
        author,
        date,
        comment,
        f"{ENCODER}, FFmpeg",
        info.cover,
        readable_lines(info.description or ""),
        LANGUAGE,
        BookDetails(**{name: readable(text) for name, text in asdict(info.details).items()}),
    )
