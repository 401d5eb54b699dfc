"""An EPUB's package document: what is in it, in which order, how long it is heard.

https://www.w3.org/TR/epub-33/#sec-package-doc; accessibility metadata as
https://www.w3.org/TR/epub-a11y-11/ asks for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model import BookDetails
    from hautevoix.publishing.state import PublishedBook

XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_LIT = "lit"
_FEATURES = ("synchronizedAudioText", "tableOfContents", "readingOrder", "structuralNavigation")


@dataclass(slots=True)
class Leaf:
    """A document of the book; ``clips`` are rows of the timeline, each with start and end."""

    name: str
    title: str
    html: str
    clips: list[tuple[int, float, float]] = field(default_factory=list)
    level: int = 1

    @property
    def seconds(self) -> float:
        """How long it is heard."""
        return sum(end - start for _, start, end in self.clips)


def sound_name(number: int) -> str:
    """Return the name of a chapter's sound in the EPUB; the first is 0."""
    return f"audio/c{number}.mp3"


@dataclass(frozen=True, slots=True)
class Presentation:
    """What the package tells of the files: the cover's name, how many are sound, the date."""

    cover: str
    sounds: int
    modified: str


def write_package(work: PublishedBook, presented: Presentation, leaves: list[Leaf]) -> str:
    """Return the package document."""
    items = "\n".join(_items(presented, leaves))
    spine = "\n".join(f'<itemref idref="{leaf.name}"/>' for leaf in leaves)
    return (
        f'{XML}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        f'unique-identifier="id" xml:lang="{escape(work.language)}">\n'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"{_metadata(work, presented, leaves)}\n</metadata>\n"
        f"<manifest>\n{items}\n</manifest>\n"
        f'<spine>\n<itemref idref="cover-page"/>\n{spine}\n</spine>\n</package>\n'
    )


def _metadata(work: PublishedBook, presented: Presentation, leaves: list[Leaf]) -> str:
    lines = [
        f'<dc:identifier id="id">urn:uuid:{work.identity.guid}</dc:identifier>',
        f"<dc:title>{escape(work.title)}</dc:title>",
        f"<dc:language>{escape(work.language)}</dc:language>",
        f'<dc:contributor id="voice">{escape(work.narrator)}</dc:contributor>',
        '<meta refines="#voice" property="role" scheme="marc:relators">nrt</meta>',
        f'<meta property="dcterms:modified">{presented.modified}</meta>',
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
    lines += _details(work.details)
    if work.summary:
        lines.append(f"<dc:description>{escape(work.summary)}</dc:description>")
    return "\n".join(lines)


def _details(details: BookDetails) -> Iterator[str]:
    """Yield what a library tells of the book; calibre's names are what most of them read."""
    told = {"publisher": details.publisher, "rights": details.rights, "subject": details.genre}
    for name, text in told.items():
        if text:
            yield f"<dc:{name}>{escape(text)}</dc:{name}>"
    if details.isbn:
        yield f"<dc:identifier>urn:isbn:{details.isbn}</dc:identifier>"
    if details.series:
        name, number = escape(details.series), details.series_number
        yield f'<meta property="belongs-to-collection" id="series">{name}</meta>'
        yield '<meta refines="#series" property="collection-type">series</meta>'
        yield f'<meta name="calibre:series" content="{name}"/>'
        if number:
            yield f'<meta refines="#series" property="group-position">{number}</meta>'
            yield f'<meta name="calibre:series_index" content="{number}"/>'


def _accessibility() -> Iterator[str]:
    facts = [("accessMode", "textual"), ("accessMode", "auditory")]
    facts += [("accessModeSufficient", "textual"), ("accessModeSufficient", "auditory")]
    facts += [("accessibilityFeature", feature) for feature in _FEATURES]
    facts += [("accessibilityHazard", "noFlashingHazard")]
    facts += [("accessibilityHazard", "noMotionSimulationHazard")]
    facts += [("accessibilityHazard", "noSoundHazard")]
    facts += [("accessibilitySummary", "Texte intégral, lu phrase par phrase par une voix.")]
    return (f'<meta property="schema:{name}">{value}</meta>' for name, value in facts)


def _items(presented: Presentation, leaves: list[Leaf]) -> Iterator[str]:
    cover = presented.cover
    xhtml = "application/xhtml+xml"
    kind = "image/png" if cover.endswith(".png") else "image/jpeg"
    yield f'<item id="nav" href="nav.xhtml" media-type="{xhtml}" properties="nav"/>'
    yield f'<item id="cover" href="{cover}" media-type="{kind}" properties="cover-image"/>'
    yield f'<item id="cover-page" href="cover.xhtml" media-type="{xhtml}"/>'
    yield '<item id="style" href="style.css" media-type="text/css"/>'
    for number in range(presented.sounds):
        yield f'<item id="audio{number}" href="{sound_name(number)}" media-type="audio/mpeg"/>'
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
