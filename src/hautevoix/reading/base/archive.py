"""A ZIP archive opened with care: every limit checked before a byte is unpacked.

EPUB and DOCX are ZIP archives that strangers made. Nothing is ever written to disk from one, and
no entry is unpacked beyond the size that its directory promised and our limits allow.
"""

from __future__ import annotations

import io
import stat
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from posixpath import normpath

from hautevoix.errors import InputError, RefusedError
from hautevoix.localization import noop, tr
from hautevoix.parsing.zip_errors import ZIP_ERRORS

_MOST_ENTRIES = 10_000  # the largest EPUBs (scanned, a picture a page) hold some 3,000
_LARGEST_ENTRY = 64 << 20  # bytes unpacked: a document of 64 MiB is twenty long novels
_LARGEST_TOTAL = 1 << 30
_RATIO = 200  # text packs 3 to 10 times, repetitive XML up to 100; bombs over 1,000
_RATIO_FROM = 1 << 20  # bytes: small entries may pack as well as they like
_HEADER = 30  # bytes of a local header before its name
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive whose directory was checked: ``read`` unpacks one entry within the limits."""

    where: str
    _zip: zipfile.ZipFile
    _entries: dict[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        """Tell whether the archive has an entry of this (exact) name."""
        return name in self._entries

    def names(self) -> tuple[str, ...]:
        """Return the names of all entries, in the directory's order."""
        return tuple(self._entries)

    def find(self, name: str) -> str | None:
        """Return the entry that ``name`` means: itself, or one that differs in case alone."""
        name = normpath(name)
        if name in self._entries:
            return name
        lower = name.lower()
        return next((known for known in self._entries if known.lower() == lower), None)

    def size(self, name: str) -> int:
        """Return how many bytes the entry ``name`` unpacks to."""
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """Return the bytes of the entry ``name``.

        Raises ``InputError`` if it is missing or damaged, ``RefusedError`` if it is larger than
        its directory says.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise InputError(
                tr("{where}: {name} is missing in it.", where=self.where, name=name),
                advice=tr(_ADVICE),
            )
        try:
            with self._zip.open(entry) as file:
                data = file.read(entry.file_size + 1)
        except ZIP_ERRORS:
            raise InputError(
                tr("{where}: {name} is damaged in it.", where=self.where, name=name),
                advice=tr(_ADVICE),
            ) from None
        if len(data) > entry.file_size:
            raise _refused(self.where, tr("{name} is larger than it says", name=name))
        return data


_ADVICE = noop("Get the file again, or save it anew.")


def open_archive(data: bytes, where: str) -> Archive:
    """Return the ZIP archive in ``data``; ``where`` names it in errors.

    Raises ``InputError`` if it is damaged; ``RefusedError`` if it is encrypted, holds links, names
    that lead out of it or overlapping entries, or goes beyond a limit.
    """
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS:
        message = tr("{where}: a ZIP archive (EPUB, DOCX, ODT?), but damaged.", where=where)
        raise InputError(message, advice=tr(_ADVICE)) from None
    entries = [entry for entry in opened.infolist() if not entry.filename.endswith("/")]
    if len(entries) > _MOST_ENTRIES:
        raise _refused(
            where, tr("it holds more than {most_entries} entries", most_entries=_MOST_ENTRIES)
        )
    for entry in entries:
        _check(entry, where)
    if sum(entry.file_size for entry in entries) > _LARGEST_TOTAL:
        raise _refused(
            where,
            tr("it unpacks to more than {largest_total} MiB", largest_total=_LARGEST_TOTAL >> 20),
        )
    _check_overlap(entries, where)
    named = {normpath(entry.filename.replace("\\", "/")): entry for entry in entries}
    return Archive(where, opened, named)


def _refused(where: str, why: str) -> RefusedError:
    return RefusedError(
        tr("{where}: {why}: refused.", where=where, why=why),
        advice=tr("Get it from a source you trust."),
    )


def _check(entry: zipfile.ZipInfo, where: str) -> None:
    name = entry.filename.replace("\\", "/")
    shown = name[:80]
    if name.startswith("/") or ".." in name.split("/") or name[1:3] == ":/":
        raise _refused(where, tr("the entry “{shown}” leads out of the archive", shown=shown))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _refused(where, tr("the entry “{shown}” is a link", shown=shown))
    if entry.flag_bits & _ENCRYPTED:
        raise _refused(where, tr("the entry “{shown}” is encrypted", shown=shown))
    if entry.file_size > _LARGEST_ENTRY:
        raise _refused(
            where,
            tr(
                "“{shown}” unpacks to more than {largest_entry} MiB",
                shown=shown,
                largest_entry=_LARGEST_ENTRY >> 20,
            ),
        )
    if entry.file_size > max(_RATIO_FROM, _RATIO * entry.compress_size):
        raise _refused(
            where, tr("“{shown}” unpacks to over {ratio} times its size", shown=shown, ratio=_RATIO)
        )


def _check_overlap(entries: list[zipfile.ZipInfo], where: str) -> None:
    """No two entries may share bytes: that is how 150 KB become 100 GB."""
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    for one, two in pairwise(ordered):
        end = one.header_offset + _HEADER + len(one.orig_filename) + one.compress_size
        if end > two.header_offset:
            raise _refused(
                where,
                tr(
                    "the entries “{filename}” and “{filename2}” overlap",
                    filename=one.filename,
                    filename2=two.filename,
                ),
            )
