"""What ``outline`` shows of how a text is spoken, where its marks or its markup tell."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from hautevoix.cli.tables import ends
from hautevoix.localization import ntr, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import Book, SpeechSpan

_MOST_SHOWN = 24  # of them on a screen: the rest is in --json
_AROUND = 6  # words that show where a pause is


@dataclass(frozen=True, slots=True)
class Direction:
    """What is told of how a stretch is spoken, and where; as ``outline --json`` has it.

    ``chapter`` is the number that ``outline`` shows, None in a note of the whole book; ``note`` the
    label of a note, None in a chapter's text; ``kind`` is « pause » (``value``: milliseconds),
    « voice » (whose), « say » (the words in place of it), « ipa » (its sounds), « language » (its
    tag) or « emphasis » (None). ``words`` are those concerned: of a pause, those before it, or
    those after it at the beginning of a paragraph.
    """

    chapter: int | None
    note: str | None
    line: int
    kind: str
    value: str | int | None
    words: str


def directions(book: Book, numbers: Sequence[int]) -> list[Direction]:
    """Return what is told, in the order of the text; ``numbers`` has the index of each chapter."""
    told: list[Direction] = []
    for index, chapter in zip(numbers, book.chapters, strict=True):
        for paragraph in chapter.paragraphs:
            told += _each(index + 1, None, paragraph.line, paragraph.text, paragraph.speech)
    for note in book.notes:
        number = None if note.chapter is None else numbers[note.chapter] + 1
        told += _each(number, note.label, note.line, note.text, note.speech)
    return told


def as_json(told: Iterable[Direction]) -> list[dict[str, Any]]:
    """Return them for programs."""
    return [asdict(one) for one in told]


def listing(told: Sequence[Direction]) -> Iterator[str]:
    """Yield the lines that show them: a heading, and each with its place."""
    count = ntr("{count} place", "{count} places", len(told))
    yield tr("How it is spoken, as the text tells: {count}", count=count)
    for one in told[:_MOST_SHOWN]:
        yield tr("  line {line}: {what}", line=one.line, what=_told(one))
    if len(told) > _MOST_SHOWN:
        yield tr("  … {count} more: --json", count=len(told) - _MOST_SHOWN)


def _each(
    chapter: int | None, note: str | None, line: int, text: str, spans: Iterable[SpeechSpan]
) -> Iterator[Direction]:
    for span in spans:
        words = text[span.start : span.end] or _beside(text, span.start)
        for kind, value in _acts(span):
            yield Direction(chapter, note, line, kind, value, words.strip())


def _beside(text: str, place: int) -> str:
    """Return the words before a place, of a beginning those after it."""
    return " ".join(text[:place].split()[-_AROUND:] or text.split()[:_AROUND])


def _acts(span: SpeechSpan) -> Iterator[tuple[str, str | int | None]]:
    if span.pause is not None:
        yield "pause", span.pause
    if span.emphasis:
        yield "emphasis", None
    told = {"voice": span.voice, "say": span.say, "ipa": span.ipa, "language": span.language}
    yield from ((kind, value) for kind, value in told.items() if value)


def _told(one: Direction) -> str:
    words, value = ends(one.words), one.value
    match one.kind:
        case "pause":
            return tr("a pause of {value} ms at “{words}”", value=value, words=words)
        case "voice":
            return tr("the voice “{value}” speaks “{words}”", value=value, words=words)
        case "say":
            return tr("“{words}” is said “{value}”", words=words, value=value)
        case "ipa":
            return tr("“{words}” sounds /{value}/", words=words, value=value)
        case "language":
            return tr("“{words}” is in the language “{value}”", words=words, value=value)
    return tr("“{words}” is stressed", words=words)
