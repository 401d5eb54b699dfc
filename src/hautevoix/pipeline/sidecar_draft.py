"""A sidecar to begin with: what was understood of a text, and what its owner may want to put right.

As it is written it changes nothing of what is heard. Prose stands after « # »; what « # » stands
right before can be taken in by taking that away.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import tomlkit

from hautevoix.localization import tr
from hautevoix.model import TitleSource
from hautevoix.reading.base.diagnostics import KEEPABLE
from hautevoix.reading.language.heading_words import Form, match_heading
from hautevoix.reading.structure.rearranged import titled
from hautevoix.scripting.plays import characters

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from hautevoix.model import Book, Chapter, Diagnostic
    from hautevoix.pipeline.naming import Named

# What is shown of each kind: a page that is read whole. The rest is told by other commands.
_MOST_NAMES = 20
_MOST_SLIPS = 40
_MOST_SPEAKERS = 12
_MOST_CHAPTERS = 6
_FREQUENT = 2  # times that a name stands in the text, to be listed although it is known
_WORD = re.compile(r"[^\W\d_]+")


def draft(text: str, book: Book, names: Sequence[Named]) -> str:
    """Return the sidecar of the ``book`` that was read from ``text``, with its proper ``names``."""
    parts = (
        _heading(text),
        _known(book),
        _left_out(book.diagnostics),
        _lexicon(names, _words_of(book)),
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
    yield _value("narrator", None)
    yield f"#{_pair('cover', 'couverture.jpg')}"
    yield _prose(
        tr("Here too: publisher, series, series_number, isbn, rights, genre, notes, marks…")
    )


def _value(key: str, value: str | None, *, doubted: bool = False) -> str:
    """Return a line for what is known; for what is not, one to be filled in."""
    if value is None or not value.strip():
        return f"#{_pair(key, '…')}"
    return f"{'#' if doubted else ''}{_pair(key, value)}"


def _left_out(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield what was left out, a line for each kind, and the line that has it read after all."""
    told = Counter(one.code for one in diagnostics if one.code in KEEPABLE)
    if not told:
        return
    yield _prose(tr("Left out of the reading; to have it read after all, list its code:"))
    for code, count in sorted(told.items()):
        first = next(one for one in diagnostics if one.code == code)
        more = tr(" (and {count} more)", count=count - 1) if count > 1 else ""
        yield f"# {_place(first)}{more}"
    yield f"#keep = [{', '.join(_quoted(code) for code in sorted(told))}]"


def _words_of(book: Book) -> set[str]:
    """Return the words that stand in the text of a book, capitals and small letters apart."""
    texts = (paragraph.text for chapter in book.chapters for paragraph in chapter.paragraphs)
    return {word for text in texts for word in _WORD.findall(text)}


def _lexicon(names: Sequence[Named], words: Container[str]) -> Iterator[str]:
    """Yield names as entries to be put right: the doubted ones first, those said by no rule last.

    What the text writes with a small letter too (« la République », « une république ») is no name.
    """
    proper = [name for name in names if name.name.lower() not in words]
    wanted = [name for name in proper if name.doubt or name.count >= _FREQUENT]
    if not wanted:
        return
    wanted.sort(key=lambda name: not name.doubt)
    yield "[lexicon]"
    yield _prose(
        tr("How words are said: the names that are least sure. All, and why: hautevoix names")
    )
    for name in wanted[:_MOST_NAMES]:
        doubt = f", {name.doubt}" if name.doubt else ""
        entry = f"{_quoted(name.name)} = {{ ipa = {_quoted(name.ipa)} }}"
        yield f"#{entry}  # {name.count} ×{doubt}"


def _corrections(diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    """Yield what looks like a slip, as a correction to be filled in."""
    told = {one.words: one for one in diagnostics if one.words}
    if not told:
        return
    yield "[corrections]"
    yield _prose(tr("Slips of the text, and what should stand there."))
    for words, one in list(told.items())[:_MOST_SLIPS]:
        where = tr("line {line}", line=one.line)
        yield f"#{_quoted(words)} = {_quoted(words)}  # {where}"


def _characters(book: Book) -> Iterator[str]:
    """Yield who speaks, as entries to which a voice, another pace or level can be given."""
    if found := characters(book):
        yield "[characters]"
        yield _prose(tr("Who speaks; “voice” can stand there too: hautevoix voices"))
        for name, count in found[:_MOST_SPEAKERS]:
            yield f"#{_quoted(name)} = {{ rate = 1.0, level = 0 }}  # {count} ×"


def _chapters(chapters: Sequence[Chapter]) -> Iterator[str]:
    """Yield the entries that leave out what many do, a preface; an example where there is none."""
    if len(chapters) < 2:  # nothing to choose among
        return
    named = [number for number, one in enumerate(chapters, start=1) if _is_named(one.title or "")]
    yield _prose(
        tr("Chapters, by “match” or “number”: “skip”; “title”, “voice”, “merge”, “split” too.")
    )
    for number in named[:_MOST_CHAPTERS] or (1,):
        title = chapters[number - 1].title or ""
        yield "#[[chapters]]"
        if title.strip() and titled(chapters, title) == [number - 1]:
            yield f"#{_pair('match', title)}"
        else:
            yield f"#number = {number}  # {_joined(title) or tr('(no title)')}"
        yield "#skip = true"


def _is_named(title: str) -> bool:
    """Tell whether a title names what stands beside the text: « Préface », « Appendice »."""
    heading = match_heading(title)
    return heading is not None and heading.form is Form.NAMED


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
