"""A read-along EPUB 3: the book's text, its audio, and media overlays that tie them together.

https://www.w3.org/TR/epub-33/#sec-media-overlays; accessibility metadata as
https://www.w3.org/TR/epub-a11y-11/ asks for.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from hautevoix.mpeg.mp3_file import cut
from hautevoix.publishing import edition
from hautevoix.publishing.files import digest
from hautevoix.publishing.markup import Writer, attributes, tag, unheard
from hautevoix.publishing.opf import XML, Leaf, Presentation, sound_name, write_package
from hautevoix.publishing.page import local, read_web, rows_of
from hautevoix.publishing.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from hautevoix.publishing.built_book import BuiltBook
    from hautevoix.publishing.edition import EditionChapter
    from hautevoix.publishing.site_storage import SiteStorage
    from hautevoix.publishing.state import PublishedBook

_NEVER = (1980, 1, 1, 0, 0, 0)  # zip's earliest date: the same book gives the same bytes
_CONTAINER = (
    XML + '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="EPUB/package.opf" '
    'media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What an EPUB is made of: a picture's bytes for ``cover``, ``audio`` the published MP3.

    ``frames`` is that MP3 after its tag, which is cut into a file for each chapter.
    """

    built: BuiltBook
    work: PublishedBook
    cover: bytes
    audio: str
    frames: memoryview


@dataclass(frozen=True, slots=True)
class Sound:
    """A chapter's bytes of sound; where it starts and the chapter ends, in the book's seconds."""

    start: float
    end: float
    chunks: list[bytes | memoryview]


