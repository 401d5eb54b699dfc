"""MP3 files out of pieces: the whole book with its chapters, and a file for each chapter."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from hautevoix import __version__
from hautevoix.errors import HautevoixError
from hautevoix.localization import tr
from hautevoix.mastering import mp3
from hautevoix.mastering.sound import RATE
from hautevoix.mpeg import audiobook_tag
from hautevoix.mpeg.audiobook_tag import ChapterTag, Tags
from hautevoix.mpeg.info_frame import Lengths
from hautevoix.mpeg.mp3_file import END_PADDING
from hautevoix.storage.files import told
from hautevoix.storage.names import slug

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from hautevoix.mastering.pieces import Piece, Plan
    from hautevoix.model import Script, Timeline
    from hautevoix.storage.staging import Staging

CHAPTERS_FOLDER = "chapters"
ENCODER = f"Hautevoix {__version__}"
LANGUAGE = "fra"  # ISO 639-2
_LONGEST_NAME = 60  # characters of a title in a file's name
_OURS = re.compile(r"[0-9]{2,}(-[a-z0-9-]+)?\.mp3")


@dataclass(frozen=True, slots=True)
class ChapterPlan:
    """Which chapters get a file (those of which something is heard), and at how many kb/s."""

    chapters: tuple[int, ...]
    bit_rate: int


class Output(Protocol):
    """What takes pieces in order and makes files of them."""

    def add(self, plan: Plan, piece: Piece) -> None:
        """Take the next piece."""
        ...

    def finish(self, timeline: Timeline) -> tuple[Path, ...]:
        """Return the files, whole but for what the context around them still does."""
        ...


class Track:
    """One MP3 being written: first the room for tag and Info frame, then pieces, last the head."""

    def __init__(self, file: BinaryIO, blank: Tags, bit_rate: int) -> None:
        self._file = file
        self._bit_rate = bit_rate
        self._size = 0
        self.frames = 0
        self._room = len(self._head(blank))
        file.seek(self._room)

    def add(self, piece: Piece) -> None:
        """Write the next piece."""
        self._size += self._file.write(piece.data)
        self.frames += piece.length

    def finish(self, tags: Tags) -> None:
        """Write what comes last, at both ends: ``tags`` differ from the blank ones in times."""
        self._size += self._file.write(mp3.silence(self._bit_rate))
        head = self._head(tags)
        if len(head) != self._room:
            raise HautevoixError(
                tr(
                    "The tag changed its length ({room} to {head} bytes).",
                    room=self._room,
                    head=len(head),
                )
            )
        self._file.seek(0)
        self._file.write(head)

    def _head(self, tags: Tags) -> bytes:
        """Return tag and Info frame. One more frame than the audio's makes up for the delay."""
        lengths = Lengths(self.frames // mp3.FRAME + 1, self._size, END_PADDING)
        return audiobook_tag.tag(tags) + mp3.info(lengths, self._bit_rate)


class WholeBook:
    """The book as one MP3 with chapters."""

    def __init__(
        self, stack: ExitStack, place: Staging, script: Script, comment: str, bit_rate: int
    ) -> None:
        """Open the file within ``stack``; it waits in ``place``."""
        self._target = place.folder / f"{place.folder.name}.mp3"
        self._script = script
        self._tags = _tags(script, comment)
        blank = tuple(ChapterTag(title, 0, 0) for title in script.chapters)
        file = stack.enter_context(place.whole(self._target))
        self._track = Track(file, replace(self._tags, chapters=blank), bit_rate)

    def add(self, plan: Plan, piece: Piece) -> None:  # noqa: ARG002 - its place does not matter
        """Write the next piece."""
        self._track.add(piece)

    def finish(self, timeline: Timeline) -> tuple[Path, ...]:
        """Write the tag, with the chapters where ``timeline`` has them."""
        chapters = tuple(
            ChapterTag(title, milliseconds(mark.start), milliseconds(mark.end))
            for title, mark in zip(self._script.chapters, timeline.chapters, strict=True)
        )
        duration = milliseconds(timeline.frames)
        self._track.finish(replace(self._tags, duration=duration, chapters=chapters))
        return (self._target,)


class ChapterFiles:
    """A folder with an MP3 for each chapter, numbered in order."""

    def __init__(
        self, stack: ExitStack, place: Staging, script: Script, comment: str, plan: ChapterPlan
    ) -> None:
        """Make the folder; the files are opened within ``stack``, one after the other.

        They wait in ``place``.
        """
        self._place = place
        self._folder = place.folder / CHAPTERS_FOLDER
        self._script = script
        self._tags = _tags(script, comment)
        self._plan = plan
        self._open = stack.enter_context(ExitStack())
        self._track: Track | None = None
        self._chapter = -1
        self._files: list[Path] = []
        _make(self._folder)

    def add(self, plan: Plan, piece: Piece) -> None:
        """Write the next piece, in a new file where its chapter is another."""
        if self._track is None or plan.chapter != self._chapter:
            self._close()
            self._chapter = plan.chapter
            self._track = self._opened()
        self._track.add(piece)

    def finish(self, timeline: Timeline) -> tuple[Path, ...]:  # noqa: ARG002 - lengths are enough
        """Finish the last file; what an earlier build left in the folder goes."""
        self._close()
        self._clear()
        return tuple(self._files)

    def _opened(self) -> Track:
        number = self._plan.chapters.index(self._chapter) + 1
        name = file_name(number, len(self._plan.chapters), self._script.chapters[self._chapter])
        self._files.append(self._folder / name)
        file = self._open.enter_context(self._place.whole(self._files[-1]))
        return Track(file, self._chapter_tags(0), self._plan.bit_rate)

    def _close(self) -> None:
        if self._track is not None:
            self._track.finish(self._chapter_tags(self._track.frames))
            self._open.close()

    def _clear(self) -> None:
        """Have those go that an earlier build left and this one has not."""
        with told(self._folder):
            for path in self._folder.iterdir():
                if path not in self._files and _OURS.fullmatch(path.name):
                    self._place.remove(path)

    def _chapter_tags(self, length: int) -> Tags:
        title = self._script.chapters[self._chapter]
        return replace(
            self._tags,
            title=title,
            album=self._tags.title,
            track=(len(self._files), len(self._plan.chapters)),
            duration=milliseconds(length),
            lyrics=_text(self._script, self._chapter),
        )


def file_name(number: int, count: int, title: str) -> str:
    """Return a chapter's file name, in ASCII, so that names sort as chapters do.

    >>> file_name(3, 120, "L'Œuvre d'été !")
    '003-l-oeuvre-d-ete.mp3'
    """
    name = slug(title.lower(), _LONGEST_NAME)
    start = f"{number:0{max(2, len(str(count)))}}"
    return f"{start}-{name}.mp3" if name else f"{start}.mp3"


def milliseconds(position: int) -> int:
    """Return a position in frames as milliseconds."""
    return round(position * 1000 / RATE)


def book_title(script: Script) -> str:
    """Return the title that listeners see."""
    return script.info.title or script.chapters[0]


def _tags(script: Script, comment: str) -> Tags:
    info = script.info
    return Tags(
        book_title(script),
        info.author,
        info.date,
        LANGUAGE,
        0,
        f"{ENCODER}, LAME",
        comment,
        cover=info.cover,
        description=info.description or "",
        details=info.details,
    )


def _text(script: Script, chapter: int) -> str:
    """Return what is heard in a chapter as it is written, a line a paragraph."""
    paragraphs: dict[object, list[str]] = {}
    for number, utterance in enumerate(script.utterances):
        if utterance.chapter == chapter:
            place = number if utterance.paragraph is None else f"¶ {utterance.paragraph}"
            paragraphs.setdefault(place, []).append(utterance.written)
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs.values())


def _make(folder: Path) -> None:
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
