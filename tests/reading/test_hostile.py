"""Files made to harm, or harmed: one clear line, in no time, and nothing outside is touched."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import tracemalloc
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms import CONTAINER, PROSE, W, archive, epub, page, para, pdf, texts, word, xhtml
from growth import grows_slowly
from hautevoix.errors import InputError, RefusedError
from hautevoix.model import Sidecar
from hautevoix.reading import read
from hautevoix.reading.base.archive import open_archive
from hautevoix.reading.base.lexicons import read_lexicon
from hautevoix.reading.base.sidecar import read_sidecar
from hautevoix.reading.formats import tell_format
from hautevoix.reading.language.underscores import italic_marks
from hautevoix.reading.sources.html.page import read_html
from hautevoix.reading.text.hyphens import join, lexis
from hautevoix.reading.text.lines import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from hautevoix.model import Book

LETTERS = Path(__file__).parent / "letter"


def load(data: bytes, where: str = "x") -> Book:
    """Read ``data`` as the command line would."""
    return tell_format(data, where).reader(data, where, Sidecar())


def zipped(change: Callable[[zipfile.ZipInfo], None], data: bytes = b"x") -> bytes:
    """Return an archive whose one entry was changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        entry = zipfile.ZipInfo("a.xhtml")
        entry.compress_type = zipfile.ZIP_DEFLATED
        change(entry)
        file.writestr(entry, data)
    return out.getvalue()


def linked(entry: zipfile.ZipInfo) -> None:
    """Make a symbolic link of an entry."""
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16


def outside(name: str) -> Callable[[zipfile.ZipInfo], None]:
    """Return what gives an entry a name that leads out."""
    return lambda entry: setattr(entry, "filename", name)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (zipped(outside("../../etc/passwd")), "leads out"),
        (zipped(outside("/etc/passwd")), "leads out"),
        (zipped(outside("c:/x")), "leads out"),
        (zipped(linked), "is a link"),
        (zipped(lambda _: None, bytes(8 << 20)), "over 200 times"),
        (archive({str(n): b"" for n in range(10_001)}), "more than 10000 entries"),
    ],
    ids=["traversal", "absolute", "drive", "link", "bomb", "entries"],
)
def test_archives_made_to_harm_are_refused(data: bytes, told: str) -> None:
    """Exit 4, before anything is unpacked."""
    with pytest.raises(RefusedError, match=told):
        load(data)


def test_overlapping_entries_are_refused() -> None:
    """Two entries that share their bytes are how kilobytes become gigabytes."""
    data = bytearray(archive({"a": b"1" * 900, "b": b"2" * 900}))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = (0).to_bytes(4, "little")  # where its local header is
    with pytest.raises(RefusedError, match="overlap"):
        open_archive(bytes(data), "x")


def test_an_entry_larger_than_it_says_is_not_unpacked() -> None:
    """The directory's promise is held to; the rest of a bomb stays packed."""
    data = bytearray(epub({"c.xhtml": xhtml(f"<p>{PROSE * 500}</p>")}))
    place = data.rindex(b"OEBPS/c.xhtml") - 46
    data[place + 24 : place + 28] = (50).to_bytes(4, "little")  # the size that it unpacks to
    with pytest.raises((InputError, RefusedError)):
        load(bytes(data))


WHAT_NO_ONE_MAY_READ = "TOP-SECRET"


