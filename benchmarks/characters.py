"""How well speakers and the narrator's words are found in dialogue, on a labelled set of our own.

``script/bench characters``: benchmarks/dialogue.tsv has a paragraph a line, who speaks, and what
the narrator says in it, written by hand. Precision is the share of what was found that is right,
recall that of what there is that was found; each miss is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.model import Kind, Paragraph
from hautevoix.scripting.speech import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LABELLED = Path(__file__).with_name("dialogue.tsv")


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


if __name__ == "__main__":
    main()
