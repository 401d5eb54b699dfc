"""From a file to what will be said: reading, then scripting."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.errors import InputError, RefusedError
from hautevoix.french import Narrator, idle
from hautevoix.french.phrase import phrase
from hautevoix.localization import tr
from hautevoix.model import PAUSES, Diagnostic, Role, TitleSource
from hautevoix.model.options import Liaisons, sidecar_file
from hautevoix.pipeline.excerpts import excerpted
from hautevoix.pipeline.memory import Remembered, code_stamp
from hautevoix.pipeline.pronouncing import PronouncingNarrator, sounded
from hautevoix.reading import read, read_data, read_sidecar
from hautevoix.reading.base.diagnostics import (
    CHARACTER_IDLE,
    CHARACTER_TWICE,
    CORRECTION_IDLE,
    LANGUAGE_IGNORED,
    RETAKE_IDLE,
    tell,
)
from hautevoix.reading.reader import STDIN, is_french
from hautevoix.scripting import write_script
from hautevoix.scripting.directions import with_directions
from hautevoix.scripting.plays import characters
from hautevoix.scripting.retakes import with_retakes
from hautevoix.scripting.speech import cast_name, key
from hautevoix.storage.store import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hautevoix.model import Book, LexiconEntry, Script, Sidecar
    from hautevoix.model.options import Source
    from hautevoix.storage.store import Store
    from hautevoix.workers.pool import WorkerPool

_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Understood:
    """A text understood: its sidecar and its book, or the part of it that is wanted.

    ``numbers`` are its chapters' indices in the whole book.
    """

    source: Source
    sidecar: Sidecar
    book: Book
    numbers: tuple[int, ...] = ()


def understand(source: Source, sidecar: Sidecar | None = None) -> Understood:
    """Read the text and its sidecar; keep the part that is wanted.

    What a ``sidecar`` says that is given stands for what lies beside the text. Raises InputError or
    RefusedError.
    """
    if sidecar is None:
        sidecar = read_sidecar(source.path)
    path = source.path
    if source.data is None:
        book = read(path, sidecar)
    else:
        where = STDIN if str(path) == "-" else str(path)
        book = read_data(source.data, where, sidecar, path.parent)
    info = book.info
    if source.title:
        info = replace(info, title=source.title, title_source=TitleSource.OPTION)
    if source.author:
        info = replace(info, author=source.author)
    diagnostics = (*book.diagnostics, *_unheeded(book, sidecar))
    book = replace(book, info=info, diagnostics=diagnostics)
    numbers = tuple(range(len(book.chapters)))
    if source.excerpt:
        book, numbers = excerpted(book, source.excerpt, str(path))
    return Understood(source, sidecar, book, numbers)


def refuse_foreign(understood: Understood) -> None:
    """Raise RefusedError for a book that is surely not French, unless the user wants it read so.

    That is said by ``Source.any_language``, or by a sidecar whose ``language`` is French.
    """
    book, source = understood.book, understood.source
    if not book.foreign or source.any_language:
        return
    beside = sidecar_file(source.path) if str(source.path) != "-" else None
    raise RefusedError(
        tr(
            "{path}: it is in {foreign}, and would be read aloud as French.",
            path=source.path,
            foreign=book.foreign,
        ),
        advice=tr(
            'To have it so all the same, write language = "fr" in {beside}. Or say --any-language.',
            beside=beside,
        )
        if beside
        else tr("To have it so all the same, say --any-language."),
    )


def _unheeded(book: Book, sidecar: Sidecar) -> Iterator[Diagnostic]:
    """Yield a doubt for what the sidecar says and nothing comes of."""
    if sidecar.language and not is_french(sidecar.language) and not book.foreign:
        yield tell(LANGUAGE_IGNORED, 0, language=sidecar.language)
    texts = list(_texts(book)) if sidecar.corrections or sidecar.retakes else []
    for retake in sidecar.retakes:
        if not any(map(phrase(retake.words).search, texts)):
            yield tell(RETAKE_IDLE, 0, words=retake.words)
    yield from _unheard(book, sidecar)
    for printed in idle(sidecar.corrections, texts) if sidecar.corrections else ():
        yield tell(CORRECTION_IDLE, 0, words=printed)


def _unheard(book: Book, sidecar: Sidecar) -> Iterator[Diagnostic]:
    """Yield a doubt for each character whom the sidecar casts twice, or the book has not."""
    if not sidecar.characters:
        return
    known = [*(name for name, _ in characters(book)), *_marked(book)]
    holding = {key(cast): cast for cast, _ in sidecar.characters}
    for cast, _ in sidecar.characters:
        if (other := holding[key(cast)]) != cast:
            yield tell(CHARACTER_TWICE, 0, words=cast, other=other)
        if not any(cast_name(name, {key(cast)}) for name in known):
            near = difflib.get_close_matches(cast, known, n=3, cutoff=0.5) or known[:5]
            yield tell(CHARACTER_IDLE, 0, words=cast, known=", ".join(near) or tr("nobody"))


def _marked(book: Book) -> set[str]:
    """Return whom marks in the text name to speak."""
    told = [p.speech for chapter in book.chapters for p in chapter.paragraphs]
    told += [note.speech for note in book.notes]
    return {span.voice for spans in told for span in spans if span.voice}


def _texts(book: Book) -> Iterator[str]:
    """Yield all that is read of a book."""
    info = book.info
    yield from filter(None, (info.title, info.author, info.date, book.notes_heading))
    for chapter in book.chapters:
        yield chapter.title or ""
        yield from (paragraph.text for paragraph in chapter.paragraphs)
    yield from (paragraph.text for paragraph in book.notes_preamble)
    yield from (note.text for note in book.notes)


def narrate(
    understood: Understood,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    memory: tuple[Store, WorkerPool] | None = None,
    *,
    spelled: bool = True,
    parted: bool | None = None,
) -> Script:
    """Write the script. Raises InputError if the text holds nothing to say.

    With a ``memory``, what was said last time is not worked out again, and much is said on all
    cores. ``spelled``: words come with the spellings that some engines need; they cost time.
    ``parted``: dialogue has other voices than the narrator's (None: as the sidecar says).
    """
    source, sidecar = understood.source, understood.sidecar
    lexicon = over(sidecar.lexicon, source.lexicon)
    liaisons = source.liaisons or sidecar.liaisons or Liaisons.USUAL
    narrator = Narrator(lexicon, sidecar.corrections, source.counting, source.habits)
    telling = PronouncingNarrator(narrator, liaisons) if spelled else narrator
    speaker: Narrator | PronouncingNarrator | Remembered = telling
    if memory:
        told = (
            source.path.absolute(),
            source.excerpt,
            lexicon,
            sidecar.corrections,
            source.counting,
            source.habits,
            liaisons if spelled else None,
        )
        store, pool = memory
        key = key_of("said", code_stamp(), *told)
        speaker = Remembered(telling, store, key, pool, progress)
    pauses = {**PAUSES, **dict(sidecar.pauses)}
    if parted is None:
        parted = bool(sidecar.characters) or "dialogue" in dict(sidecar.voices)
    how = replace(source.reading, parted=parted, staged=bool(sidecar.characters))
    if isinstance(speaker, Remembered):  # who tells how far it is
        script = write_script(understood.book, speaker, how, pauses)
        speaker.keep()
    else:
        script = write_script(understood.book, speaker, how, pauses, progress)
    script = with_directions(
        script, telling, sounded, stressed=sidecar.marks, explain=source.reading.explain
    )
    script = with_retakes(script, sidecar.retakes, telling)
    if not _has_words(understood.book, script):
        raise InputError(
            tr("{path}: there is no text in it to read aloud.", path=source.path),
            advice=tr("See what was understood: hautevoix outline"),
        )
    return script


def _has_words(book: Book, script: Script) -> bool:
    """Tell whether any word of the text itself is said: what frames it does not count."""
    titled = any(chapter.title and _WORD.search(chapter.title) for chapter in book.chapters)
    return titled or any(
        _WORD.search(utterance.spoken)
        for utterance in script.utterances
        if utterance.paragraph is not None or utterance.role is Role.NOTE
    )


def over(
    book: tuple[LexiconEntry, ...], user: tuple[LexiconEntry, ...]
) -> tuple[LexiconEntry, ...]:
    """Return both lexicons; where they have the same word, the book's says how it is read."""
    own = {entry.written for entry in book}
    return book + tuple(entry for entry in user if entry.written not in own)
