"""``hautevoix outline``: what the segmenter understood, before any time is spent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli import directions, excerpts, options
from hautevoix.cli.tables import ends
from hautevoix.localization import ntr, tr
from hautevoix.model.options import Source
from hautevoix.pipeline.texts import understand
from hautevoix.scripting.plays import characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hautevoix.model import Book, Chapter, Note, Paragraph

_MOST_NAMED = 12  # of those who speak: the rest is in --json


@click.command("outline")
@click.argument("text", type=options.TEXT)
@options.titles
@excerpts.excerpt
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def command(text: Path, *, as_json: bool, **given: Any) -> None:
    """Show what the segmenter understood of TEXT, and its doubts, before any time is spent.

    Check it before a long build: chapters, how many paragraphs and notes they hold, how each
    begins and ends. What is wrong can be mended in the sidecar, TEXT's name with .toml.

    \b
    $ hautevoix outline livre.epub
    $ hautevoix outline livre.epub --chapters 1-3
    """  # noqa: D301 - click wants the real backspace before an example
    wanted = excerpts.excerpt_of(given)
    understood = understand(Source(text, given["title"], given["author"], excerpt=wanted))
    book = understood.book
    if as_json:
        click.echo(json.dumps(told(book, understood.numbers), ensure_ascii=False, indent=1))
    else:
        for line in _listing(book, understood.numbers):
            click.echo(line)


def told(book: Book, numbers: Sequence[int]) -> dict[str, Any]:
    """Return the book as ``outline --json`` prints it; ``numbers``: the index of each chapter."""
    return {
        "title": book.info.title,
        "title_source": book.info.title_source,
        "author": book.info.author,
        "date": book.info.date,
        "language": book.info.language,
        "chapters": [_chapter(chapter) for chapter in book.chapters],
        "characters": [{"name": name, "lines": count} for name, count in characters(book)],
        "directions": directions.as_json(directions.directions(book, numbers)),
        "notes_heading": book.notes_heading,
        "notes_preamble": [paragraph.text for paragraph in book.notes_preamble],
        "notes": [_note(note) for note in book.notes],
        "warnings": [
            {"line": diagnostic.line, "code": diagnostic.code, "message": diagnostic.message}
            for diagnostic in book.diagnostics
        ],
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    return {
        "title": chapter.title,
        "level": chapter.level,
        "paragraphs": [
            {
                "kind": paragraph.kind,
                "text": paragraph.text,
                "notes": [call.label for call in paragraph.references],
            }
            for paragraph in chapter.paragraphs
        ],
    }


def _note(note: Note) -> dict[str, Any]:
    return {"label": note.label, "text": note.text, "called": note.called, "source": note.source}


def _listing(book: Book, numbers: tuple[int, ...]) -> Iterator[str]:
    info = book.info
    source = tr(str(info.title_source))
    origin = f"  ({source})" if info.title else ""
    yield tr("Title:    {title}{origin}", title=info.title or tr("unknown"), origin=origin)
    yield tr("Author:   {author}", author=info.author or tr("unknown"))
    if info.date:
        yield tr("Date:     {date}", date=info.date)
    yield tr("Language: {language}", language=info.language)
    for index, chapter in zip(numbers, book.chapters, strict=True):
        yield ""
        yield from _chapter_lines(index + 1, chapter)
    if speaking := characters(book):
        named = ", ".join(f"{name} ({count})" for name, count in speaking[:_MOST_NAMED])
        more = ", …" if len(speaking) > _MOST_NAMED else ""
        yield ""
        yield tr("Who speaks: {named}", named=named + more)
    if spoken := directions.directions(book, numbers):
        yield ""
        yield from directions.listing(spoken)
    if book.notes or book.notes_preamble:
        yield ""
        yield tr("Notes: {count}", count=ntr("{count} note", "{count} notes", len(book.notes)))
        for note in book.notes:
            uncalled = "" if note.called else tr("  (not called)")
            yield f"  [{note.label}] {ends(note.text)}{uncalled}"
    yield ""
    doubts = ntr("{count} doubt", "{count} doubts", len(book.diagnostics))
    yield tr("{doubts}:", doubts=doubts) if book.diagnostics else f"{doubts}."
    for diagnostic in book.diagnostics:
        yield (
            tr("  line {line}: {what}", line=diagnostic.line, what=diagnostic.message)
            if diagnostic.line
            else f"  {diagnostic.message}"
        )


def _chapter_lines(number: int, chapter: Chapter) -> Iterator[str]:
    indent = "  " * (chapter.level - 1)
    calls = sum(len(paragraph.references) for paragraph in chapter.paragraphs)
    counts = ntr("{count} paragraph", "{count} paragraphs", len(chapter.paragraphs))
    if calls:
        references = ntr("{count} note reference", "{count} note references", calls)
        counts += f", {references}"
    yield f"{indent}{number}. {chapter.title or tr('(no title)')} — {counts}"
    for paragraph in _first_and_last(chapter):
        kind = tr(str(paragraph.kind))
        yield indent + tr("   {kind}: {text}", kind=kind, text=ends(paragraph.text))


def _first_and_last(chapter: Chapter) -> tuple[Paragraph, ...]:
    paragraphs = chapter.paragraphs
    return paragraphs if len(paragraphs) < 3 else (paragraphs[0], paragraphs[-1])  # first and last
