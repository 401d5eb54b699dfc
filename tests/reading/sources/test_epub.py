"""EPUB 2 and 3: order, notes across files, tables of contents, what is no text, locks."""

from __future__ import annotations

import pytest

from forms import (
    CONTAINER,
    PROSE,
    archive,
    epub,
    kinds,
    navigation,
    references,
    texts,
    titles,
    xhtml,
)
from hautevoix.errors import InputError, RefusedError
from hautevoix.reading.sources.epub.book import read_epub

ENCRYPTED = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><EncryptedData '
    'xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{way}"/><CipherData>'
    '<CipherReference URI="{path}"/></CipherData></EncryptedData></encryption>'
)


def test_notes_in_a_file_of_their_own() -> None:
    """Calls in two chapters, notes at the end of the book, labels that start again."""
    book = read_epub(
        epub(
            {
                "c1.xhtml": xhtml(
                    f"<h1>Un</h1><p>{PROSE}<a epub:type='noteref' href='n.xhtml#a'>1</a></p>"
                ),
                "c2.xhtml": xhtml(f"<h1>Deux</h1><p>{PROSE}<a href='n.xhtml#b'>1</a></p>"),
                "n.xhtml": xhtml(
                    "<h1>Notes</h1><section epub:type='endnotes'><ol><li id='a'><p>La première. "
                    "<a epub:type='backlink' href='c1.xhtml#x'>↩</a></p></li>"
                    "<li id='b'><p>La seconde.</p></li></ol></section>"
                ),
            }
        ),
        "x.epub",
    )
    assert titles(book) == [(1, "Un"), (1, "Deux")]
    assert [text for *_, text in references(book)] == ["La première.", "La seconde."]
    assert [note.chapter for note in book.notes] == [0, 1]
    assert book.notes_heading == "Notes"


def test_standard_ebooks() -> None:
    """Title page, imprint and colophon are left out; headings in groups; verse line by line."""
    book = read_epub(
        epub(
            {
                "titlepage.xhtml": xhtml(
                    "<section epub:type='titlepage'><h1>Le Livre</h1></section>"
                ),
                "imprint.xhtml": xhtml("<section epub:type='imprint'><p>Ce livre…</p></section>"),
                "c1.xhtml": xhtml(
                    "<section epub:type='chapter'><hgroup><h2 epub:type='ordinal'>I</h2>"
                    "<p epub:type='title'>Le départ</p></hgroup><blockquote epub:type='epigraph'>"
                    f"<p>Exergue.</p></blockquote><p>{PROSE}</p><blockquote epub:type='z3998:poem'>"
                    "<p><span>Premier vers,</span><br/><span class='i1'>Second vers</span></p>"
                    "</blockquote></section>"
                ),
                "c2.xhtml": xhtml(f"<section><h2>II</h2><p>{PROSE}</p></section>"),
                "colophon.xhtml": xhtml("<p>Produit par…</p>", "colophon"),
            }
        ),
        "x.epub",
    )
    assert titles(book) == [(1, "I. Le départ"), (1, "II")]
    assert kinds(book) == [
        ("epigraph", "Exergue."),
        ("verse", "Premier vers,\nSecond vers"),
    ]
    assert any("imprint" in diagnostic.message for diagnostic in book.diagnostics)


def test_calibre_without_headings() -> None:
    """Where no tag says what a heading is, the table of contents does."""
    chapters = {
        f"s{n}.html": xhtml(
            f"<p class='calibre5' id='x'>{n}</p><p class='calibre6'>Le titre {n}</p>"
            f"<p class='calibre1'>{PROSE}</p><p class='calibre1'>{PROSE}</p>"
        )
        for n in range(1, 4)
    }
    ncx = navigation(*((f"{n} Le titre {n}", f"s{n}.html#x") for n in range(1, 4)))
    book = read_epub(epub(chapters, ncx=ncx), "x.epub")
    assert titles(book) == [(1, f"{n} Le titre {n}") for n in range(1, 4)]
    assert texts(book) == [PROSE] * 6