@pytest.mark.parametrize("kind", ["SYSTEM 'file://{path}'", "PUBLIC 'x' 'file://{path}'"])
def test_no_entity_reaches_a_file(tmp_path: Path, kind: str) -> None:
    """A page, a package or a document that names a file in an entity is refused, and reads none."""
    secret = tmp_path / "secret"
    secret.write_text(WHAT_NO_ONE_MAY_READ, encoding="utf-8")
    doctype = f"<!DOCTYPE x [<!ENTITY e {kind.format(path=secret)}>]>"
    body = f"<w:body>{para('&e;')}</w:body>"
    for data in (
        epub({"c.xhtml": f"{doctype}<html><body><p>&e; {PROSE}</p></body></html>"}),
        archive(
            {
                "word/document.xml": f'{doctype}<w:document xmlns:w="{W}">{body}</w:document>',
                "word/styles.xml": "<x/>",
            }
        ),
    ):
        with pytest.raises(RefusedError, match="entities"):
            load(data)
    plain = f"{doctype.replace('x', 'html', 1)}<html><body><p>&e; {PROSE}</p></body></html>"
    assert WHAT_NO_ONE_MAY_READ not in str(load(plain.encode()))


def test_entities_that_multiply_are_refused() -> None:
    """A billion laughs: exit 4 at once."""
    lines = ["<!ENTITY a0 'ha'>"]
    lines += [f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12)]
    text = f"<!DOCTYPE x [{''.join(lines)}]><html><body>&a11;</body></html>"
    with pytest.raises(RefusedError, match="entities"):
        load(epub({"c.xhtml": text}))


@pytest.mark.parametrize("depth", [300, 1_500])
def test_deep_nesting_loses_nothing(depth: int) -> None:
    """What a parser drops without a word below 256 elements is read."""
    body = "<div>" * depth + PROSE + "</div>" * depth + "<p>Fin.</p>"
    assert texts(read_html(page(body), "x")) == [PROSE, "Fin."]


@pytest.mark.parametrize("form", ["html", "epub", "docx"])
def test_nesting_beyond_reason_is_refused(form: str) -> None:
    """A hundred thousand elements in each other: exit 4, not silence."""
    body = "<div>" * 100_000 + PROSE + "</div>" * 100_000
    data = {
        "html": page(body),
        "epub": epub({"c.xhtml": xhtml(body)}),
        "docx": word(body.replace("div", "w:sdt")),
    }[form]
    with pytest.raises((RefusedError, InputError)):
        load(data)


def test_one_huge_paragraph_is_read() -> None:
    """Ten megabytes without a break are not lost, as they are to a parser with its defaults."""
    text = "anticonstitutionnellement " * 410_000
    (paragraph,) = texts(read_html(page(f"<p>{text}</p>"), "x"))
    assert len(paragraph) == len(text) - 1


TRAPS = {
    "links that open notes": "<p><a href='#{n}' id='{n}'>1</a></p>",
    "notes that call each other": "<p id='a{n}'><a href='#b{n}'>1</a> x</p><p id='b{n}'>1 y "
    "<a href='#a{n}'>1</a></p>",
    "open tags": "<p><i><b>x",
    "rows": "<table><tr><td>a<td>b</table>",
    "verse": "<div class='poem'><p>a<p>b</div>",
    "headings": "<h2>I</h2>",
    "breaks": "x<br>",
    "labels": "<p>[{n}] x [1]</p>",
    "entities": "&amp;&lt;&eacute;&bidon;",
    "half tags": "<a <b <c",
    "comments": "<!-- <p> -->",
    "types": "<!DOCTYPE a[a ",
}


@pytest.mark.parametrize("trap", TRAPS)
def test_reading_is_linear(trap: str) -> None:
    """Ten times as much takes about ten times as long, whatever is repeated."""

    def work(count: int) -> None:
        data = page("".join(TRAPS[trap].format(n=n) for n in range(count)) + PROSE)
        with contextlib.suppress(InputError):  # a soup without text is told as such
            read_html(data, "x")

    assert grows_slowly(work, 300, 3_000, times=40)


@pytest.mark.parametrize("start", ["", "<!DOCTYPE html><html><body><p>mot"], ids=["plain", "page"])
@pytest.mark.parametrize("word", ["a", "1", "a.", "l'", "a-", "a@", " "])
def test_a_word_without_end_is_read_in_linear_time(word: str, start: str) -> None:
    """No pattern tries a long word, or a long blank, from each of its letters to its end."""

    def work(count: int) -> None:
        load(f"{start}{word * (count // len(word))} mot".encode())

    assert grows_slowly(work, 2_000, 20_000, times=40)


