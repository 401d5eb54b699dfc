"""A book's details, publisher to narrator, from files and the sidecar."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from forms import archive, epub, page, para, word, xhtml
from hautevoix.errors import InputError
from hautevoix.model import BookDetails
from hautevoix.reading.base.details import isbn13
from hautevoix.reading.base.sidecar import parse_sidecar
from hautevoix.reading.reader import read_data

if TYPE_CHECKING:
    from pathlib import Path

TOLD = BookDetails(
    publisher="Éditions du Lac",
    series="Les Rivages",
    series_number="2",
    isbn="9782070360024",
    rights="© 2020 Éditions du Lac",
    genre="Roman",
)
PROSE = "Il partit un matin de mai, sans dire adieu à personne, et nul ne le revit."
DUBLIN_CORE = (
    "<dc:title>Le Livre</dc:title><dc:language>fr</dc:language>"
    "<dc:publisher>Éditions du Lac</dc:publisher><dc:rights>© 2020 Éditions du Lac</dc:rights>"
    "<dc:subject>Roman</dc:subject><dc:identifier>urn:uuid:1-2-3</dc:identifier>"
    "<dc:identifier>urn:isbn:978-2-07-036002-4</dc:identifier>"
    '<dc:contributor id="n">Jean Lu</dc:contributor><meta refines="#n" property="role">nrt</meta>'
)
COLLECTION = (
    '<meta property="belongs-to-collection" id="a">Œuvres complètes</meta>'
    '<meta refines="#a" property="collection-type">set</meta>'
    '<meta property="belongs-to-collection" id="b">Les Rivages</meta>'
    '<meta refines="#b" property="collection-type">series</meta>'
    '<meta refines="#b" property="group-position">2</meta>'
)
CALIBRE = (
    '<meta name="calibre:series" content="Les Rivages"/>'
    '<meta name="calibre:series_index" content="2.0"/>'
)
PROPERTIES = {
    "Éditeur": "Éditions du Lac", "Série": "Les Rivages", "Tome": "2", "ISBN": "2-07-036002-4",
    "Droits": "© 2020 Éditions du Lac", "Rédacteur": "PC-12",
}  # fmt: skip


def word_with_properties() -> bytes:
    """Return a Word document whose own properties say it, as Word writes them."""
    custom = "".join(
        f'<property name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>'
        for name, value in PROPERTIES.items()
    )
    core = "<cp xmlns='x'><category>Roman</category></cp>"
    return archive({
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": _document_of(word(para(PROSE))),
        "docProps/core.xml": core,
        "docProps/custom.xml": f"<Properties xmlns='p' xmlns:vt='v'>{custom}</Properties>",
    })  # fmt: skip


def _document_of(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return made.read("word/document.xml")


PAGES = {"a.xhtml": xhtml(f"<p>{PROSE}</p>")}
METAS = {
    "DC.publisher": "Éditions du Lac", "series": "Les Rivages", "series-number": "2",
    "isbn": "9782070360024", "dcterms.rights": "© 2020 Éditions du Lac", "genre": "Roman",
}  # fmt: skip
FILES: dict[str, bytes] = {
    "collection.epub": epub(PAGES, metadata=DUBLIN_CORE + COLLECTION),
    "calibre.epub": epub(PAGES, metadata=DUBLIN_CORE + CALIBRE),
    "livre.docx": word_with_properties(),
    "livre.md": (
        "---\ntitre: Le Livre\néditeur: Éditions du Lac\nsérie: Les Rivages\ntome: 2\n"
        "isbn: 978-2-07-036002-4\ndroits: © 2020 Éditions du Lac\ngenre: Roman\n---\n\n" + PROSE
    ).encode(),
    "livre.html": page(
        f"<p>{PROSE}</p>",
        '<meta charset="utf-8"><title>Le Livre</title>'
        + "".join(f'<meta name="{name}" content="{told}">' for name, told in METAS.items()),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_each_format_tells_the_same(name: str, tmp_path: Path) -> None:
    """By its own names for them, French ones too; who read another recording is not taken over."""
    assert read_data(FILES[name], name, parse_sidecar({}, "x"), tmp_path).info.details == TOLD


def test_the_sidecar_comes_first_and_names_the_narrator(tmp_path: Path) -> None:
    """What it says stands in place of the file's; another series has not the old one's number."""
    table = {"narrator": "Anne  Martin", "series": "Les Îles", "isbn": 9782070368228}
    details = read_data(
        FILES["livre.md"], "livre.md", parse_sidecar(table, "x"), tmp_path
    ).info.details
    assert details == replace(
        TOLD, narrator="Anne Martin", series="Les Îles", series_number="", isbn="9782070368228"
    )


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"isbn": "978-2-07-036002-5"}, "“isbn” is no ISBN: 978-2-07-036002-5"),
        ({"isbn": "12"}, "is no ISBN"),
        ({"series_number": "trois"}, "“series_number” is no place in a series: trois"),
        ({"series_number": True}, "“series_number” must be a number"),
        ({"publisher": ""}, "“publisher” is empty"),
        ({"narator": "Anne"}, "unknown key “narator”"),
    ],
)
def test_what_is_wrong_in_a_sidecar_is_told(told: dict[str, Any], why: str) -> None:
    """A digit mistyped in an ISBN is found by its check digit."""
    with pytest.raises(InputError, match=why):
        parse_sidecar(told, "livre.toml")


def test_any_wrong_digit_of_an_isbn_is_found() -> None:
    """In either form; the right one is thirteen digits, hyphens or not."""
    assert isbn13("2-07-036002-4") == isbn13("9782070360024") == "9782070360024"
    for right in ("9782070360024", "2070360024"):
        for at, digit in enumerate(right):
            for other in set("0123456789") - {digit}:
                assert not isbn13(right[:at] + other + right[at + 1 :])
