"""The bench of public books: what it fetches, what it counts, what it says without a network."""

from __future__ import annotations

import http.server
import socket
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

import shelves
from shelves import listed, main, score

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PROSE = (
    "La rivière montait depuis le matin, et personne au village ne voulait le croire avant que "
    "l'eau n'eût touché la première marche du lavoir, où les femmes avaient laissé leurs paniers."
)
BOOK = f"LE PONT\n\nPREMIÈRE PARTIE\n\nI\n\n{PROSE}\n\nII\n\n{PROSE}\n"


@pytest.fixture
def source(tmp_path: Path) -> Iterator[str]:
    """Return the address of a server that has one book, at one commit."""
    place = tmp_path / "served" / "une" / "etagere" / "abc" / "livre.txt"
    place.parent.mkdir(parents=True)
    place.write_text(BOOK, encoding="utf-8")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path / "served"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def bench(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, source: str, characters: int = len(BOOK)
) -> int:
    """Run the bench on a table of that one book; return its exit code."""
    table = tmp_path / "books.tsv"
    row = ("une/etagere", "abc", "livre.txt", "txt", str(characters), "PREMIÈRE PARTIE|I-II")
    table.write_text("# a table\n" + "\t".join(row) + "\n", encoding="utf-8")
    given = ["--from", source, "--cache", str(tmp_path / "kept"), "--table", str(table)]
    monkeypatch.setattr(sys, "argv", ["shelves", *given])
    return main()


def test_books_are_fetched_once_and_scored_by_format(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    source: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Precision and recall, a line a format; the second time, nothing is asked for."""
    assert bench(monkeypatch, tmp_path, source) == 0
    first = capsys.readouterr().out
    assert "1.000\t1.000\t3 of 3, 3 found\tall txt" in first
    assert bench(monkeypatch, tmp_path, "http://127.0.0.1:1") == 0
    assert capsys.readouterr().out == first


def test_another_file_than_the_table_says_is_refused(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    source: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its truth would not be that file's; nothing of it is kept."""
    assert bench(monkeypatch, tmp_path, source, characters=7) == 1
    assert "another file" in capsys.readouterr().err
    assert not (tmp_path / "kept").exists()


def test_no_network_is_told_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1, which books are missing, and what they need."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        assert bench(monkeypatch, tmp_path, address) == 1
    told = capsys.readouterr().err
    assert "livre.txt: not there" in told
    assert "needs a network" in told


def test_headings_are_matched_in_their_order() -> None:
    """One too many costs precision, one that is missed costs recall; a title may go on."""
    assert str(score(["I. Le bac", "La crue", "II"], ["I", "II"])).startswith("0.667\t1.000")
    assert str(score(["II"], ["I", "II"])).startswith("1.000\t0.500")


def test_the_table_can_be_read() -> None:
    """Each row has its commit and its headings, ranges spelled out."""
    rows = list(listed(shelves.TABLE))
    assert all(len(row.commit) == 40 and row.headings for row in rows)
    assert rows[0].headings[:3] == ("PREMIÈRE PARTIE", "I", "II")