def test_chapters_that_only_the_table_names() -> None:
    """A file with no heading at all gets its entry's words; « Section 1 » is no title."""
    pages = {f"s{n}.html": xhtml(f"<p>{PROSE}</p>") for n in (1, 2)}
    named = navigation(("Le départ", "s1.html"), ("Le retour", "s2.html"))
    stopgap = navigation(("Section 1", "s1.html"), ("Section 2", "s2.html"))
    assert titles(read_epub(epub(pages, ncx=named), "x")) == [(1, "Le départ"), (1, "Le retour")]
    assert titles(read_epub(epub(pages, ncx=stopgap), "x")) == [(1, None)]


def test_a_table_of_contents_among_the_pages_is_not_read() -> None:
    """Links to chapters are for the hand, not for the ear."""
    pages = {
        "toc.html": xhtml(
            "<p>Table des matières</p>"
            + "".join(f"<p><a href='c{n}.html'>Chapitre {n}</a></p>" for n in (1, 2, 3))
        )
    } | {f"c{n}.html": xhtml(f"<h2>Chapitre {n}</h2><p>{PROSE}</p>") for n in (1, 2, 3)}
    book = read_epub(epub(pages), "x.epub")
    assert texts(book) == [PROSE] * 3
    assert any("table of contents" in diagnostic.message for diagnostic in book.diagnostics)


def test_what_a_book_says_of_itself() -> None:
    """Authors but no translators; the day it came out, not the one the file was made; a cover."""
    png = b"\x89PNG\r\n\x1a\n" + bytes(20)
    book = read_epub(
        epub(
            {"c.xhtml": xhtml(f"<p>{PROSE}</p>")},
            metadata=(
                "<dc:title>Le Livre</dc:title><dc:creator role='aut'>Anne Autrice</dc:creator>"
                "<dc:creator role='trl'>Tom Traducteur</dc:creator><dc:language>fr-FR</dc:language>"
                "<dc:date>2020-03-04T10:11:12+00:00</dc:date><dc:date>1883-01-01</dc:date>"
                "<dc:description>&lt;p&gt;Un conte.&lt;/p&gt;</dc:description>"
                "<meta name='cover' content='img'/>"
            ),
            manifest="<item id='img' href='c%C3%A9.png' media-type='image/png'/>",
            extra={"OEBPS/cé.png": png},
        ),
        "x.epub",
    )
    info = book.info
    assert (info.title, info.author, info.language) == ("Le Livre", "Anne Autrice", "fr")
    assert (info.date, info.description) == ("1883", "Un conte.")
    assert info.cover is not None
    assert (info.cover.data, info.cover.media_type) == (png, "image/png")


def test_pages_that_are_no_xml_are_read_as_html() -> None:
    """An undeclared entity, an empty anchor, a tag left open: nothing is lost."""
    broken = f"<html><head><title/></head><body><p>Été&nbsp;: <a id='x'/>{PROSE}<br><p>Fin</body>"
    book = read_epub(epub({"c.html": broken}), "x.epub")
    assert texts(book) == [f"Été\xa0: {PROSE}", "Fin"]


def test_a_page_that_is_missing_is_told() -> None:
    """The rest is read; the loss is no secret."""
    manifest = "<item id='gone' href='gone.xhtml' media-type='application/xhtml+xml'/>"
    data = epub({"c.xhtml": xhtml(f"<p>{PROSE}</p>")}, manifest=manifest)
    data = epub({"c.xhtml": xhtml(f"<p>{PROSE}</p>"), "d.xhtml": xhtml("")}, manifest=manifest)
    assert texts(read_epub(data, "x.epub")) == [PROSE]


def test_obfuscated_fonts_are_no_lock() -> None:
    """A book whose fonts alone are mangled is read."""
    lock = ENCRYPTED.format(way="http://www.idpf.org/2008/embedding", path="OEBPS/f.otf")
    pages = {"c.xhtml": xhtml(f"<p>{PROSE}</p>")}
    data = epub(pages, extra={"META-INF/encryption.xml": lock, "OEBPS/f.otf": b"x"})
    assert texts(read_epub(data, "x.epub")) == [PROSE]


