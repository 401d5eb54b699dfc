"""Which format a file has, told by its first bytes; each readable one has its reader here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.errors import InputError, RefusedError
from hautevoix.localization import noop, tr
from hautevoix.reading.sources import signs
from hautevoix.reading.sources.plain_text import read_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.model import Book, Sidecar

    Reader = Callable[[bytes, str, Sidecar], Book]
    Test = Callable[[bytes, str], bool]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, ``matches(data, where)``, ``reader(data, where, sidecar) -> Book``."""

    name: str
    matches: Test
    reader: Reader
    largest: int = 32 << 20  # bytes: ten times « Les Misérables », in all its five parts


def tell_format(data: bytes, where: str) -> Format:
    """Return the format of ``data``; ``where`` names the file in errors.

    Raises ``InputError`` for a file that is empty, or of a kind that has no text to read,
    ``RefusedError`` for one that is larger than any of its format.
    """
    if not data.strip(b" \t\r\n\f\x00\xef\xbb\xbf\xff\xfe"):
        kind = "empty" if not data else tr("blank: there is nothing to read in it")
        raise InputError(f"{where}: {kind}.", advice=tr("Give a file with a text."))
    for name, mark, offset in _UNREAD:
        if data.startswith(mark, offset):
            raise InputError(
                tr("{where}: {name}, which holds no text to read.", where=where, name=tr(name)),
                advice=tr(_ADVICE),
            )
    told = next(known for known in FORMATS if known.matches(data, where))
    if len(data) > told.largest:
        raise RefusedError(
            tr("{where}: larger than {largest} MiB.", where=where, largest=told.largest >> 20),
            advice=tr(_CUT_IT),
        )
    return told


def _refuse_xml(data: bytes, where: str, _sidecar: Sidecar) -> Book:
    root = signs.xml_root(data)
    message = tr("{where}: XML that is no book (<{root}>).", where=where, root=root)
    raise InputError(message, advice=tr(_ADVICE))


# Readers are imported when a file asks for them: together they take longer than a short text.


def _read_pdf(data: bytes, where: str, sidecar: Sidecar) -> Book:
    from hautevoix.reading.sources.pdf.document import read_pdf  # noqa: PLC0415 - see above

    return read_pdf(data, where, sidecar)


def _read_zip(data: bytes, where: str, sidecar: Sidecar) -> Book:
    from hautevoix.reading.containers import read_zip  # noqa: PLC0415 - see above

    return read_zip(data, where, sidecar)


def _read_ole(data: bytes, where: str, _sidecar: Sidecar) -> Book:
    from hautevoix.reading.containers import read_ole  # noqa: PLC0415 - see above

    return read_ole(data, where)


def _read_by_pandoc(data: bytes, where: str, sidecar: Sidecar) -> Book:
    from hautevoix.reading.sources.pandoc import read_by_pandoc  # noqa: PLC0415 - see above

    return read_by_pandoc(data, where, sidecar)


def _read_html(data: bytes, where: str, sidecar: Sidecar) -> Book:
    from hautevoix.reading.sources.html.page import read_html  # noqa: PLC0415 - see above

    return read_html(data, where, sidecar)


def _read_markdown(data: bytes, where: str, sidecar: Sidecar) -> Book:
    from hautevoix.reading.sources.markdown import read_markdown  # noqa: PLC0415 - see above

    return read_markdown(data, where, sidecar)


_CUT_IT = noop("Cut it into several texts.")
_WITH_PICTURES = 256 << 20  # bytes
_ADVICE = noop("Save it as plain text in UTF-8.")
# Kinds of file that a person may give by mistake: name, first bytes, where.
_UNREAD = (
    (noop("a PNG picture"), b"\x89PNG\r\n\x1a\n", 0),
    (noop("a JPEG picture"), b"\xff\xd8\xff", 0),
    (noop("a GIF picture"), b"GIF8", 0),
    (noop("an MP3"), b"ID3", 0),
    (noop("an Ogg file"), b"OggS", 0),
    (noop("a WAV file"), b"RIFF", 0),
    (noop("an MP4 file"), b"ftyp", 4),
    (noop("a gzip archive"), b"\x1f\x8b", 0),
    (noop("a 7z archive"), b"7z\xbc\xaf\x27\x1c", 0),
    (noop("a RAR archive"), b"Rar!", 0),
    (noop("a Kindle book"), b"BOOKMOBI", 60),
    (noop("a DjVu scan"), b"AT&TFORM", 0),
    (noop("a program"), b"\x7fELF", 0),
)
# The formats that are read, the surest mark first; plain text is what everything else may be.
FORMATS: tuple[Format, ...] = (
    Format("PDF", signs.is_pdf, _read_pdf, _WITH_PICTURES),
    Format("ZIP", signs.is_zip, _read_zip, _WITH_PICTURES),
    Format("old Word", signs.is_ole, _read_ole),
    Format("by pandoc", signs.is_for_pandoc, _read_by_pandoc),
    Format("HTML", signs.is_html, _read_html),
    Format("Markdown", signs.is_markdown, _read_markdown),
    Format("other XML", lambda data, _where: signs.xml_root(data) is not None, _refuse_xml),
    Format("plain text", lambda _data, _where: True, read_plain),
)
