"""Word documents: styles by any name, notes, fields, lists, tables, text that was taken out."""

from __future__ import annotations

import pytest

from forms import PROSE, kinds, para, references, texts, titles, word
from hautevoix.errors import InputError
from hautevoix.reading.sources.word.document import read_docx

STYLES = (
    '<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Maison"><w:name w:val="Tête maison"/>'
    '<w:basedOn w:val="Titre2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Cit"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Vers"><w:name w:val="Vers"/></w:style>'
    '<w:style w:type="character" w:styleId="Acc"><w:name w:val="Emphasis"/>'
    "<w:rPr><w:i/></w:rPr></w:style>"
)


def run(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_styles_by_their_names() -> None:
    """« Titre 1 », a style based on it, a title, a table of contents, a quotation, verse."""
    book = read_docx(
        word(
            para("Le Livre", "Titre")
            + para("Première partie 3", "TM1")
            + para("Première partie", "Titre1")
            + para("Chapitre 1", "Maison")
            + para(PROSE)
            + para("Cité sans guillemets.", "Cit")
            + para("<w:r><w:t>Un vers,</w:t><w:br/><w:t>un autre</w:t></w:r>", "Vers")
            + para("Chapitre 2", "Titre2")
            + para(PROSE),
            styles=STYLES,
        ),
        "x.docx",
    )
    assert book.info.title == "Le Livre"
    assert titles(book) == [(1, "Première partie"), (2, "Chapitre 1"), (2, "Chapitre 2")]
    assert kinds(book) == [
        ("quote", "Cité sans guillemets."),
        ("verse", "Un vers,\nun autre"),
    ]


def test_headings_by_outline_level_alone() -> None:
    """A paragraph that the outline lists is a heading, whatever its style."""
    level = '<w:outlineLvl w:val="0"/>'
    body = "".join(para(f"Chapitre {n}", more=level) + para(PROSE) for n in (1, 2))
    assert titles(read_docx(word(body), "x")) == [(1, "Chapitre 1"), (1, "Chapitre 2")]


def test_headings_by_their_words_alone() -> None:
    """A document without styles has the chapters that the segmenter finds."""
    body = "".join(
        para(run(f"CHAPITRE {n}", "<w:b/>")) + para("") + para(PROSE) + para(PROSE)
        for n in ("PREMIER", "II", "III")
    )
    book = read_docx(word(body), "x")
    assert titles(book) == [(1, "CHAPITRE PREMIER"), (1, "CHAPITRE II"), (1, "CHAPITRE III")]


def test_notes_are_numbered_as_word_prints_them() -> None:
    """In the order of their calls, not of their identifiers; a mark of one's own is kept."""
    mark = "<w:r><w:footnoteRef/></w:r>"
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    star = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>'
    book = read_docx(
        word(
            para(run("Un") + reference.format(7) + run(" mot") + reference.format(3) + run("."))
            + para(run("Étoile") + star),
            notes=(
                '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
                f'<w:footnote w:id="3">{para(" La seconde.")}{para("Sa suite.")}</w:footnote>'
                f'<w:footnote w:id="4">{para("* L’étoile.")}</w:footnote>'
                f'<w:footnote w:id="7">{para(mark + run(" La première. [N.D.T.]"))}</w:footnote>'
            ),
        ),
        "x",
    )
    assert texts(book) == ["Un mot.", "Étoile"]
    assert references(book) == [
        ("1", 2, "La première."),
        ("2", 6, "La seconde.\nSa suite."),
        ("*", 6, "L’étoile."),
    ]
    assert {note.source for note in book.notes} == {None, "note du traducteur"}


def test_numbers_that_word_prints_are_said() -> None:
    """Lists and headings count although no number stands in the text; bullets are silent."""
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId '
        'w:val="0"/></w:num><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt '
        'w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="2">'
        '<w:abstractNumId w:val="1"/></w:num>'
    )

    def item(number: int) -> str:
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'

    body = (
        para("Le départ", "Titre1", item(1))
        + para(PROSE)
        + para("une pomme", more=item(2))
        + para("Le retour", "Titre1", item(1))
        + para(PROSE)
    )
    book = read_docx(word(body, styles=STYLES, numbering=numbering), "x")
    assert titles(book) == [(1, "I. Le départ"), (1, "II. Le retour")]
    assert kinds(book) == [("list-item", "une pomme")]


def test_what_is_not_shown_is_not_read() -> None:
    """Deletions, hidden text, fields' codes, page numbers; insertions and links are text."""
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    book = read_docx(
        word(
            para(
                "<w:del><w:r><w:delText>ôté</w:delText></w:r></w:del>"
                + run("caché", "<w:vanish/>")
                + f"<w:ins>{run('mis ')}</w:ins><w:hyperlink>{run('lien')}</w:hyperlink>"
                + f"{field.format('begin')}{code.format(' PAGE ')}{field.format('separate')}"
                + f"{run('12')}{field.format('end')}"
                + f"{field.format('begin')}{code.format(' REF x ')}{field.format('separate')}"
                + f"{run(' renvoi')}{field.format('end')}"
            )
        ),
        "x",
    )
    assert texts(book) == ["mis lien renvoi"]


