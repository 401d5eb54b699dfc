"""A read-along EPUB 3: the book's text, its audio, and media overlays that tie them together.

https://www.w3.org/TR/epub-33/#sec-media-overlays; accessibility metadata as
https://www.w3.org/TR/epub-a11y-11/ asks for.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from hautevoix.publishing import edition
from hautevoix.publishing.files import digest
from hautevoix.publishing.markup import Writer, attributes, tag, unheard
from hautevoix.publishing.page import local, read_web, rows_of
from hautevoix.publishing.wording import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from hautevoix.publishing.edition import Part
    from hautevoix.publishing.shelf import Shelf
    from hautevoix.publishing.state import Work
    from hautevoix.publishing.volume import Volume

_LIT = "lit"
_NEVER = (1980, 1, 1, 0, 0, 0)  # zip's earliest date: the same book gives the same bytes
_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_CONTAINER = (
    _XML + '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="EPUB/package.opf" '
    'media-type="application/oebps-package+xml"/></rootfiles></container>\n'
)
_FEATURES = ("synchronizedAudioText", "tableOfContents", "readingOrder", "structuralNavigation")


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What an EPUB is made of: a picture's bytes for ``cover``, ``audio`` the published MP3."""

    volume: Volume
    work: Work
    cover: bytes
    audio: str


@dataclass(slots=True)
class _Leaf:
    """A document of the book: ``span`` is where it is heard, in seconds."""

    name: str
    title: str
    html: str
    clips: list[tuple[int, float, float]] = field(default_factory=list)
    level: int = 1

    @property
    def seconds(self) -> float:
        return sum(end - start for _, start, end in self.clips)


