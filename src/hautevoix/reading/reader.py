"""file → Book: the one place of this room that touches the disk."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from dataclasses import asdict, replace
from pathlib import Path

from hautevoix.errors import DiskError, InputError, RefusedError
from hautevoix.localization import tr
from hautevoix.model import Book, Picture, Sidecar, TitleSource
from hautevoix.reading.base.details import over
from hautevoix.reading.base.diagnostics import (
    LANGUAGE_UNLIKELY,
    OTHER_LANGUAGE,
    TITLE_GUESSED,
    in_order,
    settle,
    tell,
)
from hautevoix.reading.formats import tell_format
from hautevoix.reading.language.alphabets import tell_unspeakable
from hautevoix.reading.language.identify import NAMES, language_of
from hautevoix.reading.structure.rearranged import rearranged

_LARGEST = 256 << 20  # bytes: a book with many pictures; each format has its own limit under it
STDIN = "standard input"
"""What standard input is called in errors."""
_LARGEST_COVER = 20 << 20
_PICTURES = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))


def read(path: Path, sidecar: Sidecar = Sidecar()) -> Book:  # noqa: B008  (a frozen value)
    """Return the book in the file ``path``; what the ``sidecar`` says comes before what it says.

    « - » is standard input. The format is told by content. Raises ``InputError`` if it can't be
    read or has no text, ``RefusedError`` if it is too large or must not be read.
    """
    if str(path) == "-":
        return read_data(read_standard_input(), STDIN, sidecar)
    return read_data(_bytes(path, _LARGEST), str(path), sidecar, path.parent)


def read_standard_input() -> bytes:
    """Return what comes on standard input, which can be read once only. Raises InputError."""
    if sys.stdin is None:
        raise InputError(
            tr("{stdin}: it is closed.", stdin=STDIN),
            advice=tr("Name a file, or send a text: … | …"),
        )
    try:
        return sys.stdin.buffer.read(_LARGEST + 1)
    except OSError as error:
        raise InputError(
            f"{STDIN}: {error.strerror or error}.", advice=tr("Name a file instead.")
        ) from None


def read_bytes(path: Path) -> bytes:
    """Return what a file holds that can be read once only: a pipe. Raises as ``read`` does."""
    return _bytes(path, _LARGEST)


def read_data(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
    folder: Path = Path(),
) -> Book:
    """Return the book that the bytes ``data`` are, as from standard input; see ``read``.

    ``where`` names them in errors; a cover is sought in ``folder``.
    """
    if len(data) > _LARGEST:
        raise _too_large(where, _LARGEST)
    book = tell_format(data, where).reader(data, where, sidecar)
    if not any(chapter.paragraphs or chapter.title for chapter in book.chapters) and not book.notes:
        raise InputError(
            tr("{where}: there is no text in it.", where=where),
            advice=tr("Give a file with a text."),
        )
    unsaid = tell_unspeakable(book, where)
    book = replace(book, diagnostics=in_order(book.diagnostics, unsaid))
    if sidecar.chapters:
        book = rearranged(book, sidecar.chapters)
    if not is_french(sidecar.language):
        book = _in_its_language(book)
    return _overridden(book, sidecar, folder)


def is_french(tag: str | None) -> bool:
    """Tell whether a language's tag is French: « fr », « fr-CA », « fra »."""
    return tag is not None and tag.lower().startswith("fr")


def _in_its_language(book: Book) -> Book:
    """Return the book with the language that its words are in, and a doubt if it isn't French."""
    hint = book.info.language
    texts = [paragraph.text for chapter in book.chapters for paragraph in chapter.paragraphs]
    told = language_of(texts, hint)
    book = replace(book, info=replace(book.info, language=told or hint))
    diagnostic = None
    if told in NAMES:
        line = next((p.line for chapter in book.chapters for p in chapter.paragraphs), 0)
        diagnostic = tell(OTHER_LANGUAGE, line, language=tr(NAMES[told]))
        book = replace(book, foreign=tr(NAMES[told]))
    elif told is None and hint != "fr":
        diagnostic = tell(LANGUAGE_UNLIKELY, 0, language=hint)
    return (
        replace(book, diagnostics=in_order(book.diagnostics, [diagnostic])) if diagnostic else book
    )