def test_characters_of_word() -> None:
    """Tabs, hyphens, small and raised text come as French reads them."""
    body = para(
        run("XIX") + run("e", '<w:vertAlign w:val="superscript"/>') + "<w:r><w:tab/></w:r>"
        + run("peut") + "<w:r><w:noBreakHyphen/></w:r>" + run("être, 12 m")
        + run("2", '<w:vertAlign w:val="superscript"/>') + "<w:r><w:softHyphen/></w:r>"
        + run(" accent", '<w:rStyle w:val="Acc"/>')
    )  # fmt: skip
    book = read_docx(word(body, styles=STYLES), "x")
    (paragraph,) = book.chapters[0].paragraphs
    assert paragraph.text == "XIXe peut-être, 12 m² accent"
    assert [paragraph.text[a:b].strip() for a, b in paragraph.emphasis] == ["accent"]


def test_a_raised_number_is_a_call_even_without_its_note() -> None:
    """« rivière¹ » whose note is nowhere is told, and not said as a number; « 12 m² » is."""
    high = '<w:vertAlign w:val="superscript"/>'
    body = para(run("Il vit la rivière") + run("1", high) + run(" et 12 m") + run("2", high))
    book = read_docx(word(body), "x")
    assert texts(book) == ["Il vit la rivière et 12 m²"]
    assert [one.code for one in book.diagnostics] == ["call-without-note"]


def test_tables_and_pictures() -> None:
    """A row is a paragraph, a picture its description."""

    def cell(text: str) -> str:
        return f"<w:tc>{para(text)}</w:tc>"

    table = (
        f"<w:tbl><w:tr>{cell('Année')}{cell('Prix')}</w:tr>"
        f"<w:tr>{cell('1870')}{cell('12 fr.')}</w:tr></w:tbl>"
    )
    drawing = "<w:r><w:drawing><docPr descr='Le roi'/></w:drawing></w:r>"
    assert texts(read_docx(word(table + para(drawing)), "x")) == [
        "Année ; Prix",
        "1870 ; 12 fr.",
        "Le roi",
    ]


def test_a_text_box_is_read_once() -> None:
    """Word writes it twice: for new programs and for old ones."""
    box = f"<w:txbxContent>{para('Encadré.')}</w:txbxContent>"
    choice = f"<Choice><w:drawing>{box}</w:drawing></Choice><Fallback>{box}</Fallback>"
    body = para(f"{run('Texte.')}<w:r><AlternateContent>{choice}</AlternateContent></w:r>")
    assert sorted(texts(read_docx(word(body), "x"))) == ["Encadré.", "Texte."]


def test_what_programs_write_is_no_title() -> None:
    """« Document1 » by « python-docx » is neither title nor author."""
    core = "<dc:title>Microsoft Word - Document1</dc:title><dc:creator>python-docx</dc:creator>"
    info = read_docx(word(para(PROSE), core=core), "x").info
    assert (info.title, info.author) == (None, None)
    core = "<dc:title>Le Livre</dc:title><dc:creator>Anne Autrice</dc:creator>"
    info = read_docx(word(para(PROSE), core=core), "x").info
    assert (info.title, info.author) == ("Le Livre", "Anne Autrice")


def test_an_empty_document_is_told() -> None:
    """Exit 3: there is nothing to read."""
    with pytest.raises(InputError, match="no text"):
        read_docx(word(para("")), "x.docx")


def test_a_formula_of_word_is_read_and_told() -> None:
    """What its editor of formulas wrote stands in its place."""
    maths = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    power = (
        f"<m:oMath {maths}><m:r><m:t>E=m</m:t></m:r><m:sSup><m:sSupPr/>"
        "<m:e><m:r><m:t>c</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup>"
        "</m:sSup></m:oMath>"
    )
    root = (
        f"<m:oMath {maths}><m:rad><m:deg><m:r><m:t>3</m:t></m:r></m:deg><m:e><m:d><m:dPr/><m:e>"
        "<m:r><m:t>a+b</m:t></m:r></m:e></m:d></m:e></m:rad></m:oMath>"
    )
    body = para(run("Soit ") + power + run(f", dit-il. {PROSE}")) + para(run("Ou ") + root)
    book = read_docx(word(body), "x.docx")
    assert texts(book) == [f"Soit E = mc², dit-il. {PROSE}", "Ou (a + b) puissance 1/3"]
    assert [diagnostic.message for diagnostic in book.diagnostics][:1] == [
        "the formula “E = mc²” is read as “E = mc²”"
    ]


def test_styles_that_nothing_defines_are_what_their_names_say() -> None:
    """A document without its part of styles keeps its title and headings."""
    book = read_docx(
        word(
            para("Le Livre", "Title")
            + para("par Anne Autrice", "Subtitle")
            + para("I. Le départ", "Heading1")
            + para(PROSE)
            + para("II. Le retour", "Heading1")
            + para(PROSE)
        ),
        "x.docx",
    )
    assert (book.info.title, book.info.author) == ("Le Livre", "Anne Autrice")
    assert titles(book) == [(1, "I. Le départ"), (1, "II. Le retour")]
