"""PDF: the process apart that looks into the file may die, hang or babble; its reader says so."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from forms import pdf, texts
from hautevoix.errors import HautevoixError, InputError, RefusedError
from hautevoix.reading.sources.pdf import extraction
from hautevoix.reading.sources.pdf.document import read_pdf

if TYPE_CHECKING:
    from pathlib import Path

FILE = pdf([[(72, 800, 12, "Il était une fois un roi qui avait trois filles et un cheval.")]])
HEAD = '{"pages": 2, "info": {}, "outline": []}'
PAGE = '{"runs": [], "rules": []}'


@pytest.mark.parametrize(
    ("program", "error", "told"),
    [
        ("import os; os.abort()", InputError, "a damaged PDF"),
        (f"print('{HEAD}')", InputError, "a damaged PDF"),
        (f"print('{HEAD}'); print('{PAGE}'[:9])", InputError, "a damaged PDF"),
        ('print(\'{"error": "memory"}\')', RefusedError, "too much memory"),
        (f"print('{HEAD}'); print('x' * 5000)", RefusedError, "too much memory"),
        ("import time; time.sleep(600)", RefusedError, "took over"),
    ],
    ids=["crash", "pages lost", "torn", "memory", "babble", "hang"],
)
def test_a_process_that_fails_is_told_in_one_line(
    program: str, error: type[HautevoixError], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 3 or 4, with the file's name; the process is ended, and this one lives on."""
    hangs = "sleep" in program
    monkeypatch.setattr(extraction, "_READER", [sys.executable, "-c", program])
    monkeypatch.setattr(extraction, "_LIMIT", 0.2 if hangs else 600)
    monkeypatch.setattr(extraction, "LARGEST_TOLD", 4000)
    with pytest.raises(error, match=told) as caught:
        read_pdf(FILE, "livre.pdf")
    assert str(caught.value).startswith("livre.pdf: ")


def test_a_reader_that_can_not_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 3, and what to do."""
    monkeypatch.setattr(extraction, "_READER", ["/nowhere/python"])
    with pytest.raises(InputError, match="can't be started"):
        read_pdf(FILE, "livre.pdf")


def test_a_module_in_the_working_folder_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A json.py beside the book is not run."""
    (tmp_path / "json.py").write_text("raise SystemExit(1)")
    monkeypatch.chdir(tmp_path)
    assert len(texts(read_pdf(FILE, "livre.pdf"))) == 1


@pytest.mark.parametrize(
    ("turn", "matrix"),
    [(90, "0 1 -1 0 300 100"), (180, "-1 0 0 -1 500 300"), (270, "0 -1 1 0 300 700")],
)
def test_a_page_set_sideways_is_read_upright(turn: int, matrix: str) -> None:
    """Where the page is turned as its text is, the text runs level."""
    data = FILE.replace(b"1 0 0 1 72 800 Tm", f"{matrix} Tm".encode())
    data = data.replace(b"/MediaBox", f"/Rotate {turn} /MediaBox".encode())
    assert len(texts(read_pdf(data, "livre.pdf"))) == 1


def test_text_across_the_page_is_left_out() -> None:
    """A watermark that runs askew is no text."""
    data = pdf([[(72, 800, 12, "Il était une fois un roi."), (72, 300, 40, "BROUILLON")]])
    data = data.replace(b"1 0 0 1 72 300 Tm", b"0.7 0.7 -0.7 0.7 72 300 Tm")
    assert texts(read_pdf(data, "livre.pdf")) == ["Il était une fois un roi."]
