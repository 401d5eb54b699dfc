"""What pandoc reads for us, where it is installed; and what is said where it is not."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from forms import PROSE, archive, texts, titles
from hautevoix.errors import InputError
from hautevoix.reading import read
from hautevoix.reading.sources import pandoc

if TYPE_CHECKING:
    from pathlib import Path

FB2 = (
    '<?xml version="1.0" encoding="utf-8"?><FictionBook xmlns="http://www.gribuser.ru/xml/'
    'fictionbook/2.0"><description><title-info><book-title>Le Livre</book-title></title-info>'
    f"</description><body><section><title><p>Le départ</p></title><p>{PROSE}</p></section>"
    f"<section><title><p>Le retour</p></title><p>{PROSE}</p></section></body></FictionBook>"
)
needed = pytest.mark.skipif(
    shutil.which("pandoc") is None and "HAUTEVOIX_NO_SKIP" not in os.environ,
    reason="pandoc is not installed",
)


@needed
def test_a_format_that_pandoc_knows(tmp_path: Path) -> None:
    """FictionBook comes through HTML with its chapters."""
    path = tmp_path / "livre.fb2"
    path.write_text(FB2, encoding="utf-8")
    book = read(path)
    assert titles(book) == [(1, "Le départ"), (1, "Le retour")]
    assert texts(book) == [PROSE, PROSE]


@needed
def test_what_pandoc_can_not_read_is_told(tmp_path: Path) -> None:
    """Its complaint is one line of ours."""
    path = tmp_path / "x.odt"
    path.write_bytes(archive({"mimetype": "application/vnd.oasis.opendocument.text"}))
    with pytest.raises(InputError, match="pandoc can't read it") as caught:
        read(path)
    assert "\n" not in str(caught.value)


def test_without_pandoc_the_user_learns_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 3: install pandoc, or save the text as something that we read ourselves."""
    monkeypatch.setattr(pandoc.shutil, "which", lambda _: None)
    path = tmp_path / "lettre.rtf"
    path.write_bytes(b"{\\rtf1 Bonjour.}")
    with pytest.raises(InputError, match=r"RTF is read by pandoc, not installed\. Install pandoc"):
        read(path)


@needed
def test_an_odt_says_its_title_and_author(tmp_path: Path) -> None:
    """The style of the title and the document's properties, which pandoc passes over."""
    office = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"'
    )
    body = "".join(
        f'<text:h text:outline-level="1">{title}</text:h><text:p>{PROSE}</text:p>'
        for title in ("Le départ", "Le retour")
    )
    content = (
        f"<office:document-content {office}><office:body><office:text>"
        f'<text:p text:style-name="Title">Le Livre</text:p>{body}'
        "</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {office}><office:meta>"
        "<meta:initial-creator>Anne Autrice</meta:initial-creator>"
        "</office:meta></office:document-meta>"
    )
    parts = ("font-face-decls", "styles", "automatic-styles", "master-styles")
    styles = "".join(f"<office:{part}/>" for part in parts)
    files = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": content,
        "styles.xml": f"<office:document-styles {office}>{styles}</office:document-styles>",
        "meta.xml": meta,
    }
    path = tmp_path / "livre.odt"
    path.write_bytes(archive(files))
    book = read(path)
    assert (book.info.title, book.info.author) == ("Le Livre", "Anne Autrice")
    assert titles(book) == [(1, "Le départ"), (1, "Le retour")]
    assert texts(book) == [PROSE, PROSE]
