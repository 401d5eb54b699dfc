"""A sidecar to begin with: what was understood of a text, and what its owner may want to put right.

As it is written it changes nothing of what is heard. Prose stands after « # »; what « # » stands
right before can be taken in by taking that away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomlkit

from hautevoix.localization import tr
from hautevoix.model import TitleSource
from hautevoix.reading.base.diagnostics import KEEPABLE
from hautevoix.reading.structure.rearranged import titled
from hautevoix.scripting.plays import characters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import Book, Chapter, Diagnostic
    from hautevoix.pipeline.naming import Named

_MOST_NAMES = 40
_MOST_SLIPS = 100
_MOST_CHAPTERS = 100
_FREQUENT = 2  # times that a name stands in the text, to be listed although it is known


def draft(text: str, book: Book, names: Sequence[Named]) -> str:
    """Return the sidecar of the ``book`` that was read from ``text``, with its proper ``names``."""
    parts = (
        _heading(text),
        _known(book),
        _left_out(book.diagnostics),
        _lexicon(names),
        _corrections(book.diagnostics),
        _characters(book),
        _chapters(book.chapters),
    )
    written = ("".join(f"{line}\n" for line in part) for part in parts)
    return "\n".join(filter(None, written))


def _heading(text: str) -> Iterator[str]:
    yield _prose(tr("What {text} does not say of itself, or says wrong.", text=text))
    yield _prose(tr("To have a line heeded, take away the # before it."))
    yield _prose(tr("To see what comes of it: hautevoix outline {text}", text=text))


def _known(book: Book) -> Iterator[str]:
    info = book.info
    guessed = info.title_source is TitleSource.GUESS
    yield _value("title", info.title, doubted=guessed)
    yield _value("author", info.author)
    yield _value("date", info.date)
    yield _value("description", info.description)
    yield f"#{_pair('language', info.language)}"
    yield f"#{_pair('cover', 'couverture.jpg')}"


def _value(key: str, value: str | None, *, doubted: bool = False) -> str:
    """Return a line for what is known; for what is not, one to be filled in."""
    if value is None or not value.strip():
        return f"#{_pair(key, '…')}"
    return f"{'#' if doubted else ''}{_pair(key, value)}"


def _left_out(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield what was left out, and the line that has it read after all."""
    told = [one for one in diagnostics if one.code in KEEPABLE]
    if told:
        yield _prose(tr("Left out of the reading; to have it read after all, list its code:"))
        yield from (f"# {_place(one)}" for one in told)
        codes = ", ".join(_quoted(code) for code in sorted({one.code for one in told}))
        yield f"#keep = [{codes}]"


def _lexicon(names: Sequence[Named]) -> Iterator[str]:
    """Yield the names that are frequent or doubted, as entries to be put right."""
    yield "[lexicon]"
    yield _prose(tr("How words are said. The proper names, with the sounds that they get:"))
    wanted = [name for name in names if name.doubt or name.count >= _FREQUENT]
    for name in wanted[:_MOST_NAMES]:
        doubt = f", {name.doubt}" if name.doubt else ""
        entry = f"{_quoted(name.name)} = {{ ipa = {_quoted(name.ipa)} }}"
        yield f"#{entry}  # {name.count} ×{doubt}"


def _corrections(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield what looks like a slip, as a correction to be filled in."""
    yield "[corrections]"
    yield _prose(tr("Slips of the text, and what should stand there."))
    told = {one.words: one for one in diagnostics if one.words}
    for words, one in list(told.items())[:_MOST_SLIPS]:
        yield f"# {_place(one)}"
        yield f"#{_quoted(words)} = {_quoted(words)}"


def _characters(book: Book) -> Iterator[str]:
    """Yield who speaks, as entries to which a voice, another pace or level can be given."""
    if found := characters(book):
        yield "[characters]"
        yield _prose(tr("Who speaks; “voice” can stand there too: hautevoix voices"))
        for name, count in found[:_MOST_NAMES]:
            yield f"#{_quoted(name)} = {{ rate = 1.0, level = 0 }}  # {count} ×"


def _chapters(chapters: Sequence[Chapter]) -> Iterator[str]:
    """Yield for each chapter the entry that leaves it out."""
    yield _prose(
        tr("Chapters: what is not to be read; “title”, “merge”, “split”, “voice” go there too.")
    )
    for number, chapter in enumerate(chapters[:_MOST_CHAPTERS], start=1):
        yield "#[[chapters]]"
        title = chapter.title or ""
        if title.strip() and titled(chapters, title) == [number - 1]:
            yield f"#{_pair('match', title)}"
        else:
            yield f"#number = {number}  # {_joined(title) or tr('(no title)')}"
        yield "#skip = true"


def _place(diagnostic: Diagnostic) -> str:
    message = _joined(diagnostic.message)
    if not diagnostic.line:
        return message
    return tr("line {line}: {what}", line=diagnostic.line, what=message)


def _pair(key: str, value: str) -> str:
    return f"{key} = {_quoted(value)}"


def _prose(text: str) -> str:
    return f"# {text}"


def _joined(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return tomlkit.string(text).as_string()