@pytest.mark.parametrize("end", ["!-", " \ufffe", "- ", " \ufffea"])
def test_a_cut_word_is_sought_from_its_first_letter(end: str) -> None:
    """Where what follows a run of letters is no cut, the next letter is not tried as well."""

    def work(count: int) -> None:
        line = Line(1, 0, "a" * count + end)
        join((line, line), lexis((line, line)))

    assert grows_slowly(work, 5_000, 50_000, times=40)


@pytest.mark.parametrize("sign", ["a", "+"])
def test_a_run_beside_an_underscore_is_looked_at_once(sign: str) -> None:
    """A name is sought from where it may begin, not from each of its signs."""

    def work(count: int) -> None:
        italic_marks(f"_oui_ {sign * count}")

    assert grows_slowly(work, 5_000, 50_000, times=40)


WHOLE = sorted(LETTERS.glob("*.*"))


@pytest.mark.parametrize("path", [p for p in WHOLE if p.suffix != ".md"], ids=lambda p: p.name)
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_damaged_files_give_one_line(path: Path, data: st.DataObject) -> None:
    """Bytes changed or cut anywhere: a book, or an error of ours; never a traceback."""
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.one_of(st.none(), st.integers(0, len(content))))
    told = path.name
    try:
        load(bytes(content[:cut]), path.name)
    except (InputError, RefusedError) as error:
        told = str(error)
    assert told.startswith(path.name)
    assert "\n" not in told


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<h1>", "<h2 id=a>", "</h2>", "<a href='#a'>", "1", "</a>", "<sup>",
             "mot ", "[1]", "<div class=footnote id=b>", "</div>", "<table><tr><td>", "</table>",
             "<br>", "Notes", "<li>", "<pre>", "</pre>", "<ol>", "\n", "<hr>", "<a href='#b'>",
             "<div class=poem>", "&eacute;"]
        ),
        max_size=60,
    )
)  # fmt: skip
def test_any_soup_of_tags_is_read_or_told(pieces: list[str]) -> None:
    """Whatever order tags come in, every word is in the text, in a note, or told as left out."""
    words = [f"mot{n} " if piece == "mot " else piece for n, piece in enumerate(pieces)]
    try:
        book = read_html(page("".join(words)), "x")
    except InputError as error:
        assert "no text" in str(error)  # noqa: PT017 (no error is as good)
        return
    found = " ".join([*texts(book), *(note.text for note in book.notes)])
    found += " ".join(chapter.title or "" for chapter in book.chapters) + (book.info.title or "")
    found += " ".join(diagnostic.message for diagnostic in book.diagnostics)
    heads = (book.notes_heading or "") + " ".join(p.text for p in book.notes_preamble)
    assert all(word.strip() in found + heads for word in words if word.startswith("mot"))


def test_a_large_book_is_read_in_bounded_memory() -> None:
    """Each page is parsed, walked and let go: memory follows the text, not the tree."""
    chapter = xhtml("<h1>Chapitre</h1>" + f"<p>{PROSE}</p>" * 300)
    data = epub({f"c{n}.xhtml": chapter.replace("Chapitre", f"Chapitre {n}") for n in range(8)})
    tracemalloc.start()
    try:
        book = load(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    size = sum(map(len, texts(book)))
    assert size == 8 * 300 * len(PROSE)
    assert peak < 40 * size


@pytest.mark.parametrize(
    ("data", "told", "error"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word 97", InputError),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
            RefusedError,
        ),
        (archive({"a.txt": "x"}), "no book", InputError),
        (archive({}), "no book", InputError),
        (b"PK\x03\x04 and no more", "damaged", InputError),
        (b"%PDF-1.7\nnothing", "damaged PDF", InputError),
        (b"<html><body></body></html>", "no text", InputError),
        (b"<!DOCTYPE html><script>var a</script>", "no text", InputError),
        (word("").replace(b"word/document.xml", b"word/documenx.xml"), "damaged", InputError),
        (archive({"META-INF/container.xml": CONTAINER}), "package", InputError),
    ],
    ids=["old Word", "locked Word", "ZIP", "empty ZIP", "torn ZIP", "torn PDF", "empty page",
         "scripts alone", "DOCX without text", "EPUB without package"],
)  # fmt: skip
def test_what_can_not_be_read_says_why(
    data: bytes, told: str, error: type[InputError | RefusedError], tmp_path: Path
) -> None:
    """One line with the file's name, what is wrong and what to do."""
    path = tmp_path / "livre"
    path.write_bytes(data)
    with pytest.raises(error, match=told) as caught:
        read(path)
    assert str(caught.value).startswith(str(path))
    assert caught.value.advice


