"""A file of any format, however wrong: a book that holds together, or an error of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuzzing import archives, texts
from fuzzing.books import holds_together
from fuzzing.doors import fuzzed, told
from hautevoix.french import Narrator
from hautevoix.model import Sidecar
from hautevoix.model.options import NotesPolicy, ReadingOptions
from hautevoix.reading.base.diagnostics import KEEPABLE
from hautevoix.reading.reader import read_data
from hautevoix.reading.segment import segment
from hautevoix.reading.sources.frontmatter import split_front
from hautevoix.reading.sources.odt import odt_info
from hautevoix.reading.sources.pdf.document import draft_of
from hautevoix.reading.sources.pdf.extraction import Bookmark, Extracted, Page, Run
from hautevoix.scripting.script import write_script

_sidecars = texts.named(
    st.builds(
        Sidecar,
        keep=st.frozensets(st.sampled_from(sorted(KEEPABLE)), max_size=3),
        notes=st.sampled_from([None, None, "brackets"]),
    )
)


def reads(data: bytes, where: str, sidecar: Sidecar = Sidecar()) -> None:  # noqa: B008 - frozen
    """Read a file, and write the script of the book that it may be."""
    book = told(read_data, data, where, sidecar)
    holds_together(book)
    if book is not None:
        told(write_script, book, Narrator(), ReadingOptions(NotesPolicy.AFTER_SENTENCE))


@fuzzed(30)
@given(texts.plain, _sidecars)
def test_a_text(data: bytes, sidecar: Sidecar) -> None:
    """Lines of anything, in any encoding."""
    reads(data, "x.txt", sidecar)


@fuzzed(30)
@given(texts.markdown, _sidecars)
def test_markdown(data: bytes, sidecar: Sidecar) -> None:
    """Marks of Markdown in any order, after any front matter."""
    reads(data, "x.md", sidecar)


@fuzzed(30)
@given(texts.html, _sidecars)
def test_a_page(data: bytes, sidecar: Sidecar) -> None:
    """Tags nested or not, in any charset."""
    reads(data, "x.html", sidecar)


@fuzzed(20)
@given(archives.epub)
def test_an_epub(data: bytes) -> None:
    """Archives whose package, pages and tables don't fit."""
    reads(data, "x.epub")


@fuzzed(20)
@given(archives.docx)
def test_a_word_document(data: bytes) -> None:
    """Elements of WordprocessingML where they don't belong."""
    reads(data, "x.docx")


@fuzzed(12)
@given(archives.odt)
def test_what_an_opendocument_text_says_of_itself(data: bytes) -> None:
    """What we read of it; the rest is pandoc's."""
    told(odt_info, data, "x.odt")


@pytest.mark.parametrize("name", ["odt", "fb2", "rtf"])
def test_what_pandoc_reads(name: str) -> None:
    """Each takes a process: few are tried. Without pandoc, an error says so."""

    @fuzzed(1)
    @given(getattr(archives, name))
    def read(data: bytes) -> None:
        reads(data, f"x.{name}")

    read()


@fuzzed(1)
@given(archives.pdfs)
def test_a_pdf(data: bytes) -> None:
    """Its glyphs come from a process apart: few are tried; what is made of them is tried below."""
    reads(data, "x.pdf")


_points = st.sampled_from([0.0, 50.0, 72.0, 72.0, 80.0, 300.0, 540.0, -9.0, 9e5, 1e-9])


@st.composite
def _runs(draw: st.DrawFn) -> Run:
    text = draw(texts.prose.filter(bool)).replace("\n", " ")
    left, wide = draw(_points), draw(st.sampled_from([5.0, 5.0, 6.0, 0.0, -3.0, 1e5]))
    lefts = [left + wide * place for place in range(len(text))]
    y = draw(st.one_of(st.sampled_from([30.0, 60.0, 700.0, 714.0, 800.0]), _points))
    size = draw(st.sampled_from([11.0, 11.0, 8.0, 14.0, 0.0, -1.0, 1e4, 0.01]))
    rights = [one + wide for one in lefts]
    return Run(y, size, draw(st.integers(0, 3)), text, lefts, rights)


_extracted = texts.named(
    st.builds(
        Extracted,
        pages=st.lists(
            st.builds(
                Page,
                runs=st.lists(_runs(), max_size=9).map(tuple),
                rules=st.lists(st.tuples(_points, _points, _points), max_size=2).map(tuple),
            ),
            min_size=1,
            max_size=4,
        ).map(tuple),
        outline=st.lists(
            st.builds(Bookmark, texts.prose, st.integers(1, 9), st.integers(-1, 9)), max_size=3
        ).map(tuple),
        info=st.dictionaries(st.sampled_from(["Title", "Author", "CreationDate"]), texts.prose),
    )
)


@fuzzed(25)
@given(_extracted)
def test_glyphs_of_a_pdf_anywhere(file: Extracted) -> None:
    """Runs of glyphs of any size at any place, rules and bookmarks among them."""
    holds_together(told(lambda: segment(draft_of(file, "x.pdf"))))


@fuzzed(30)
@given(texts.front)
def test_front_matter(text: str) -> None:
    """YAML, TOML and pandoc's lines: what they say, or an error; the text after them is whole."""
    found = told(split_front, text + "\nFin.", "x.md")
    assert found is None or found[1].endswith("Fin.")
