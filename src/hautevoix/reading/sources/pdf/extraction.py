"""PDF → its glyphs by page, from a process apart; what can go wrong there, told."""

from __future__ import annotations

import json
import sys
from array import array
from contextlib import closing
from dataclasses import dataclass, field
from subprocess import DEVNULL, PIPE, Popen
from tempfile import TemporaryFile
from threading import Timer
from typing import TYPE_CHECKING, Any, Self

from hautevoix.errors import HautevoixError, InputError, RefusedError
from hautevoix.localization import noop, tr
from hautevoix.reading.sources.pdf import HUNDREDTHS, LARGEST_TOLD, MOST_PAGES

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

_CRASH = b'{"error": "crash"}'
_ADVICE = noop("Open it in a PDF reader and save it anew.")
_LIMIT = 600  # seconds, whatever else the machine does; the process bounds its own computing
_READER = [sys.executable, "-P", "-m", "hautevoix.reading.sources.pdf.pdfium"]


@dataclass(frozen=True, slots=True)
class Run:
    """What is drawn on one baseline in one go: for each character where its advance starts and
    ends, in points from the left; the ``y`` of its baseline from the foot of the page.
    """  # noqa: D205  (a line for each field)

    y: float
    size: float
    style: int
    """1: bold, 2: italic, 3: both."""
    text: str
    lefts: Sequence[float]
    rights: Sequence[float]


@dataclass(frozen=True, slots=True)
class Page:
    """The runs of a page in the order of their drawing, and its rules: (left, right, y) each."""

    runs: tuple[Run, ...] = ()
    rules: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the file's outline: its ``level`` counts from 1, its ``page`` from 0."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a PDF holds: its pages, its bookmarks, and what it says of itself."""

    pages: tuple[Page, ...]
    outline: tuple[Bookmark, ...] = ()
    info: dict[str, str] = field(default_factory=dict)


def extract(data: bytes, where: str) -> Extracted:
    """Return what the PDF ``data`` holds; ``where`` names it in errors.

    Raises ``InputError`` if it is damaged, ``RefusedError`` if it is encrypted or beyond a limit.
    """
    with closing(_lines(data, where)) as lines:
        told = _checked(next(lines, _CRASH), where)
        pages = tuple(_page(_checked(line, where)) for line in lines)
    if len(pages) < told["pages"]:  # its process was ended half-way
        raise _failure({"error": "crash"}, where)
    outline = tuple(Bookmark(*entry) for entry in told["outline"])
    return Extracted(pages, outline, told["info"])


def _lines(data: bytes, where: str) -> Generator[bytes, None, None]:
    """Yield what the process apart tells, line by line, while it looks at the next page."""
    try:
        with TemporaryFile() as file:
            file.write(data)
            file.seek(0)
            process = Popen(_READER, stdin=file, stdout=PIPE, stderr=DEVNULL)  # noqa: S603 - ours
    except OSError as error:
        message = tr(
            "{where}: its reader can't be started: {strerror}.",
            where=where,
            strerror=error.strerror or error,
        )
        raise InputError(message, advice=tr("End some other programs, and try again.")) from None
    with process, _Watch(process) as watch:
        size = 0
        for line in process.stdout or ():
            size += len(line)
            if size > LARGEST_TOLD:
                raise _failure({"error": "memory"}, where)
            yield line
    if watch.late:
        raise _failure({"error": "time"}, where)


class _Watch:
    """Ends a process that takes too long (it is ``late``), or that nobody listens to any more."""

    def __init__(self, process: Popen[bytes]) -> None:
        self.late = False
        self._process = process
        self._timer = Timer(_LIMIT, self._end)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._process.kill()

    def _end(self) -> None:
        self.late = True
        self._process.kill()


def _checked(line: bytes, where: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = json.loads(line)
    except ValueError:  # ended amid a line
        told = {"error": "crash"}
    if "error" in told:
        raise _failure(told, where)
    return told


def _page(told: dict[str, Any]) -> Page:
    return Page(tuple(map(_run_of, told["runs"])), tuple(map(tuple, told["rules"])))


def _run_of(told: list[Any]) -> Run:
    y, size, style, text, lefts, rights = told
    places = (array("f", [place / HUNDREDTHS for place in some]) for some in (lefts, rights))
    return Run(y, size, style, text, *places)


def _failure(told: dict[str, Any], where: str) -> HautevoixError:
    page = tr("page {told}", told=told.get("page"))
    parts = tr("Cut it into parts.")
    copy = tr("Save an unprotected copy, if you may, and give that.")
    errors: dict[str, HautevoixError] = {
        "encrypted": RefusedError(
            tr("{where}: an encrypted PDF: refused.", where=where), advice=copy
        ),
        "pages": RefusedError(
            tr("{where}: more than {most_pages} pages.", where=where, most_pages=MOST_PAGES),
            advice=parts,
        ),
        "glyphs": RefusedError(
            tr("{where}: {page} draws too many letters.", where=where, page=page),
            advice=tr(_ADVICE),
        ),
        "memory": RefusedError(tr("{where}: it needs too much memory.", where=where), advice=parts),
        "time": RefusedError(
            tr("{where}: reading it took over {limit} s.", where=where, limit=_LIMIT), advice=parts
        ),
        "empty": InputError(tr("{where}: a PDF without a page.", where=where), advice=tr(_ADVICE)),
        "page": InputError(
            tr("{where}: {page} is damaged.", where=where, page=page), advice=tr(_ADVICE)
        ),
    }
    damaged = InputError(tr("{where}: a damaged PDF.", where=where), advice=tr(_ADVICE))
    return errors.get(str(told["error"]), damaged)
