"""Files that wrap others: ZIP archives (EPUB, DOCX, ODT) and the compound files of old Office."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from hautevoix.errors import InputError, RefusedError
from hautevoix.localization import tr
from hautevoix.model import Sidecar
from hautevoix.reading.base.archive import open_archive
from hautevoix.reading.sources.epub.book import read_epub
from hautevoix.reading.sources.pandoc import read_by_pandoc
from hautevoix.reading.sources.word.document import is_docx, read_docx

if TYPE_CHECKING:
    from hautevoix.model import Book
    from hautevoix.reading.base.archive import Archive

_LOCKED = "EncryptedPackage".encode("utf-16-le")
_LONGEST = 100  # bytes of a media type


def read_zip(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
) -> Book:
    """Read the EPUB, Word or OpenDocument text that the archive ``data`` is.

    Raises ``InputError`` if it is none of them or damaged, ``RefusedError`` beyond the limits.
    """
    archive = open_archive(data, where)
    media_type = _media_type(archive)
    if is_docx(archive):
        return read_docx(data, where, sidecar)
    if "epub" in media_type or _has(archive, "container.xml", ".opf"):
        return read_epub(data, where, sidecar)
    if "opendocument.text" in media_type:
        return read_by_pandoc(data, where, sidecar, "odt")
    advice = tr("Take the text out of it and give that.")
    raise InputError(tr("{where}: a ZIP archive that is no book.", where=where), advice=advice)


def _media_type(archive: Archive) -> str:
    name = archive.find("mimetype")
    return archive.read(name)[:_LONGEST].decode("ascii", "replace") if name else ""


def _has(archive: Archive, *ends: str) -> bool:
    return any(name.lower().endswith(ends) for name in archive.names())


def read_ole(data: bytes, where: str) -> NoReturn:
    """Say what to do with a compound file.

    Raises ``RefusedError`` for a document with a password, ``InputError`` for an old one.
    """
    if _LOCKED in data:
        advice = tr("Save it without a password, and give that.")
        raise RefusedError(
            tr("{where}: protected by a password: refused.", where=where), advice=advice
        )
    advice = tr("Save it as DOCX, in Word or LibreOffice.")
    raise InputError(tr("{where}: a document of Word 97–2003.", where=where), advice=advice)