def write_epub(
    site: Shelf, stem: str, manuscript: Manuscript, audio: list[bytes | memoryview]
) -> str:
    """Put the EPUB into the site, unless it is there; return its path. Raises DiskError."""
    texts = dict(_texts(manuscript))
    told = "\0".join([*texts, *texts.values(), manuscript.audio]).encode()
    path = f"{stem}-{digest(told + manuscript.cover)}.epub"

    def write(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w") as book:
            _store(book, "mimetype", [b"application/epub+zip"])
            _store(book, "META-INF/container.xml", [_CONTAINER.encode()])
            for name, text in texts.items():
                _store(book, f"EPUB/{name}", [text.encode()], zipfile.ZIP_DEFLATED)
            _store(book, f"EPUB/{_cover_name(manuscript)}", [manuscript.cover])
            _store(book, "EPUB/audio.mp3", audio)

    site.make(path, write)
    return path


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


def _texts(manuscript: Manuscript) -> Iterator[tuple[str, str]]:
    leaves = list(_leaves(manuscript))
    language = manuscript.work.language
    yield "package.opf", _package(manuscript, leaves)
    yield "nav.xhtml", _nav(manuscript, leaves)
    yield "style.css", read_web("epub.css")
    picture = tag("p", f'<img src="{_cover_name(manuscript)}" alt="Couverture"/>')
    yield "cover.xhtml", _document("Couverture", language, tag("section", picture, class_="cover"))
    for leaf in leaves:
        yield f"{leaf.name}.xhtml", _document(leaf.title, language, leaf.html)
        if leaf.clips:
            yield f"{leaf.name}.smil", _smil(leaf)


def _cover_name(manuscript: Manuscript) -> str:
    return "cover.png" if local(manuscript.work.face[0]).endswith(".png") else "cover.jpg"


def _document(title: str, language: str, body: str) -> str:
    names = attributes(
        xmlns="http://www.w3.org/1999/xhtml", lang=language, xml__lang=language
    ).replace("xml--lang", "xml:lang")
    return (
        f'{_XML}<!DOCTYPE html>\n<html{names} xmlns:epub="http://www.idpf.org/2007/ops">\n'
        f"<head><title>{escape(title)}</title>"
        '<link rel="stylesheet" type="text/css" href="style.css"/></head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def _leaves(manuscript: Manuscript) -> Iterator[_Leaf]:
    volume, told = manuscript.volume, manuscript.volume.edition
    writer = _writer(manuscript)
    for number, part in enumerate(told.parts):
        blocks = [block for block in part.blocks if block.kind != edition.OPENING]
        inner = list(writer.blocks(blocks, "h2"))
        if number == 0:
            inner.insert(0, _title_page(manuscript, part, writer))
        if not any(block.kind == edition.TITLE for block in blocks) and number:
            inner.insert(0, tag("h2", escape(typeset(part.title))))
        html = tag("section", "\n" + "\n".join(inner) + "\n", class_="chapter")
        clips = list(_clips(volume, part))
        yield _Leaf(f"c{number}", part.title, html, clips, part.level)
    left = unheard(told)
    if left:
        notes = "\n".join(writer.unheard(index, told.notes[index]) for index in left)
        yield _Leaf("notes", "Notes", tag("section", f"<h2>Notes</h2>\n{notes}", class_="chapter"))


def _writer(manuscript: Manuscript) -> Writer:
    places = _places(manuscript)
    return Writer(
        manuscript.volume.edition,
        lambda row: {"id": f"s{row}"},
        lambda _index, label: {
            "role": "doc-noteref",
            "aria_label": f"Note {label}",
            "class_": "call",
        },
        {"role": "doc-backlink"},
        lambda name: f"{places[name]}.xhtml#{name}",
        "<br/>",
    )


def _places(manuscript: Manuscript) -> dict[str, str]:
    """Return in which document each note and the first call of each stands."""
    told = manuscript.volume.edition
    places = {f"note-{index}": "notes" for index in range(len(told.notes))}
    for number, part in enumerate(told.parts):
        for block in part.blocks:
            if block.note is not None:
                places[f"note-{block.note}"] = f"c{number}"
            for sentence in block.sentences:
                for call in sentence.calls:
                    places.setdefault(f"call-{call.note}", f"c{number}")
    return places


def _title_page(manuscript: Manuscript, part: Part, writer: Writer) -> str:
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


def _clips(volume: Volume, part: Part) -> Iterator[tuple[int, float, float]]:
    """Yield each sentence's row and the sound from its start to the next one's."""
    rows = rows_of(part)
    if not rows:
        return
    last = volume.spans[rows[-1]].end
    end = next((c.end for c in volume.chapters if c.end > last - 0.01), last)
    starts = [volume.spans[row].start for row in rows]
    for row, start, after in zip(rows, starts, [*starts[1:], end], strict=True):
        yield row, start, max(after, start + 0.001)


def _smil(leaf: _Leaf) -> str:
    pars = "\n".join(
        f'<par id="p{row}"><text src="{leaf.name}.xhtml#s{row}"/>'
        f'<audio src="audio.mp3" clipBegin="{start:.3f}s" clipEnd="{end:.3f}s"/></par>'
        for row, start, end in leaf.clips
    )
    return (
        f'{_XML}<smil xmlns="http://www.w3.org/ns/SMIL" version="3.0">\n<body>\n{pars}\n'
        "</body>\n</smil>\n"
    )


def _nav(manuscript: Manuscript, leaves: list[_Leaf]) -> str:
    rows = "\n".join(
        tag("li", tag("a", escape(typeset(leaf.title)), href=f"{leaf.name}.xhtml"))
        for leaf in leaves
    )
    table = f'<nav epub:type="toc" role="doc-toc">\n<h2>Table</h2>\n<ol>\n{rows}\n</ol>\n</nav>'
    return _document(manuscript.work.title, manuscript.work.language, table)


def _package(manuscript: Manuscript, leaves: list[_Leaf]) -> str:
    work = manuscript.work
    items = "\n".join(_items(manuscript, leaves))
    spine = "\n".join(f'<itemref idref="{leaf.name}"/>' for leaf in leaves)
    return (
        f'{_XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        f'unique-identifier="id" xml:lang="{escape(work.language)}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"{_metadata(work, leaves)}\n</metadata>\n"
        f"<manifest>\n{items}\n</manifest>\n"
        f'<spine>\n<itemref idref="cover-page" linear="no"/>\n{spine}\n</spine>\n</package>\n'
    )


def _metadata(work: Work, leaves: list[_Leaf]) -> str:
    modified = datetime.fromtimestamp(work.identity.date, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lines = [
        f'<dc:identifier id="id">urn:uuid:{work.identity.guid}</dc:identifier>',
        f"<dc:title>{escape(work.title)}</dc:title>",
        f"<dc:language>{escape(work.language)}</dc:language>",
        f'<dc:contributor id="voice">{escape(work.narrator)}</dc:contributor>',
        '<meta refines="#voice" property="role" scheme="marc:relators">nrt</meta>',
        f'<meta property="dcterms:modified">{modified}</meta>',
        f'<meta property="media:active-class">{_LIT}</meta>',
        f'<meta property="media:duration">{_clock(sum(leaf.seconds for leaf in leaves))}</meta>',
        f'<meta property="media:narrator">{escape(work.narrator)}</meta>',
        *(
            f'<meta property="media:duration" refines="#{leaf.name}-smil">'
            f"{_clock(leaf.seconds)}</meta>"
            for leaf in leaves
            if leaf.clips
        ),
        *_accessibility(),
        '<meta name="cover" content="cover"/>',
    ]
    if work.author:
        lines.append(f"<dc:creator>{escape(work.author)}</dc:creator>")
    if work.summary:
        lines.append(f"<dc:description>{escape(work.summary)}</dc:description>")
    return "\n".join(lines)


def _accessibility() -> Iterator[str]:
    facts = [("accessMode", "textual"), ("accessMode", "auditory")]
    facts += [("accessModeSufficient", "textual"), ("accessModeSufficient", "auditory")]
    facts += [("accessibilityFeature", feature) for feature in _FEATURES]
    facts += [("accessibilityHazard", "noFlashingHazard")]
    facts += [("accessibilityHazard", "noMotionSimulationHazard")]
    facts += [("accessibilityHazard", "noSoundHazard")]
    facts += [("accessibilitySummary", "Texte intégral, lu phrase par phrase par une voix.")]
    return (f'<meta property="schema:{name}">{value}</meta>' for name, value in facts)


def _items(manuscript: Manuscript, leaves: list[_Leaf]) -> Iterator[str]:
    xhtml = "application/xhtml+xml"
    cover = _cover_name(manuscript)
    kind = "image/png" if cover.endswith(".png") else "image/jpeg"
    yield f'<item id="nav" href="nav.xhtml" media-type="{xhtml}" properties="nav"/>'
    yield f'<item id="cover" href="{cover}" media-type="{kind}" properties="cover-image"/>'
    yield f'<item id="cover-page" href="cover.xhtml" media-type="{xhtml}"/>'
    yield '<item id="style" href="style.css" media-type="text/css"/>'
    yield '<item id="audio" href="audio.mp3" media-type="audio/mpeg"/>'
    for leaf in leaves:
        over = f' media-overlay="{leaf.name}-smil"' if leaf.clips else ""
        yield f'<item id="{leaf.name}" href="{leaf.name}.xhtml" media-type="{xhtml}"{over}/>'
        if leaf.clips:
            smil = 'media-type="application/smil+xml"'
            yield f'<item id="{leaf.name}-smil" href="{leaf.name}.smil" {smil}/>'


def _clock(seconds: float) -> str:
    """Return a clock value as SMIL has it.

    >>> _clock(3725.5)
    '1:02:05.500'
    """
    minutes, rest = divmod(round(seconds * 1000), 60_000)
    return f"{minutes // 60}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"