def test_a_pdf_that_refers_to_itself_ends() -> None:
    """Pages that are their own parents: an error or a book, not a loop."""
    data = pdf([[(72, 700, 12, PROSE[:60])]])
    looped = data.replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")
    with pytest.raises(InputError):
        load(looped)


@pytest.mark.parametrize("name", ["undefined", "idna", "punycode", "rot13", "hex", "utf-7", "mbcs"])
def test_only_charsets_of_texts_are_taken_at_their_word(name: str) -> None:
    """What Python calls a codec and nobody a charset is no declaration: the bytes decide."""
    head = f"<head><meta charset={name}></head>"
    read_back = load(f"<html>{head}<body><p>{PROSE} Été.</p></body></html>".encode())
    assert texts(read_back) == [f"{PROSE} Été."]


def test_an_element_of_attributes_without_number_is_refused() -> None:
    """The parser takes time with the square of them: 50,000 take a quarter of a minute."""
    many = " ".join(f"a{number}='{number}'" for number in range(50_000))
    with pytest.raises(RefusedError, match="attributes"):
        load(f"<html><body><p {many}>{PROSE}</p></body></html>".encode())
    long = f"<p title='{'mot ' * 20_000}' data-a=\"{'b ' * 20_000}\">{PROSE}</p>"
    assert texts(load(f"<html><body>{long}</body></html>".encode())) == [PROSE]


def test_a_sidecar_that_is_no_file_is_told(tmp_path: Path) -> None:
    """A pipe beside a text would be waited for until somebody writes into it."""
    text = tmp_path / "livre.txt"
    text.write_text(PROSE)
    os.mkfifo(tmp_path / "livre.toml")
    with pytest.raises(InputError, match=r"livre.toml: it is no file"):
        read_sidecar(text)


@pytest.mark.parametrize("place", ["pipe", "device"])
def test_a_lexicon_that_never_ends_is_told(tmp_path: Path, place: str) -> None:
    """Neither waited for, nor read until memory is full."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    with pytest.raises(InputError, match="it is no file"):
        read_lexicon(tmp_path / place)


def test_a_lexicon_that_is_refused_is_named(tmp_path: Path) -> None:
    """Several may be given: which one declares a document type stands in the message."""
    (tmp_path / "noms.pls").write_text("<!DOCTYPE lexicon SYSTEM 'x.dtd'><lexicon/>")
    with pytest.raises(RefusedError, match=r"noms\.pls: The lexicon declares"):
        read_lexicon(tmp_path / "noms.pls")


def test_a_key_without_end_is_told_by_its_ends(tmp_path: Path) -> None:
    """One line is one that can be read: what to do next is on the screen."""
    text = tmp_path / "livre.txt"
    text.write_text(PROSE)
    (tmp_path / "livre.toml").write_text(f"{'cle' * 100_000} = 1\n")
    with pytest.raises(InputError) as caught:
        read_sidecar(text)
    assert len(str(caught.value)) < 3_000
    assert "[…]" in str(caught.value)
