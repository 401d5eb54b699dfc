"""One book made ready: its files put into the site, its episodes and its page written."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.errors import PublishingError
from hautevoix.localization import tr
from hautevoix.mpeg.id3 import with_picture
from hautevoix.mpeg.id3_frames import picture_frame, text_frame
from hautevoix.mpeg.mp3_file import cut, load
from hautevoix.publishing import chapters, identity, transcripts
from hautevoix.publishing.config import CHAPTER
from hautevoix.publishing.cover import small
from hautevoix.publishing.cover_source import CoverSource, cover_of
from hautevoix.publishing.edition import voice_name
from hautevoix.publishing.epub import Manuscript, write_epub
from hautevoix.publishing.files import DIGITS, digest_of
from hautevoix.publishing.m4bfile import m4b_of
from hautevoix.publishing.page import write_page
from hautevoix.publishing.site_storage import named
from hautevoix.publishing.state import Episode, File, Identity

if TYPE_CHECKING:
    from typing import BinaryIO

    from hautevoix.mpeg.id3 import Tag
    from hautevoix.publishing.built_book import BuiltBook, ChapterSpan
    from hautevoix.publishing.config import Podcast
    from hautevoix.publishing.site_storage import SiteStorage
    from hautevoix.publishing.state import PublishedBook
    from hautevoix.publishing.transcripts import Cue

MP3_TYPE = "audio/mpeg"
_PIECE = 1 << 20  # bytes written at once, of a file that may be a gigabyte


@dataclass(frozen=True, slots=True)
class Publication:
    """What binding a book takes.

    ``now``, ``since`` and ``until`` are seconds since the epoch: the latter those of what comes
    before and after it, if anything does.
    """

    site: SiteStorage
    podcast: Podcast
    built: BuiltBook
    work: PublishedBook
    now: int
    since: int | None = None
    until: int | None = None

    @property
    def stem(self) -> str:
        """How the names of the book's files begin."""
        return f"{self.work.folder}/{self.work.folder}"


@dataclass(frozen=True, slots=True)
class ReleasedBook:
    """A book made ready: what the state keeps of it, and its page."""

    work: PublishedBook
    page: bytes


@dataclass(frozen=True, slots=True)
class _Sound:
    tag: Tag
    frames: memoryview


def write_book_files(publication: Publication) -> ReleasedBook:
    """Put a book's files into the site. Raises PublishingError or DiskError."""
    work, cover = _presented(publication)
    publication = replace(publication, work=work)
    built, podcast = publication.built, publication.podcast
    sound = _sound(built, small(cover))
    chunks: list[bytes | memoryview] = [sound.tag.to_bytes(), sound.frames]
    audio = _audio(publication, "", chunks)
    heard = transcripts.cues(built)
    texts = _texts(publication, publication.stem, heard)
    listed = _chapter_lists(publication)
    epub, made = _epub(publication, Manuscript(built, work, cover, audio.path, sound.frames))
    m4b, size = _m4b(publication)
    work = replace(
        work,
        audio=audio,
        epub=epub,
        epub_made=made,
        m4b=m4b,
        m4b_bytes=size,
        extras=tuple(file.path for file in (*texts, *listed)),
    )
    publication = replace(publication, work=work)
    if podcast.episodes == CHAPTER:
        work = _in_chapters(publication, sound, heard)
    else:
        work = replace(work, episodes=(_whole(publication, (listed[0], *texts)),))
    return ReleasedBook(work, write_page(built, work, podcast.base_url))


def _presented(publication: Publication) -> tuple[PublishedBook, bytes]:
    """Return the work with what readers see of it, and its cover."""
    built, work = publication.built, publication.work
    source = CoverSource(
        built.edition.title, built.edition.author or "", str(built.cover or ""), book=True
    )
    cover = cover_of(publication.site, f"{work.folder}/", source, work.face)
    return replace(described(work, built), face=cover.known), cover.data


def described(work: PublishedBook, built: BuiltBook) -> PublishedBook:
    """Return the work with what the book says of itself, as it was built."""
    edition = built.edition
    return replace(
        work,
        title=edition.title,
        author=edition.author or "",
        date=edition.date or "",
        language=edition.language,
        narrator=edition.details.narrator or voice_name(edition.engine, edition.voice),
        details=edition.details,
        summary=edition.description or "",
        duration=built.duration,
        sketch=identity.sketch(built),
    )


def about(work: PublishedBook) -> str:
    """Return what an episode's description says: the book's own, who wrote it, who reads it."""
    details = work.details
    written = ", ".join(part for part in (work.author, work.date) if part)
    number = f", n° {details.series_number}" if details.series_number else ""
    series = f"Série : {details.series}{number}." if details.series else ""
    isbn = f"ISBN {details.isbn}" if details.isbn else ""
    imprint = ", ".join(part for part in (details.publisher, isbn) if part)
    read = f"Texte lu par une voix de synthèse : {work.narrator.removeprefix('Voix de synthèse ')}."
    return "\n\n".join(
        part for part in (work.summary, written, series, imprint, read, details.rights) if part
    )


def _sound(built: BuiltBook, picture: bytes) -> _Sound:
    try:
        if built.audio_digest and digest_of(built.mp3) != built.audio_digest:
            raise PublishingError(
                tr("{mp3}: it is not as it was built: something changed it.", mp3=built.mp3),
                advice=tr("Build it again: hautevoix build TEXT --force"),
            )
        tag, frames = load(built.mp3)
    except (OSError, ValueError) as error:
        raise PublishingError(
            tr("{mp3} can't be published: {error}.", mp3=built.mp3, error=error),
            advice=tr("Build it again."),
        ) from error
    if tag is None:
        raise PublishingError(tr("{mp3} has no tag.", mp3=built.mp3), advice=tr("Build it again."))
    return _Sound(with_picture(tag, picture_frame("image/jpeg", picture)), frames)


