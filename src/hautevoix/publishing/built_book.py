"""A built book on disk, ``<slug>/<slug>.mp3`` and what lies beside it: kept here, read here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hautevoix.errors import DiskError, InputError, PublishingError
from hautevoix.localization import noop, tr
from hautevoix.parsing.bounded import LARGEST_JSON, file_bytes, json_value
from hautevoix.parsing.json_codec import checked
from hautevoix.publishing.edition import UNTITLED, Edition, from_json, to_json, voice_name
from hautevoix.publishing.files import LONGEST_FOLDER, digest, digest_of, ends_of
from hautevoix.publishing.typography import clean, one_line
from hautevoix.publishing.wordtimes import HeardWord
from hautevoix.storage.names import NAMELESS, slug
from hautevoix.storage.staging import is_unfinished

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import Picture
    from hautevoix.storage.staging import Staging

_COVERS = {"image/jpeg": ".jpg", "image/png": ".png"}
_AGAIN = noop("Build it again: hautevoix build TEXT --force")


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A stretch of the audio, in seconds of the decoded MP3; ``end`` is excluded."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class ChapterSpan:
    """A chapter of THE chapter list, from which every format's list comes."""

    title: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class BuiltBook:
    """A built book: ``spans`` are the timeline's rows, ``duration`` is in seconds.

    ``words`` are each row's, none where the timeline does not tell them. ``key`` tells its audio:
    another audio has another. ``audio_digest`` is the whole
    MP3's as it was built, empty where an older version built it. ``speakers`` are each row's: the
    character who says it, else the narrator, or the other voice that a role has.
    """

    slug: str
    mp3: Path
    edition: Edition
    duration: float
    chapters: tuple[ChapterSpan, ...]
    spans: tuple[TimeSpan, ...]
    key: str = ""
    cover: Path | None = None
    words: tuple[tuple[HeardWord, ...], ...] = ()
    audio_digest: str = ""
    speakers: tuple[str, ...] = ()


def keep(files: Staging, mp3: Path, edition: Edition, cover: Picture | None = None) -> Path:
    """Have an edition (and the book's own cover) put beside its MP3 and timeline.

    It tells which audio and which timeline it belongs to; it takes its place with them, as one of
    ``files``. Returns where that is. Raises DiskError.
    """
    book = mp3.with_suffix(".book.json")
    audio, timeline = (files.latest(path) for path in (mp3, mp3.with_suffix(".timeline.json")))
    try:
        belongs = {
            "audio_ends": ends_of(audio),
            "audio_digest": digest_of(audio),
            "timeline_digest": digest_of(timeline),
        }
    except OSError as error:
        raise DiskError(
            tr("{mp3} can't be read back: {strerror}.", mp3=mp3, strerror=error.strerror or error)
        ) from error
    if cover and cover.media_type in _COVERS:
        files.put(mp3.with_suffix(".cover" + _COVERS[cover.media_type]), cover.data)
    files.put(book, f"{to_json(edition, **belongs)}\n".encode())
    return book


def read_built_book(folder: Path) -> BuiltBook:
    """Return the book in ``folder``. Raises InputError, or PublishingError if it is in pieces."""
    folder = folder.resolve()
    if is_unfinished(folder):
        raise PublishingError(
            tr("{folder}: a build was stopped while it put its files in place.", folder=folder),
            advice=tr(_AGAIN),
        )
    mp3 = _mp3(folder)
    book, _ = _json(mp3.with_suffix(".book.json"))
    timeline, told_timeline = _json(mp3.with_suffix(".timeline.json"))
    audio, ends = _told_by(mp3)
    if book.get("timeline_digest") != digest(told_timeline) or book.get("audio_ends") != ends:
        raise PublishingError(
            tr(
                "{folder}: the MP3, its timeline and its book don't belong together.", folder=folder
            ),
            advice=tr(_AGAIN),
        )
    try:
        edition = from_json(book)
        spans, words, chapters, duration = _times(timeline)
        _reject_unheard(edition, len(spans))
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            tr(
                "{folder}: what lies beside the MP3 is not as this version writes it.",
                folder=folder,
            ),
            advice=tr(_AGAIN),
        ) from error
    return BuiltBook(
        slug(folder.name, LONGEST_FOLDER) or NAMELESS,
        mp3,
        edition,
        duration,
        chapters,
        spans,
        audio,
        _cover(mp3),
        words,
        str(book.get("audio_digest", "")),
        tuple(_speaker(row, edition) for row in timeline["utterances"]),
    )


