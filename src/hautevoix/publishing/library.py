"""A built book put into a library's folder, so that Audiobookshelf and BookLore show it right.

Audiobookshelf reads « Author/Series/Vol. 2 - 1900 - Title {Narrator} », then the tags, then
metadata.opf (https://www.audiobookshelf.org/docs/documentation/libraries/book-library/); BookLore
reads the tags. All audio in a book's folder is one book to them, so one file goes there: the M4B
where there is one.
"""

from __future__ import annotations

import re
import shutil
from html import escape
from typing import TYPE_CHECKING

from hautevoix.localization import tr
from hautevoix.publishing.built_book import read_built_book
from hautevoix.publishing.cover_source import CoverSource, cover_data
from hautevoix.publishing.edition import voice_name
from hautevoix.publishing.files import digest_of, put
from hautevoix.publishing.m4bfile import m4b_of
from hautevoix.storage.files import told, whole
from hautevoix.storage.locks import alone
from hautevoix.storage.ready_folder import made

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hautevoix.publishing.built_book import BuiltBook
    from hautevoix.publishing.edition import Edition

ANONYMOUS = "Anonyme"
"""The folder of a book whose author nobody tells."""
_OPF = "metadata.opf"
_FORBIDDEN = re.compile(r'[<>"|?*\x00-\x1f]')  # in names, on one system or another
_PARTED = re.compile(r"(?:(?<!\s)\s+)?[/\\:]\s*")
_LONGEST = 100  # characters of a name: in UTF-8, and with what stands around it, 255 bytes hold it
_YEAR = re.compile(r"\b\d{4}\b")


def shelve(folders: Sequence[Path], library: Path) -> list[Path]:
    """Put built books into ``library``; return each one's folder there.

    What is there already and the same is not touched. Raises InputError or PublishingError for
    what is no built book, LockedError, DiskError.
    """
    books = [read_built_book(folder) for folder in folders]
    with made(library), alone(library, tr("another publish into this library")):
        return [_shelved(built, library) for built in books]


def shelf_name(edition: Edition) -> str:
    """Return where in a library a book goes: its folder, by Audiobookshelf's rules."""
    details = edition.details
    author = _name(edition.author or "") or ANONYMOUS
    number = f"Vol. {details.series_number}" if details.series and details.series_number else ""
    year = _YEAR.search(edition.date or "")
    title = " - ".join(filter(None, (number, year and year[0], _name(edition.title))))
    folder = f"{title} {{{_name(narrator_of(edition))}}}"
    return "/".join(filter(None, (author, _name(details.series), folder)))


def narrator_of(edition: Edition) -> str:
    """Return whom listeners are told as the narrator."""
    return edition.details.narrator or voice_name(edition.engine, edition.voice)


def _name(text: str) -> str:
    """Return a text as the name of a folder on any system; its dots and spaces end nothing.

    >>> _name('Qui ? 1/2 : "fin"…'), _name("..")
    ('Qui 1 - 2 - fin…', '')
    """
    plain = _FORBIDDEN.sub("", _PARTED.sub(" - ", text)).replace("{", "(").replace("}", ")")
    return " ".join(plain.split())[:_LONGEST].strip(" .-")


def _shelved(built: BuiltBook, library: Path) -> Path:
    edition = built.edition
    folder = library / shelf_name(edition)
    audio = m4b_of(built.mp3, built.duration) or built.mp3
    stem = _name(edition.title) or built.slug
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _copied(audio, folder / f"{stem}{audio.suffix}")
        for other in {".mp3", ".m4b"} - {audio.suffix}:
            (folder / f"{stem}{other}").unlink(missing_ok=True)  # it would be heard twice
    source = CoverSource(edition.title, edition.author or "", str(built.cover or ""), book=True)
    cover, suffix = cover_data(source)
    put(folder / f"cover{suffix}", cover)
    put(folder / _OPF, library_opf(edition).encode())
    return folder


def _copied(source: Path, target: Path) -> None:
    """Copy a file, whole or not at all, unless its copy is there."""
    if target.is_file() and digest_of(target) == digest_of(source):
        return
    with source.open("rb") as file, whole(target) as copy:
        shutil.copyfileobj(file, copy, 1 << 20)


def library_opf(edition: Edition) -> str:
    """Return metadata.opf (OPF 2.0): what libraries read of a book, calibre's series included."""
    lines = "\n".join(_metadata(edition))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="2.0">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:opf="http://www.idpf.org/2007/opf">\n{lines}\n</metadata>\n</package>\n'
    )


def _metadata(edition: Edition) -> Iterator[str]:
    details = edition.details
    year = _YEAR.search(edition.date or "")
    texts = (
        ("dc:title", edition.title),
        ('dc:creator opf:role="aut"', edition.author),
        ('dc:creator opf:role="nrt"', narrator_of(edition)),
        ("dc:description", edition.description),
        ("dc:publisher", details.publisher),
        ("dc:date", year and year[0]),
        ("dc:language", edition.language),
        ("dc:subject", details.genre),
        ("dc:rights", details.rights),
        ('dc:identifier opf:scheme="ISBN"', details.isbn),
    )
    for name, text in texts:
        if text:
            yield f"<{name}>{escape(text)}</{name.split()[0]}>"
    if details.series:
        yield f'<meta name="calibre:series" content="{escape(details.series)}"/>'
    if details.series_number:
        yield f'<meta name="calibre:series_index" content="{details.series_number}"/>'