def _audio(publication: Publication, name: str, chunks: list[bytes | memoryview]) -> File:
    """Put an MP3 into the site under a name that tells its content."""
    hashed = hashlib.sha256()
    for chunk in chunks:
        hashed.update(chunk)

    def write(file: BinaryIO) -> None:
        for chunk in chunks:
            file.writelines(chunk[at : at + _PIECE] for at in range(0, len(chunk), _PIECE))

    path = f"{publication.stem}{name}-{hashed.hexdigest()[:DIGITS]}.mp3"
    publication.site.make(path, write)
    return File(path, sum(map(len, chunks)), MP3_TYPE)


def _epub(publication: Publication, manuscript: Manuscript) -> tuple[str, int]:
    """Put the EPUB into the site; return its path and when it was made. Raises PublishingError."""
    try:
        return write_epub(publication.site, publication.stem, manuscript, publication.now)
    except ValueError as error:
        raise _uncut(publication, error) from error


def _uncut(publication: Publication, error: ValueError) -> PublishingError:
    mp3 = publication.built.mp3
    return PublishingError(
        tr("{mp3} can't be cut into chapters: {error}.", mp3=mp3, error=error),
        advice=tr("Build it again."),
    )


def _m4b(publication: Publication) -> tuple[str, int]:
    """Put the book's M4B, if one was built with it, into the site; return its path and bytes.

    Raises PublishingError if it can't be read.
    """
    source = m4b_of(publication.built.mp3, publication.built.duration)
    if source is None:
        return "", 0
    try:
        path = f"{publication.stem}-{digest_of(source)}.m4b"
        with source.open("rb") as m4b:
            publication.site.make(path, lambda file: shutil.copyfileobj(m4b, file, _PIECE))
    except OSError as error:
        raise PublishingError(
            tr("{source} can't be published: {strerror}.", source=source, strerror=error.strerror)
        ) from error
    return path, source.stat().st_size


def _texts(publication: Publication, stem: str, heard: list[Cue]) -> tuple[File, ...]:
    """Put the three transcripts into the site."""
    formats = (
        (".vtt", transcripts.VTT_TYPE, transcripts.to_vtt(heard)),
        (".srt", transcripts.SRT_TYPE, transcripts.to_srt(heard)),
        (".json", transcripts.JSON_TYPE, transcripts.to_json(heard, publication.work.narrator)),
    )
    return tuple(
        named(publication.site, stem, suffix, kind, data) for suffix, kind, data in formats
    )


def _chapter_lists(publication: Publication) -> tuple[File, File]:
    listed, work = publication.built.chapters, publication.work
    told = chapters.to_json(listed, work.title, work.author)
    track = transcripts.chapters_vtt(listed)
    return (
        named(publication.site, publication.stem, ".chapters.json", chapters.JSON_TYPE, told),
        named(publication.site, publication.stem, ".chapters.vtt", transcripts.VTT_TYPE, track),
    )


def _whole(publication: Publication, files: tuple[File, ...]) -> Episode:
    work, listed = publication.work, publication.built.chapters
    return Episode(
        work.identity,
        work.title,
        chapters.summary(about(work), listed),
        chapters.html(about(work), listed),
        work.duration,
        work.audio,
        files,
        listed,
    )


def _in_chapters(publication: Publication, sound: _Sound, heard: list[Cue]) -> PublishedBook:
    """Return the work with an episode a chapter. Raises PublishingError if it can't be cut."""
    listed = publication.built.chapters
    titles = [part.title for part in listed]
    parts = identity.chapters(publication.work, titles, publication.since, publication.until)
    pieces = cut(sound.frames, [chapter.start for chapter in listed])
    try:
        made = [
            _chapter(publication, (number, part, chapter), piece, sound.tag, heard)
            for number, (part, chapter, piece) in enumerate(
                zip(parts, listed, pieces, strict=True), 1
            )
        ]
    except ValueError as error:
        raise _uncut(publication, error) from error
    return replace(publication.work, parts=parts, episodes=tuple(made))


def _chapter(
    publication: Publication,
    which: tuple[int, Identity, ChapterSpan],
    piece: tuple[float, list[bytes | memoryview]],
    tag: Tag,
    heard: list[Cue],
) -> Episode:
    number, part, chapter = which
    start, chunks = piece
    work = publication.work
    count = len(publication.built.chapters)
    own = _chapter_tag(tag, chapter, number, count).to_bytes()
    audio = _audio(publication, f"-{number:0{len(str(count))}}", [own, *chunks])
    cues = transcripts.shifted(heard, start, chapter.end)
    told = f"{work.title}\n\n{about(work)}"
    return Episode(
        part,
        chapter.title,
        chapters.summary(told, ()),
        chapters.html(told, ()),
        chapter.end - start,
        audio,
        _texts(publication, audio.path.rsplit("-", 1)[0], cues),
        number=number,
        start=chapter.start,
    )


def _chapter_tag(tag: Tag, chapter: ChapterSpan, number: int, count: int) -> Tag:
    milliseconds = round((chapter.end - chapter.start) * 1000)
    own = {
        "TIT2": chapter.title,
        "TRCK": f"{number}/{count}",
        "TLEN": str(milliseconds),
    }
    left_out = {*own, "CHAP", "CTOC"}
    kept = tuple(frame for frame in tag.frames if frame.name not in left_out)
    return replace(tag, frames=(*(text_frame(*item) for item in own.items()), *kept))