def _speaker(row: dict[str, Any], edition: Edition) -> str:
    """Return who listeners are told says a row of the timeline."""
    character, voice = row.get("character"), row.get("voice")
    if isinstance(character, str) and character.strip():
        return one_line(clean(character))
    if isinstance(voice, str) and voice not in {"", f"{edition.engine}/{edition.voice}"}:
        return one_line(clean(voice_name(*voice.split("/", 1)) if "/" in voice else voice))
    return edition.details.narrator or voice_name(edition.engine, edition.voice)


def _times(
    timeline: dict[str, Any],
) -> tuple[tuple[TimeSpan, ...], tuple[tuple[HeardWord, ...], ...], tuple[ChapterSpan, ...], float]:
    """Return the rows, their words, the chapters and the duration that a timeline tells.

    Raises KeyError, TypeError or ValueError if it is not one.
    """
    duration = checked(float, timeline["duration"])
    rows = timeline["utterances"]
    spans = tuple(checked(TimeSpan, {key: row[key] for key in ("start", "end")}) for row in rows)
    words = tuple(
        tuple(
            checked(HeardWord, {key: word[key] for key in ("text", "start")}, clean)
            for word in row.get("words", ())
        )
        for row in rows
    )
    chapters = tuple(
        checked(ChapterSpan, {key: row[key] for key in ("title", "start", "end")}, clean)
        for row in timeline["chapters"]
        if row["start"] < row["end"]
    )
    times = [*((span.start, span.end) for span in spans), *((c.start, c.end) for c in chapters)]
    if not all(0 <= start <= end for start, end in times):
        raise ValueError(tr("a stretch ends before it starts"))
    titled = (replace(chapter, title=one_line(chapter.title) or UNTITLED) for chapter in chapters)
    return spans, words, tuple(titled), duration


def _reject_unheard(told: Edition, count: int) -> None:
    """Raise ValueError if a sentence names a row that the timeline has not."""
    for sentence in (
        sentence for part in told.parts for block in part.blocks for sentence in block.sentences
    ):
        if sentence.utterance is not None and not 0 <= sentence.utterance < count:
            raise ValueError(
                tr("the timeline has no row {utterance}", utterance=sentence.utterance)
            )


def _mp3(folder: Path) -> Path:
    mp3 = folder / f"{folder.name}.mp3"
    if mp3.is_file():
        return mp3
    books = sorted(path.with_suffix("").with_suffix(".mp3") for path in folder.glob("*.book.json"))
    if len(books) == 1 and books[0].is_file():  # the folder was renamed
        return books[0]
    if any(folder.glob("*.m4b")):
        raise InputError(
            tr("{folder}: only an M4B is in it, and a podcast needs the MP3.", folder=folder),
            advice=tr("Build it with both: hautevoix build TEXT --format mp3,m4b"),
        )
    raise InputError(
        tr("{folder}: no audiobook is in it.", folder=folder),
        advice=tr("Name a folder that « hautevoix build » made, such as output/lettre."),
    )


def _json(path: Path) -> tuple[dict[str, Any], bytes]:
    try:
        data = file_bytes(path, LARGEST_JSON)
        told = json_value(data)
    except (OSError, ValueError) as error:
        raise InputError(
            tr("{path} can't be read: {error}.", path=path, error=error), advice=tr(_AGAIN)
        ) from error
    if not isinstance(told, dict):
        raise InputError(tr("{path} holds no table.", path=path), advice=tr(_AGAIN))
    return told, data


def _told_by(mp3: Path) -> tuple[str, str]:
    """Return what tells the audio from any other, and what tells that it is the book's."""
    try:
        return digest_of(mp3), ends_of(mp3)
    except OSError as error:
        raise InputError(
            tr("{mp3} can't be read: {strerror}.", mp3=mp3, strerror=error.strerror or error)
        ) from error


def _cover(mp3: Path) -> Path | None:
    covers = (mp3.with_suffix(".cover" + suffix) for suffix in _COVERS.values())
    return next((cover for cover in covers if cover.is_file()), None)
