"""What no book holds is refused before it costs minutes, and what is too long to show is cut."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from forms import PROSE, epub, page, para, texts, word, xhtml
from hautevoix.errors import RefusedError
from hautevoix.model import LONGEST_DETAIL, Sidecar
from hautevoix.reading.base import limits
from hautevoix.reading.reader import read_data

if TYPE_CHECKING:
    from hautevoix.model import Book

ENDLESS = "anticonstitutionnellement " * 40_000


def load(data: bytes, sidecar: Sidecar = Sidecar()) -> Book:  # noqa: B008  (a frozen value)
    """Read ``data`` as the command line would."""
    name = "x.md" if data.startswith(b"#") else "x"
    return read_data(data, name, sidecar, Path())


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (page("<b>a" * 500_000), "elements"),
        (b"mot\n" * 300_000, "lines"),
        (b"mot " * (5 << 20), "characters"),
        (b"# T\n\n" + b"![[]()" * 160_000, "marks of Markdown"),
        (b"# T\n\n" + b"a <![CDATA[" * 90_000, "marks of Markdown"),
    ],
    ids=["page", "lines", "one line", "brackets", "sections"],
)
def test_what_no_book_holds_is_refused(data: bytes, told: str) -> None:
    """Each of these took from half a minute to several."""
    with pytest.raises(RefusedError, match=told) as caught:
        load(data)
    assert len(str(caught.value)) < 200


def test_elements_are_counted_through_all_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book may not hide them in pages each of which is small."""
    monkeypatch.setattr(limits, "MOST_ELEMENTS", 20)
    pages = {f"c{n}.xhtml": xhtml(f"<p><i>{PROSE}</i></p>") for n in range(9)}
    with pytest.raises(RefusedError, match="more than 20 elements"):
        load(epub(pages))


@pytest.mark.parametrize("form", ["html", "epub", "docx"])
def test_paragraphs_without_number_are_refused(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever markup makes them."""
    monkeypatch.setattr(limits, "MOST_PARAGRAPHS", 3)
    body = f"<p>{PROSE}</p>" * 4
    data = {
        "html": page(body),
        "epub": epub({"c.xhtml": xhtml(body)}),
        "docx": word(para(PROSE) * 4),
    }[form]
    with pytest.raises(RefusedError, match="more than 3 paragraphs"):
        load(data)


def test_lines_are_counted_once_whatever_ends_them() -> None:
    """A text that Windows wrote may have as many lines as any other."""
    limits.check_lines("mot\r\n" * limits.MOST_LINES, "x")
    for ending in ("\r", "\n", "\r\n"):
        with pytest.raises(RefusedError, match="more than 200000 lines"):
            limits.check_lines(f"mot{ending}" * (limits.MOST_LINES + 1), "x")


def test_a_long_paragraph_of_markdown_is_read() -> None:
    """A novel without a blank line, with its italics: no attack."""
    limits.check_marks(f"{PROSE} *Le Temps* " * 3_000, "x")


def test_a_title_without_end_is_cut_and_told() -> None:
    """From a page, from a sidecar: it is spoken, printed, and stands in tags and feeds."""
    body = f"<p>{PROSE}</p>"
    for data, sidecar in (
        (f"<!DOCTYPE html><title>{ENDLESS}</title>{body}".encode(), Sidecar()),
        (page(body), Sidecar(title=ENDLESS)),
    ):
        book = load(data, sidecar)
        assert len(book.info.title or "") <= LONGEST_DETAIL + 1
        assert [d.code for d in book.diagnostics if d.code == "detail-cut"] == ["detail-cut"]
        assert max(len(d.message) for d in book.diagnostics) < 300


def test_a_heading_without_end_is_a_paragraph() -> None:
    """Nothing of it is lost, and no list of chapters is a megabyte."""
    book = load(page(f"<h1>Titre</h1><h2>I</h2><p>{PROSE}</p><h2>{ENDLESS}</h2><p>{PROSE}</p>"))
    assert all(len(chapter.title or "") < 3_000 for chapter in book.chapters)
    assert ENDLESS.strip() in texts(book)
