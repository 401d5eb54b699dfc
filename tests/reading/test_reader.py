"""Files that can and can't be read: charsets, line ends, and one clear line for each failure."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NoReturn

import pytest

from hautevoix.errors import InputError, RefusedError
from hautevoix.model import Book, Sidecar
from hautevoix.reading import parse_text, read, read_data

TEXT = (
    "Le garçon s’éveilla très tôt ; déjà, près de la fenêtre, l’été frémissait. « Où es-tu ? »\n"
    "demanda-t-il à sa mère, qui préparait le café près du poêle où séchaient des herbes.\n"
)


def texts(book: Book) -> list[str]:
    """Return the texts of all paragraphs."""
    return [p.text for chapter in book.chapters for p in chapter.paragraphs]


@pytest.mark.parametrize(
    "charset",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_charset_and_any_line_end_give_the_same_text(
    tmp_path: Path, charset: str, end: str
) -> None:
    """However a French text was saved, it is read right."""
    path = tmp_path / "t.txt"
    path.write_bytes(TEXT.replace("\n", end).encode(charset))
    assert texts(read(path)) == texts(parse_text(TEXT))


@pytest.mark.parametrize(
    ("charset", "named"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac Roman")]
)
def test_a_guessed_charset_is_told(tmp_path: Path, charset: str, named: str) -> None:
    """A person can check the accents: the first doubt names the charset assumed."""
    path = tmp_path / "t.txt"
    path.write_bytes(TEXT.encode(charset))
    assert named in read(path).diagnostics[0].message


def test_a_few_foreign_bytes_do_not_spoil_a_text(tmp_path: Path) -> None:
    """UTF-8 pasted together with a little Windows-1252 is read as both."""
    path = tmp_path / "t.txt"
    path.write_bytes(TEXT.encode() * 3 + "Un mot gâté.\n".encode("cp1252"))
    book = read(path)
    assert texts(book)[-1].endswith("Un mot gâté.")
    assert "damaged" in book.diagnostics[0].message


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b" \n\r\n\t\f ", "blank"),
        (b"\xef\xbb\xbf", "blank"),
        ("\xa0\n\u200b\n".encode(), "no text"),
        (b"* * *\n\n-----\n", "no text"),
        (bytes(range(256)) * 40, "not a text"),
        (b"\x00" * 500, "blank"),
        (b"a\x00\x00\x00b\x01" * 50, "not a text"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b"\x89PNG\r\n\x1a\n....", "a PNG picture"),
    ],
)
def test_what_is_no_text_is_told_in_one_line(tmp_path: Path, data: bytes, told: str) -> None:
    """Empty, blank and binary files: exit 3, the file named, something to do next."""
    path = tmp_path / "t.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path)
    line = str(caught.value)
    assert told in line
    assert str(path) in line
    assert caught.value.advice
    assert "\n" not in line


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    """The two commonest mistakes at a command line."""
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "absent.txt")
    with pytest.raises(InputError, match="a folder"):
        read(tmp_path)


class Forbidden(type(Path())):  # type: ignore[misc]  # the concrete class is told at run time
    """A path that no one may open, root included."""

    def open(self, *_args: object, **_kwargs: object) -> NoReturn:
        """Refuse, as the system does."""
        raise PermissionError(13, "Permission denied")


def test_a_forbidden_file_is_told() -> None:
    """A file without the right to read it."""
    with pytest.raises(InputError, match="permission denied"):
        read(Forbidden("t.txt"))


def test_a_name_that_no_system_takes_is_told(tmp_path: Path) -> None:
    """A name longer than the file system allows is no traceback."""
    with pytest.raises(InputError, match="too long"):
        read(tmp_path / ("x" * 300))
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "a\0b")


def test_a_cover_is_read_from_beside_the_text(tmp_path: Path) -> None:
    """The sidecar's cover is found next to the text, and its kind told by its bytes."""
    path = tmp_path / "t.txt"
    path.write_text(TEXT, encoding="utf-8")
    (tmp_path / "c.jpg").write_bytes(b"\xff\xd8\xff\xe0 etc.")
    (tmp_path / "c.bmp").write_bytes(b"BM")
    cover = read(path, Sidecar(cover="c.jpg")).info.cover
    assert cover is not None
    assert cover.media_type == "image/jpeg"
    with pytest.raises(InputError, match="neither JPEG nor PNG"):
        read(path, Sidecar(cover="c.bmp"))
    with pytest.raises(InputError, match="no such file"):
        read(path, Sidecar(cover="absent.png"))


def test_a_cover_lies_in_the_text_s_folder_and_is_a_file(tmp_path: Path) -> None:
    """What came with a text publishes no other picture of the user's, and waits for no pipe."""
    (tmp_path / "secret.jpg").write_bytes(b"\xff\xd8\xff\xe0 etc.")
    folder = tmp_path / "book"
    folder.mkdir()
    path = folder / "t.txt"
    path.write_text(TEXT, encoding="utf-8")
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    os.mkfifo(folder / "pipe.jpg")
    for name in ("../secret.jpg", str(tmp_path / "secret.jpg"), "link.jpg"):
        with pytest.raises(RefusedError, match="outside the text's folder"):
            read(path, Sidecar(cover=name))
    with pytest.raises(InputError, match="no file that one can read"):
        read(path, Sidecar(cover="pipe.jpg"))


