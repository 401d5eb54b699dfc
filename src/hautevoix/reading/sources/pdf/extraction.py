"""PDF → its glyphs by page, from a process apart; what can go wrong there, told."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hautevoix.errors import HautevoixError, InputError, RefusedError
from hautevoix.reading.sources.pdf import LARGEST_TOLD, MOST_PAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

_ADVICE = "Open it in a PDF reader and save it anew."
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
    told = [json.loads(line) for line in _run(data, where).split(b"\n") if line]
    for one in told:
        if "error" in one:
            raise _failure(one, where)
    if not told or len(told) <= told[0]["pages"]:  # its process was ended half-way
        raise _failure({"error": "crash"}, where)
    head, *pages = told
    return Extracted(
        tuple(map(_page, pages)),
        tuple(Bookmark(*entry) for entry in head["outline"]),
        head["info"],
    )


def _run(data: bytes, where: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603 - this very Python; the file comes on stdin
            _READER, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=_LIMIT, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise _failure({"error": "time"}, where) from None
    except OSError as error:
        message = f"{where}: its reader can't be started: {error.strerror or error}."
        raise InputError(message, advice="End some other programs, and try again.") from None
    if len(done.stdout) > LARGEST_TOLD:
        raise _failure({"error": "memory"}, where)
    return done.stdout


def _page(told: dict[str, Any]) -> Page:
    return Page(tuple(Run(*run) for run in told["runs"]), tuple(map(tuple, told["rules"])))


def _failure(told: dict[str, Any], where: str) -> HautevoixError:
    page = f"page {told.get('page')}"
    parts = "Cut it into parts."
    copy = "Save an unprotected copy, if you may, and give that."
    errors: dict[str, HautevoixError] = {
        "encrypted": RefusedError(f"{where}: an encrypted PDF: refused.", advice=copy),
        "pages": RefusedError(f"{where}: more than {MOST_PAGES} pages.", advice=parts),
        "glyphs": RefusedError(f"{where}: {page} draws too many letters.", advice=_ADVICE),
        "memory": RefusedError(f"{where}: it needs too much memory.", advice=parts),
        "time": RefusedError(f"{where}: reading it took over {_LIMIT} s.", advice=parts),
        "empty": InputError(f"{where}: a PDF without a page.", advice=_ADVICE),
        "page": InputError(f"{where}: {page} is damaged.", advice=_ADVICE),
    }
    damaged = InputError(f"{where}: a damaged PDF.", advice=_ADVICE)
    return errors.get(str(told["error"]), damaged)
