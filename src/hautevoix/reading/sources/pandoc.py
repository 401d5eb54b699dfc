"""What pandoc reads and we do not (ODT, RTF, FB2, …) → HTML → Book, where pandoc is installed."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from hautevoix.errors import InputError, RefusedError
from hautevoix.localization import tr
from hautevoix.model import Sidecar
from hautevoix.reading.sources.html.page import read_page
from hautevoix.reading.sources.odt import odt_info
from hautevoix.reading.sources.signs import pandoc_format

if TYPE_CHECKING:
    from hautevoix.model import Book

_LIMIT = 120  # seconds that a conversion may take
_LARGEST = 32 << 20  # bytes of input: pandoc needs a hundred times as much memory
_HEAP = "1g"


def read_by_pandoc(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
    name: str | None = None,
) -> Book:
    """Read a file by pandoc, in a sandbox: it opens no other file and no connection.

    Raises ``InputError`` if pandoc is not installed or can't read it, ``RefusedError`` for a file
    too large, or too slow to read.
    """
    name = name or pandoc_format(data, where) or "markdown"
    command = shutil.which("pandoc")
    if command is None:
        advice = tr("Install pandoc (https://pandoc.org), or save it as DOCX, EPUB or plain text.")
        raise InputError(
            tr(
                "{where}: {upper} is read by pandoc, not installed.",
                where=where,
                upper=name.upper(),
            ),
            advice=advice,
        )
    if len(data) > _LARGEST:
        advice = tr("Save it as EPUB or DOCX.")
        raise RefusedError(
            tr("{where}: larger than {largest} MiB.", where=where, largest=_LARGEST >> 20),
            advice=advice,
        )
    info = odt_info(data, where) if name == "odt" else None
    return read_page(_converted(command, name, data, where), where, sidecar, info)


def _converted(command: str, name: str, data: bytes, where: str) -> str:
    arguments = [command, "+RTS", f"-M{_HEAP}", "-RTS", "--sandbox", "--from", name]
    arguments += ["--to", "html5", "--standalone", "--metadata", "pagetitle= ", "--wrap", "none"]
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the input comes on stdin, in a sandbox
            arguments, input=data, capture_output=True, timeout=_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise RefusedError(
            tr("{where}: pandoc took over {limit} s.", where=where, limit=_LIMIT),
            advice=tr("Save it as plain text."),
        ) from None
    except OSError as error:
        message = tr(
            "{where}: pandoc can't be run: {strerror}.", where=where, strerror=error.strerror
        )
        raise InputError(message, advice=tr("Install it again.")) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0][:150]
        message = tr(
            "{where}: pandoc can't read it: {said}.", where=where, said=said or done.returncode
        )
        raise InputError(message, advice=tr("Save it as DOCX, EPUB or plain text."))
    return done.stdout.decode("utf-8", "replace")