@pytest.mark.parametrize(
    "extra",
    [
        {
            "META-INF/encryption.xml": ENCRYPTED.format(
                way="http://www.w3.org/2001/04/xmlenc#aes128-cbc", path="OEBPS/c.xhtml"
            )
        },
        {"META-INF/rights.xml": "<rights/>"},
        {"META-INF/license.lcpl": "{}"},
        {"META-INF/encryption.xml": "<not xml"},
    ],
    ids=["encrypted pages", "Adobe", "LCP", "damaged list"],
)
def test_a_locked_book_is_refused(extra: dict[str, str]) -> None:
    """DRM: exit 4 and one line, whatever can still be read in it."""
    data = epub({"c.xhtml": xhtml(f"<p>{PROSE}</p>")}, extra=extra)
    with pytest.raises(RefusedError, match="locked by DRM"):
        read_epub(data, "x.epub")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (archive({"META-INF/container.xml": CONTAINER}), "without a package document"),
        (archive({"META-INF/container.xml": CONTAINER, "OEBPS/content.opf": "<x"}), "damaged"),
        (epub({}), "no text"),
        (epub({"c.xhtml": xhtml("<img src='p.jpg'/>")}), "no text"),
    ],
    ids=["no package", "damaged package", "no page", "pictures alone"],
)
def test_an_epub_with_nothing_to_read(data: bytes, told: str) -> None:
    """Exit 3 and one line that says what is wrong."""
    with pytest.raises(InputError, match=told):
        read_epub(data, "x.epub")


def test_nothing_is_fetched() -> None:
    """Remote pages and pictures are no part of the book."""
    pages = {
        "c.xhtml": xhtml(
            f"<p>{PROSE}</p><img src='http://127.0.0.1:1/x.png' alt=''/>"
            "<iframe src='http://127.0.0.1:1/'>x</iframe>"
        )
    }
    manifest = "<item id='far' href='http://127.0.0.1:1/far.xhtml' media-type='text/html'/>"
    assert texts(read_epub(epub(pages, manifest=manifest), "x.epub")) == [PROSE]


@pytest.mark.parametrize(("said", "language"), [("en-US", "fr"), ("C", "fr"), ("", "fr")])
def test_a_language_that_a_program_wrote_down(said: str, language: str) -> None:
    """The words tell French from a program's default."""
    metadata = f"<dc:title>Le Livre</dc:title><dc:language>{said}</dc:language>"
    data = epub({"c.xhtml": xhtml(f"<p>{PROSE}</p>")}, metadata=metadata)
    assert read_epub(data, "x").info.language == language


def test_another_language_stays() -> None:
    """An English book is not called French."""
    english = "<p>Once upon a time there was a king who had three daughters and a horse.</p>"
    metadata = "<dc:title>The Book</dc:title><dc:language>en</dc:language>"
    assert (
        read_epub(epub({"c.xhtml": xhtml(english)}, metadata=metadata), "x").info.language == "en"
    )


def test_sheets_silence_what_they_say_and_sounds_are_in_the_alphabet_around() -> None:
    """As in CSS: the more specific rule holds; what is for print alone, or unknown, is nothing."""
    sheet = (
        "@media print { p { speak: never } } p .n { speak: never } .n.yes { speak: auto } "
        "@media speech { .m { -epub-speak: none } } p::x-y { speak: never } ?!{ p { speak: none }"
    )
    page = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml" ssml:alphabet="x-sampa" '
        'xmlns:ssml="http://www.w3.org/2001/10/synthesis"><head>'
        '<link rel="stylesheet" href="../css/a%20b.css"/><link rel="stylesheet" href="gone.css"/>'
        '</head><body><h1>I</h1><p>Il vint<span class="n"> [12]</span> <b class="n yes">hier</b>'
        '<i class="m"> *</i>, seul, chez <span ssml:ph="bR9j">Broglie</span>.</p></body></html>'
    )
    data = epub({"t/a.xhtml": page}, extra={"OEBPS/css/a b.css": sheet})
    (paragraph,) = read_epub(data, "x.epub").chapters[0].paragraphs
    assert paragraph.text == "Il vint hier, seul, chez Broglie."
    assert [span.ipa for span in paragraph.speech] == ["bʁœj"]
