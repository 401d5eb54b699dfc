"""How well speakers and the narrator's words are found, on labelled sets of our own.

``script/bench characters``: benchmarks/dialogue.tsv has a paragraph of dialogue a line, who speaks,
and what the narrator says in it; benchmarks/replies.tsv plays, scripts and interviews, and what is
none, a paragraph a line and who speaks. Both are written by hand. Precision is the share of what
was found that is right, recall that of what there is that was found; each miss is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.model import Book, BookInfo, Chapter, Kind, Paragraph
from hautevoix.scripting.plays import replies
from hautevoix.scripting.speech import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LABELLED = Path(__file__).with_name("dialogue.tsv")

PLAYS = Path(__file__).with_name("replies.tsv")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph, who speaks in it (None: nobody is named), and what the narrator says."""

    text: str
    speaker: str | None
    narrated: tuple[str, ...]


def labelled(path: Path = LABELLED) -> Iterator[Labelled]:
    """Yield the set's paragraphs."""
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            text, speaker, narrated = line.split("\t")
            told = () if narrated == "-" else tuple(narrated.split("|"))
            yield Labelled(text, None if speaker == "-" else speaker, told)


def found(text: str) -> Labelled:
    """Return what is found in a paragraph."""
    told = parts(Paragraph(Kind.DIALOGUE, text))
    names = {part.character for part in told if part.character}
    narrated = tuple(text[part.start : part.end].strip() for part in told if not part.speech)
    return Labelled(text, min(names) if names else None, narrated)


@dataclass(frozen=True, slots=True)
class Play:
    """A text, and who speaks each of its paragraphs in order (None: nobody named)."""

    title: str
    book: Book
    speakers: tuple[str | None, ...]

    def found(self) -> tuple[str | None, ...]:
        """Return who is found to speak each paragraph."""
        told = replies(self.book)
        return tuple(
            next((part.character for part in told.get((number, index), ()) if part.character), None)
            for number, chapter in enumerate(self.book.chapters)
            for index in range(len(chapter.paragraphs))
        )


def plays(path: Path = PLAYS) -> Iterator[Play]:
    """Yield the set's texts."""
    for text in path.read_text("utf-8").split("\n= ")[1:]:
        title, *lines = text.strip().splitlines()
        rows = [line.partition("\t") for line in lines]
        chapters: list[list[Paragraph]] = [[]]
        for words, parted, _ in rows:
            if parted:
                chapters[-1].append(_paragraph(words))
            else:
                chapters.append([])
        said = tuple(who if who != "-" else None for _, parted, who in rows if parted)
        made = (Chapter(None, tuple(paragraphs)) for paragraphs in chapters)
        yield Play(title, Book(BookInfo(), tuple(made)), said)


def _paragraph(words: str) -> Paragraph:
    text = words.strip("*").replace("\\n", "\n")
    emphasis = ((0, len(text)),) if words.startswith("*") else ()
    return Paragraph(Kind.VERSE if "\n" in text else Kind.PARAGRAPH, text, emphasis=emphasis)


def scores(wanted: Iterable[object], got: Iterable[object]) -> tuple[float, float]:
    """Return precision and recall of pairs, None being nothing."""
    pairs = list(zip(wanted, got, strict=True))
    right = sum(bool(one) and one == two for one, two in pairs)
    there, told = sum(bool(one) for one, _ in pairs), sum(bool(two) for _, two in pairs)
    return right / max(told, 1), right / max(there, 1)


def main() -> None:
    """Print what is missed, then the figures."""
    rows = list(labelled())
    got = [found(row.text) for row in rows]
    for row, one in zip(rows, got, strict=True):
        if (row.speaker, row.narrated) != (one.speaker, one.narrated):
            print(f"{row.text}\n    {row.speaker} {row.narrated} | {one.speaker} {one.narrated}")
    for name in ("speaker", "narrated"):
        precision, recall = scores(
            (getattr(row, name) for row in rows), (getattr(one, name) for one in got)
        )
        print(f"{name}: precision {precision:.3f}, recall {recall:.3f} ({len(rows)} paragraphs)")
    _tell_plays()


def _tell_plays() -> None:
    wanted: list[str | None] = []
    got: list[str | None] = []
    for play in plays():
        for one, two in zip(play.speakers, found := play.found(), strict=True):
            if one != two:
                print(f"{play.title}: {one} | {two}")
        wanted += play.speakers
        got += found
    precision, recall = scores(wanted, got)
    print(f"replies: precision {precision:.3f}, recall {recall:.3f} ({len(wanted)} paragraphs)")


if __name__ == "__main__":
    main()