def write_epub(site: SiteStorage, stem: str, manuscript: Manuscript, now: int) -> tuple[str, int]:
    """Put the EPUB into the site, unless it is there; return its path, and when it was made.

    That is ``now`` for another one than the book had, in seconds since the epoch. Raises
    DiskError, and ValueError for a sound that can't be cut.
    """
    sounds = _sounds(manuscript)
    known = manuscript.work
    made, texts = known.epub_made, _dated(manuscript, sounds, known.epub_made)
    if (path := _path(stem, manuscript, texts)) != known.epub:
        made, texts = now, _dated(manuscript, sounds, now)
        path = _path(stem, manuscript, texts)

    def write(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w") as book:
            _store(book, "mimetype", [b"application/epub+zip"])
            _store(book, "META-INF/container.xml", [_CONTAINER.encode()])
            for name, text in texts.items():
                _store(book, f"EPUB/{name}", [text.encode()], zipfile.ZIP_DEFLATED)
            _store(book, f"EPUB/{_cover_name(manuscript)}", [manuscript.cover])
            for number, sound in enumerate(sounds):
                _store(book, f"EPUB/{sound_name(number)}", sound.chunks)

    site.make(path, write)
    return path, made


def _path(stem: str, manuscript: Manuscript, texts: dict[str, str]) -> str:
    told = "\0".join([*texts, *texts.values(), manuscript.audio]).encode()
    return f"{stem}-{digest(told + manuscript.cover)}.epub"


def _moment(seconds: int) -> str:
    """Return a moment as an EPUB's modified date has it.

    >>> _moment(0)
    '1970-01-01T00:00:00Z'
    """
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _sounds(manuscript: Manuscript) -> list[Sound]:
    chapters = manuscript.built.chapters
    pieces = cut(manuscript.frames, [chapter.start for chapter in chapters])
    return [
        Sound(start, chapter.end, chunks)
        for chapter, (start, chunks) in zip(chapters, pieces, strict=True)
    ]


def _store(
    book: zipfile.ZipFile,
    name: str,
    chunks: list[bytes] | list[bytes | memoryview],
    how: int = zipfile.ZIP_STORED,
) -> None:
    info = zipfile.ZipInfo(name, _NEVER)
    info.compress_type = how
    info.external_attr = 0o644 << 16
    with book.open(info, "w") as member:
        for chunk in chunks:
            member.write(chunk)


def _dated(manuscript: Manuscript, sounds: list[Sound], made: int) -> dict[str, str]:
    """Return the documents of an EPUB made at that moment, by name."""
    return dict(_texts(manuscript, sounds, _moment(made)))


def _texts(manuscript: Manuscript, sounds: list[Sound], modified: str) -> Iterator[tuple[str, str]]:
    leaves = list(_leaves(manuscript))
    language = manuscript.work.language
    presented = Presentation(_cover_name(manuscript), len(sounds), modified)
    yield "package.opf", write_package(manuscript.work, presented, leaves)
    yield "nav.xhtml", _nav(manuscript, leaves)
    yield "style.css", read_web("epub.css")
    picture = tag("p", f'<img src="{_cover_name(manuscript)}" alt="Couverture"/>')
    yield "cover.xhtml", _document("Couverture", language, tag("section", picture, class_="cover"))
    for leaf in leaves:
        yield f"{leaf.name}.xhtml", _document(leaf.title, language, leaf.html)
        if leaf.clips:
            yield f"{leaf.name}.smil", _smil(leaf, sounds)


def _cover_name(manuscript: Manuscript) -> str:
    return "cover.png" if local(manuscript.work.face[0]).endswith(".png") else "cover.jpg"


def _document(title: str, language: str, body: str) -> str:
    names = attributes(
        xmlns="http://www.w3.org/1999/xhtml", lang=language, xml__lang=language
    ).replace("xml--lang", "xml:lang")
    return (
        f'{XML}<!DOCTYPE html>\n<html{names} xmlns:epub="http://www.idpf.org/2007/ops">\n'
        f"<head><title>{escape(title)}</title>"
        '<link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _leaves(manuscript: Manuscript) -> Iterator[Leaf]:
    built, told = manuscript.built, manuscript.built.edition
    writer = _writer(manuscript)
    for number, part in enumerate(told.parts):
        blocks = [block for block in part.blocks if block.kind != edition.OPENING]
        inner = list(writer.blocks(blocks, "h2"))
        if number == 0:
            inner.insert(0, _title_page(manuscript, part, writer))
        if not any(block.kind == edition.TITLE for block in blocks) and number:
            inner.insert(0, tag("h2", escape(typeset(part.title))))
        html = tag("section", "\n" + "\n".join(inner) + "\n", class_="chapter")
        clips = list(_clips(built, part))
        yield Leaf(f"c{number}", part.title, html, clips, part.level)
    left = unheard(told)
    if left:
        notes = "\n".join(writer.unheard(index, told.notes[index]) for index in left)
        yield Leaf("notes", "Notes", tag("section", f"<h2>Notes</h2>\n{notes}", class_="chapter"))


def _writer(manuscript: Manuscript) -> Writer:
    places = _places(manuscript)
    return Writer(
        manuscript.built.edition,
        lambda row: {"id": f"s{row}"},
        lambda _index, label: {
            "role": "doc-noteref",
            "aria_label": f"Note {label}",
            "class_": "call",
        },
        {"role": "doc-backlink"},
        lambda name: f"{places[name]}.xhtml#{name}",
        "<br/>",
        "<hr/>",
    )


def _places(manuscript: Manuscript) -> dict[str, str]:
    """Return in which document each note and the first call of each stands."""
    told = manuscript.built.edition
    places = {f"note-{index}": "notes" for index in range(len(told.notes))}
    for number, part in enumerate(told.parts):
        for block in part.blocks:
            if block.note is not None:
                places[f"note-{block.note}"] = f"c{number}"
            for sentence in block.sentences:
                for call in sentence.calls:
                    places.setdefault(f"call-{call.note}", f"c{number}")
    return places


def _title_page(manuscript: Manuscript, part: EditionChapter, writer: Writer) -> str:
    work = manuscript.work
    said = {
        block.sentences[0].text: writer.sentences(block.sentences)
        for block in part.blocks
        if block.kind == edition.OPENING
    }
    lines = (("h1", "title", work.title), ("p", "author", work.author), ("p", "date", work.date))
    return "\n".join(
        tag(name, said.get(text) or escape(typeset(text)), class_=kind)
        for name, kind, text in lines
        if text
    )


def _clips(built: BuiltBook, part: EditionChapter) -> Iterator[tuple[int, float, float]]:
    """Yield each sentence's row and the sound from its start to the next one's."""
    rows = rows_of(part)
    if not rows:
        return
    last = built.spans[rows[-1]].end
    end = next((c.end for c in built.chapters if c.end > last - 0.01), last)
    starts = [built.spans[row].start for row in rows]
    for row, start, after in zip(rows, starts, [*starts[1:], end], strict=True):
        yield row, start, max(after, start + 0.001)


def _smil(leaf: Leaf, sounds: list[Sound]) -> str:
    pars = "\n".join(
        f'<par id="p{row}"><text src="{leaf.name}.xhtml#s{row}"/>{_audio(start, end, sounds)}</par>'
        for row, start, end in leaf.clips
    )
    return (
        f'{XML}<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0">\n<body>\n{pars}\n'
        "</body>\n</smil>\n"
    )


def _audio(start: float, end: float, sounds: list[Sound]) -> str:
    """Return a sentence's sound in its chapter's file, times counted from that file's start."""
    number = next((at for at, sound in enumerate(sounds) if start < sound.end), len(sounds) - 1)
    since = sounds[number].start
    begin, until = max(0.0, start - since), min(end, sounds[number].end) - since
    return (
        f'<audio src="{sound_name(number)}" clipBegin="{begin:.3f}s" '
        f'clipEnd="{max(until, begin + 0.001):.3f}s"/>'
    )


def _nav(manuscript: Manuscript, leaves: list[Leaf]) -> str:
    rows = "\n".join(
        tag("li", tag("a", escape(typeset(leaf.title)), href=f"{leaf.name}.xhtml"))
        for leaf in leaves
    )
    table = f'<nav epub:type="toc" role="doc-toc">\n<h2>Table</h2>\n<ol>\n{rows}\n</ol>\n</nav>'
    return _document(manuscript.work.title, manuscript.work.language, table)