def test_bytes_are_read_like_a_file() -> None:
    """What comes from standard input is the same book; errors name it as asked."""
    assert texts(read_data(TEXT.encode(), "standard input")) == texts(parse_text(TEXT))
    with pytest.raises(InputError, match="standard input: empty"):
        read_data(b"", "standard input")


def test_a_flood_is_refused() -> None:
    """Too many bytes or lines are refused with a line, not read for an hour."""
    with pytest.raises(RefusedError, match="larger than 32 MiB"):
        read_data(b"a" * ((32 << 20) + 1), "flood")
    with pytest.raises(RefusedError, match="more than 200000 lines"):
        read_data(b"a\n" * 200_001, "flood")


ENDLESS = (
    *(
        "a",
        ".",
        "(",
        "[1]",
        "1. ",
        "* ",
        "_",
        "« ",
        "A.",
        "I\n",
        "- \n",
        "[7] x\n",
        "12\n\n",
        "ré-\n",
    ),
    *("LE TITRE 3\n\nbas\n\n", "Ô moulin\nSur l'eau\n\n", "a\f\n", "I. La crue . . . 3\n"),
)


@pytest.mark.parametrize("piece", ENDLESS)
def test_the_same_thing_over_and_over_is_read_in_no_time(piece: str) -> None:
    """No rule looks at a text twice over: a quadratic one would hang here."""
    parse_text(piece * (40_000 // len(piece) + 1))


RUSSIAN = "Все счастливые семьи похожи друг на друга."
FRENCH = "Il répéta longtemps ce proverbe devant nous, puis sortit en riant dans le jardin."


@pytest.mark.parametrize(
    ("text", "script"),
    [(RUSSIAN, "Cyrillic"), ("Μῆνιν ἄειδε, θεά.", "Greek"), ("道可道，非常道。", "Chinese")],
)
def test_a_text_in_another_script_is_refused_in_one_line(text: str, script: str) -> None:
    """Exit 3, the file and the script named, before a voice stumbles."""
    with pytest.raises(InputError, match=rf"x\.txt: written in {script} script"):
        read_data(text.encode(), "x.txt")


def test_a_sentence_in_another_script_is_told_and_can_be_corrected() -> None:
    """A doubt at its line; a correction settles it; a word in a French sentence is none."""
    data = f"{FRENCH}\n\n{RUSSIAN}\n\n{FRENCH} Le « λόγος », dit-il, et α = β.\n".encode()
    (diagnostic,) = read_data(data, "x.txt").diagnostics
    assert diagnostic.line == 3
    assert "Cyrillic" in diagnostic.message
    corrected = Sidecar(corrections=((RUSSIAN, "Toutes les familles heureuses se ressemblent."),))
    (diagnostic,) = read_data(data, "x.txt", corrected).diagnostics
    assert "the sidecar reads it as" in diagnostic.message


def test_many_sentences_in_another_script_are_told_together() -> None:
    """One doubt for the lot."""
    text = f"{FRENCH}\n\n" * 12 + f"{RUSSIAN}\n\n" * 7
    (diagnostic,) = read_data(text.encode(), "x.txt").diagnostics
    assert "6 more sentences" in diagnostic.message


def test_a_paragraph_of_pictures_is_told() -> None:
    """Nothing will be said for it; three dots are silent by right."""
    book = read_data(f"{FRENCH}\n\n😀 😀\n\n…\n\n{FRENCH}\n".encode(), "x.txt")
    (diagnostic,) = book.diagnostics
    assert (diagnostic.line, "silent" in diagnostic.message) == (3, True)


@pytest.mark.parametrize(
    "data",
    [
        b"<?xml version='1.0'?>\n<!-- fait main -->\n<rss version='2.0'><channel/></rss>",
        b"<svg width='10'><text>Bonjour</text></svg>",
        b"<TEI xmlns='http://www.tei-c.org/ns/1.0'><p>Il vint.</p></TEI>",
        b"<!DOCTYPE TEI SYSTEM 'tei.dtd'>\n<TEI>Il vint.</TEI>",
    ],
)
def test_xml_that_is_no_book_is_refused_in_one_line(data: bytes) -> None:
    """Exit 3, what it is named; a line that begins with « <Il vint> » is text."""
    with pytest.raises(InputError, match=r"x\.xml: XML that is no book \(<(rss|svg|TEI)>\)"):
        read_data(data, "x.xml")
    assert read_data("<Il vint, dit-elle.> Et la lettre finit là.".encode(), "x.xml").chapters


@pytest.mark.parametrize(
    "page", ["Il vint <em>enfin</em>.", "<conte>Il vint enfin.</conte>", "<p>Il vint enfin."]
)
def test_no_tag_of_a_page_is_read_aloud(page: str) -> None:
    """A file named as a page is one, if it holds a single tag; what holds none is plain text."""
    (chapter,) = read_data(page.encode(), "x.html").chapters
    assert chapter.paragraphs[0].text == "Il vint enfin."
    assert read_data(b"Il vint, 3 < 4.", "x.html").chapters[0].paragraphs[0].text.endswith("3 < 4.")