def _bytes(path: Path, limit: int) -> bytes:
    if os.path.isdir(path):  # noqa: PTH112  (Path.is_dir raises on a name that is too long)
        raise InputError(
            tr("{path}: a folder, not a text.", path=path), advice=tr("Name a file in it.")
        )
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise InputError(
            tr("{path}: no such file.", path=path), advice=tr("Check the name.")
        ) from None
    except PermissionError:
        advice = tr("Give yourself the right to read it.")
        raise InputError(tr("{path}: permission denied.", path=path), advice=advice) from None
    except OSError as error:
        raise _unread(path, error) from None
    except ValueError:  # a NUL in the name
        raise InputError(
            tr("{path!r}: no such file.", path=path), advice=tr("Check the name.")
        ) from None
    if len(data) > limit:
        raise _too_large(str(path), limit)
    return data


def _regular(path: Path, limit: int) -> bytes:
    """Return what a file holds; a pipe, which may never end, is refused. Raises as ``_bytes``."""
    with contextlib.suppress(OSError, ValueError):  # reading it will say why
        if not stat.S_ISREG(path.stat().st_mode) and not path.is_dir():
            raise InputError(tr("{path}: it is no file that one can read.", path=path))
    return _bytes(path, limit)


def _too_large(where: str, limit: int) -> RefusedError:
    advice = tr("Cut it into several texts.")
    return RefusedError(
        tr("{where}: larger than {limit} MiB.", where=where, limit=limit >> 20), advice=advice
    )


def _unread(path: Path, error: OSError) -> InputError | DiskError:
    if error.errno == errno.EIO:
        return DiskError(
            tr("{path}: the disk failed while reading it.", path=path), advice=tr("Check the disk.")
        )
    return InputError(f"{path}: {error.strerror or error}.", advice=tr("Check the name."))


def _overridden(book: Book, sidecar: Sidecar, folder: Path) -> Book:
    known = {
        name: value
        for name in ("title", "author", "date", "language", "description")
        if (value := getattr(sidecar, name)) is not None
    }
    known["details"] = over(book.info.details, asdict(sidecar.details))
    if sidecar.title is not None:
        known["title_source"] = TitleSource.SIDECAR
    if sidecar.cover is not None:
        known["cover"] = _cover(_inside(folder, sidecar.cover, sidecar), sidecar)
    diagnostics = book.diagnostics
    if sidecar.title is not None and book.info.title_source is TitleSource.GUESS:
        diagnostics = tuple(
            diagnostic for diagnostic in diagnostics if diagnostic.code != TITLE_GUESSED.code
        )
    settled = tuple(settle(diagnostic, sidecar.corrections) for diagnostic in diagnostics)
    return replace(book, info=replace(book.info, **known), diagnostics=settled)


def _inside(folder: Path, name: str, sidecar: Sidecar) -> Path:
    """Return the file called ``name`` in a text's folder.

    Raises RefusedError where that is elsewhere: a text that came from somewhere, with its sidecar,
    has no say in which of the user's files are published with it.
    """
    path = folder / name
    with contextlib.suppress(OSError, ValueError, RuntimeError):  # reading it will say why
        if not path.resolve().is_relative_to(folder.resolve()):
            message = tr(
                "{where}: the cover « {name} » lies outside the text's folder: refused.",
                where=sidecar.where,
                name=name,
            )
            raise RefusedError(message, advice=tr("Copy it beside the text, and name it there."))
    return path


def _cover(path: Path, sidecar: Sidecar) -> Picture:
    try:
        data = _regular(path, _LARGEST_COVER)
    except InputError as error:
        advice = tr("Put it there, or correct “cover” in {where}.", where=sidecar.where)
        raise InputError(
            tr("{value}: the cover.", value=error.message.removesuffix(".")), advice=advice
        ) from None
    for mark, media_type in _PICTURES:
        if data.startswith(mark):
            return Picture(data, media_type)
    advice = tr("Give a cover in one of these, by “cover” in {where}.", where=sidecar.where)
    raise InputError(tr("{path}: neither JPEG nor PNG.", path=path), advice=advice)
