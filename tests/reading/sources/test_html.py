"""HTML as it is found: Gutenberg, Wikisource, Word, LibreOffice, the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms import PROSE, kinds, page, references, texts, titles
from hautevoix.reading.sources.html.page import read_html
from hautevoix.reading.sources.signs import is_html

if TYPE_CHECKING:
    from hautevoix.model import Book


def book(body: str, head: str = "<title>Livre</title>") -> Book:
    """Read a page."""
    return read_html(page(body, head), "livre.html")


def test_gutenberg_of_old() -> None:
    """Title page, table, page numbers and verse of an old conversion."""
    read = book(
        "<h1>CANDIDE<br/>ou<br/>L'OPTIMISME</h1><h3>par Voltaire</h3><h2>TABLE</h2>"
        "<p><a href='#c1'>Chapitre I</a><br/><a href='#c2'>Chapitre II</a><br/>"
        "<a href='#c3'>Chapitre III</a></p>"
        "<h2><a name='c1'></a>CHAPITRE I.</h2><h3>Comment Candide fut élevé.</h3>"
        f"<p>{PROSE}<a name='FN1'></a><a href='#F1' class='fnanchor'>[1]</a> Suite.</p>"
        f"<span class='pagenum'><a name='P12'>[12]</a></span><p>{PROSE}</p>"
        "<h2><a name='c2'></a>CHAPITRE II.</h2>"
        "<div class='poem'><div class='stanza'><span class='i0'>Sur le pont d'Avignon<br/></span>"
        "<span class='i2'>L'on y danse<br/></span></div></div>"
        f"<h2><a name='c3'></a>CHAPITRE III.</h2><p>{PROSE}</p><h2>FIN</h2><h3>NOTES:</h3>"
        "<div class='footnote'><p><a name='F1'></a><a href='#FN1'><span>[1]</span></a>"
        " Note de l'auteur.</p><p>Second paragraphe.</p></div>"
    )
    assert (read.info.title, read.info.author) == ("CANDIDE ou L'OPTIMISME", "Voltaire")
    assert titles(read) == [
        (1, "CHAPITRE I. Comment Candide fut élevé"),
        (1, "CHAPITRE II"),
        (1, "CHAPITRE III"),
    ]
    assert texts(read)[0] == f"{PROSE} Suite."
    assert references(read) == [("1", len(PROSE), "Note de l'auteur.\nSecond paragraphe.")]
    assert ("verse", "Sur le pont d'Avignon\nL'on y danse") in kinds(read)
    assert not any("12" in text for text in texts(read))
    assert read.notes_heading == "NOTES:"


def test_gutenberg_of_today() -> None:
    """A line of verse in a box of its own; a heading over two lines; a signature to the right."""
    read = book(
        "<section class='pg-boilerplate' id='pg-header'>The Project Gutenberg eBook</section>"
        "<div class='chapter'><h2>I<br/><span class='smaller'>LE DÉPART</span></h2>"
        "<p>—Au pont<a id='A1' href='#F1' class='fnanchor'>[1]</a>.</p>"
        "<div class='poetry-container'><div class='poetry'><div class='stanza'>"
        "<div class='verse indent0'>Premier vers,</div><div class='verse indent2'>Second vers</div>"
        "</div><div class='stanza'><div class='verse indent0'>Autre strophe</div></div></div></div>"
        f"</div><div class='chapter'><h2>II<br/><span>LE RETOUR</span></h2><p>{PROSE}</p>"
        "<p class='right'>Victor HUGO.</p></div><div class='footnotes'><h3>NOTES</h3>"
        "<div class='footnote'><p><a id='F1' href='#A1'>[1]</a> Le pont.</p></div></div>"
    )
    assert titles(read) == [(1, "I. LE DÉPART"), (1, "II. LE RETOUR")]
    assert kinds(read) == [
        ("dialogue", "—Au pont."),
        ("verse", "Premier vers,\nSecond vers"),
        ("verse", "Autre strophe"),
        ("signature", "Victor HUGO."),
    ]
    assert references(read) == [("1", 8, "Le pont.")]


def test_wikisource() -> None:
    """Cite marks: arrows and letters that lead back are not read."""
    read = book(
        f"<h2>Chapitre premier</h2><p>{PROSE}<sup id='r1' class='reference'><a href='#n1'>[1]</a>"
        "</sup> et<sup id='r2' class='reference'><a href='#n2'>[2]</a></sup>.</p>"
        f"<h2>Chapitre deux</h2><p>{PROSE}</p><ol class='references'>"
        "<li id='n1'><span class='mw-cite-backlink'><a href='#r1'>↑</a></span> "
        "<span class='reference-text'>Note une.</span></li>"
        "<li id='n2'><span class='mw-cite-backlink'>↑ <a href='#r2'>a</a> <a href='#r3'>b</a>"
        "</span> <span class='reference-text'>Note deux.</span></li></ol>"
    )
    assert [note.text for note in read.notes] == ["Note une.", "Note deux."]
    assert texts(read) == [f"{PROSE} et.", PROSE]
    assert [note.chapter for note in read.notes] == [0, 0]


NOTE_IDIOMS = {
    "ids on paragraphs, under a rule": (
        "<sup><a href='#note1'>1</a></sup>",
        "<hr><p id='note1'>1. La note.</p>",
    ),
    "a list of terms": ("<a href='#n1'>(1)</a>", "<dl><dt id='n1'>(1)</dt><dd>La note.</dd></dl>"),
    "AsciiDoc": (
        "<sup class='footnote'>[<a id='r1' class='footnote' href='#d1'>1</a>]</sup>",
        (
            "<div id='footnotes'><hr><div class='footnote' id='d1'><a href='#r1'>1</a>. "
            "La note.</div></div>"
        ),
    ),
    "Word": (
        "<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span>[1]</span></a>",
        (
            "<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a "
            "href='#_ftnref1' name='_ftn1'><span>[1]</span></a> La note.</p></div>"
        ),
    ),
    "LibreOffice": (
        "<a class='sdfootnoteanc' name='s1anc' href='#s1sym'><sup>1</sup></a>",
        (
            "<div id='sdfootnote1'><p class='sdfootnote'><a class='sdfootnotesym' name='s1sym' "
            "href='#s1anc'>1</a>La note.</p></div>"
        ),
    ),
    "a star": ("<a href='#s'>*</a>", "<p><a id='s'>*</a> La note.</p>"),
    "roles": (
        "<a role='doc-noteref' href='#e'>1</a>",
        (
            "<section role='doc-endnotes'><ol><li id='e'><p>La note. "
            "<a role='doc-backlink' href='#x'>↩︎</a></p></li></ol></section>"
        ),
    ),
    "Unicode superscript": ("<a href='#u'>¹</a>", "<p id='u'>¹ La note.</p>"),
    "a small number with no link": ("<sup>1</sup>", "<h2>Notes</h2><p>1. La note.</p>"),
    "brackets with no link": (" [1]", "<h2>Notes</h2><p>[1] La note.</p>"),
}


@pytest.mark.parametrize("idiom", NOTE_IDIOMS)
def test_notes_as_they_are_marked_in_the_wild(idiom: str) -> None:
    """Call and note are tied, and neither leaves a mark in the text."""
    call, note = NOTE_IDIOMS[idiom]
    read = book(f"<h2>I</h2><p>{PROSE}{call}</p><p>{PROSE}</p><h2>II</h2><p>{PROSE}</p>{note}")
    assert [note.text for note in read.notes] == ["La note."]
    assert references(read)[0][1:] == (len(PROSE), "La note.")
    assert texts(read) == [PROSE, PROSE, PROSE]
    assert titles(read) == [(1, "I"), (1, "II")]


def test_links_that_are_no_calls() -> None:
    """An index, a link to a page, a reference to a chapter stay what they are."""
    read = book(
        f"<h2 id='c1'>I</h2><p><a id='p12'></a>{PROSE}</p><h2 id='c2'>II</h2>"
        "<p>Abbaye, <a href='#p12'>12</a> ; voir le chapitre <a href='#c1'>I</a>.</p>"
    )
    assert not read.notes
    assert texts(read)[-1] == "Abbaye, 12 ; voir le chapitre I."


def test_superscripts_of_french() -> None:
    """Ordinals and titles are words, squares are exponents, none is a call."""
    read = book(
        f"<p>Au XIX<sup>e</sup> siècle, M<sup>me</sup> B. eut 12 m<sup>2</sup>. {PROSE}</p>"
    )
    assert texts(read)[0].startswith("Au XIXe siècle, Mme B. eut 12 m². ")


def test_author_and_title_over_each_other() -> None:
    """Who wrote it stands over what it is called, in headings or in a line of its own."""
    chapters = f"<h2>Livre premier</h2><p>{PROSE}</p><h2>Livre deux</h2><p>{PROSE}</p>"
    head = "<title>Les Misérables</title>"
    read = book(f"<h1>Victor Hugo</h1><h1>Les Misérables</h1>{chapters}", head)
    assert (read.info.title, read.info.author) == ("Les Misérables", "Victor Hugo")
    assert titles(read) == [(1, "Livre premier"), (1, "Livre deux")]
    read = book(
        "<p class='title'>V. I. Lénine</p><h3>Lettre aux membres du Comité central</h3><hr>"
        f"<p>Camarades,</p><p>{PROSE}<sup><a href='#n1'>[1]</a></sup></p><h4>Notes</h4>"
        "<p><a name='n1' href='#b1'>[1]</a> La note.</p>"
    )
    assert read.info.title == "Lettre aux membres du Comité central"
    assert read.info.author == "V. I. Lénine"
    assert titles(read) == [(1, None)]
    assert read.notes_heading == "Notes"


def test_styles_of_indesign() -> None:
    """Headings by class, where no tag is one; notes by their generated classes."""
    read = book(
        f"<p class='Titre1'>Le départ</p><p class='Texte'>{PROSE}<span class='appel-de-note'>"
        "<span id='b1'><a class='_idFootnoteLink' href='#f1'>1</a></span></span></p>"
        f"<p class='Titre1'>Le retour</p><p class='Texte'>{PROSE}</p><section class='_idFootnotes'>"
        "<div id='f1' class='_idFootnote'><p class='Note'><a class='_idFootnoteAnchor' "
        "href='#b1'>1</a>\tLa note.</p></div></section>"
    )
    assert titles(read) == [(1, "Le départ"), (1, "Le retour")]
    assert references(read) == [("1", len(PROSE), "La note.")]


def test_notes_that_start_again_in_each_chapter() -> None:
    """Each call leads to its own note, though labels are the same; both stand in the flow."""
    read = book(
        "".join(
            f"<h2>{n}</h2><p>{PROSE}<a href='#{n}n' id='{n}r'>[1]</a></p><p id='{n}n'>"
            f"<a href='#{n}r'>[1]</a> Note {n}.</p><p>{PROSE}</p>"
            for n in ("I", "II")
        )
    )
    assert [text for *_, text in references(read)] == ["Note I.", "Note II."]
    assert [note.chapter for note in read.notes] == [0, 1]
    assert texts(read) == [PROSE] * 4


def test_kinds_that_markup_says() -> None:
    """Lists, quotations, epigraphs, tables, pictures: each is told, in order."""
    read = book(
        "<h2>I</h2><div class='epigraph'><p>Exergue.</p></div><ul><li>un</li><li><p>deux</p></li>"
        "</ul><ol start=3><li>trois</li></ol><blockquote><p>Cité sans guillemets.</p></blockquote>"
        "<table><tr><th>Année</th><th>Prix</th></tr><tr><td>1870</td><td>12 fr.</td></tr></table>"
        "<img src='http://example.org/x.png' alt='Le roi'><img src='i.png' alt='i.png'>"
        f"<p>{PROSE}</p><h2>II</h2><p>{PROSE}</p>"
    )
    assert kinds(read) == [
        ("epigraph", "Exergue."),
        ("list-item", "un"),
        ("list-item", "deux"),
        ("list-item", "3. trois"),
        ("quote", "Cité sans guillemets."),
        ("paragraph", "Année ; Prix"),
        ("paragraph", "1870 ; 12 fr."),
        ("paragraph", "Le roi"),
    ]


def test_paragraphs_made_by_breaks() -> None:
    """Two breaks part paragraphs, one keeps the lines of a dialogue and of a letter's end."""
    read = book(
        f"{PROSE}<br><br>{PROSE}<br><br>— Bonjour.<br>— Salut.<br><br>"
        "Paris, le 3 mai 1890<br>Jean DUPONT"
    )
    assert texts(read)[:2] == [PROSE, PROSE]
    assert kinds(read) == [
        ("dialogue", "— Bonjour."),
        ("dialogue", "— Salut."),
        ("dateline", "Paris, le 3 mai 1890"),
        ("signature", "Jean DUPONT"),
    ]


def test_a_web_page() -> None:
    """Only its main part is read; its title is the heading, without the site's name."""
    read = book(
        "<header><nav><a href=/>Accueil</a></nav></header><main><article><h1>Discours</h1>"
        f"<p class='byline'>Jean Jaurès</p><p>Citoyens,</p><p>{PROSE}</p><p>{PROSE}</p></article>"
        "</main><footer>Mentions légales</footer><script>var a = 'lu';</script>",
        "<title>Discours - Le site des textes</title><style>p {color: red}</style>",
    )
    assert (read.info.title, read.info.author) == ("Discours", "Jean Jaurès")
    assert texts(read) == ["Citoyens,", PROSE, PROSE]
    assert kinds(read) == [("salutation", "Citoyens,")]


def test_levels_follow_the_headings() -> None:
    """Parts stand above chapters, whatever the numbers of their tags; the title is no chapter."""
    read = book(
        f"<h1>Livre</h1><h2>PREMIÈRE PARTIE</h2><h4>Chapitre 1</h4><p>{PROSE}</p>"
        f"<h4>Chapitre 2</h4><p>{PROSE}</p><h2>SECONDE PARTIE</h2><h4>Chapitre 3</h4><p>{PROSE}</p>"
    )
    assert titles(read) == [
        (1, "PREMIÈRE PARTIE"),
        (2, "Chapitre 1"),
        (2, "Chapitre 2"),
        (1, "SECONDE PARTIE"),
        (2, "Chapitre 3"),
    ]


def test_levels_follow_the_words_where_tags_are_all_the_same() -> None:
    """« Première partie » stands above « Chapitre 1 » though both are h2."""
    read = book(f"<h2>Première partie</h2><h2>Chapitre 1</h2><p>{PROSE}</p><h2>Chapitre 2</h2>x")
    assert titles(read) == [(1, "Première partie"), (2, "Chapitre 1"), (2, "Chapitre 2")]


def test_headings_without_tags_are_found_by_their_words() -> None:
    """A page of paragraphs alone has the chapters that the segmenter finds."""
    read = book("".join(f"<p>CHAPITRE {n}</p><p>{PROSE}</p><p>{PROSE}</p>" for n in ("I", "II")))
    assert titles(read) == [(1, "CHAPITRE I"), (1, "CHAPITRE II")]


def test_paragraphs_cut_by_a_printed_page_are_joined() -> None:
    """The end of a page is no end of a paragraph; the join is told."""
    head, tail = PROSE.split(", et le", 1)
    number = "<span class='pagenum'>12</span>"
    read = book(f"<h2>I</h2><p>{head},</p>{number}<p>et le{tail}</p><h2>II</h2>x")
    assert texts(read)[0] == PROSE
    assert any("page break is joined" in diagnostic.message for diagnostic in read.diagnostics)


def test_a_text_within_pre_is_a_plain_text() -> None:
    """A page that wraps a text file is read as one."""
    lines = PROSE.replace(". ", ".\n\n").replace("lointain, ", "lointain,\n")
    read = book(f"<pre>{lines}</pre>")
    assert texts(read) == PROSE.replace("cheval. ", "cheval.|").split("|")


@pytest.mark.parametrize(
    ("declared", "used"),
    [("utf-8", "utf-8"), ("iso-8859-1", "cp1252"), ("windows-1252", "cp1252"), ("utf-8", "cp1252"),
     ("iso-8859-1", "utf-8"), ("", "utf-16")],
)  # fmt: skip
def test_charsets_are_believed_only_if_they_hold(declared: str, used: str) -> None:
    """A wrong declaration does not spoil the accents."""
    text = f"<html><head><meta charset='{declared}'></head><body><p>{PROSE}</p></body></html>"
    assert texts(read_html(text.encode(used), "x")) == [PROSE]


def test_emphasis_and_the_line_of_each_paragraph_are_kept() -> None:
    """Spans point at the words that are slanted; doubts can name a line."""
    (paragraph, _) = book("<p>Un <i>mot</i> ici.</p>\n<p>x</p>").chapters[0].paragraphs
    assert [paragraph.text[one:two] for one, two in paragraph.emphasis] == ["mot"]
    assert paragraph.line == 1


def test_what_is_html_is_told_from_its_start() -> None:
    """A text that only speaks of a tag is none."""
    assert is_html(b"\xef\xbb\xbf<!-- x -->\n<!DOCTYPE HTML><p>a")
    assert is_html("<html>".encode("utf-16"))
    assert not is_html(b"La balise <p> ouvre un texte.")


def test_a_break_in_mid_sentence_parts_nothing() -> None:
    """One paragraph stays one where a line was broken by hand, except in verse."""
    read = book(
        f"<p>Au bout du chemin<br>il y avait une grange.<br>Personne n'y entrait.</p><p>{PROSE}</p>"
        "<p>la pluie<br>sur les toits<br>sans fin</p>"
    )
    assert texts(read) == [
        "Au bout du chemin il y avait une grange.",
        "Personne n'y entrait.",
        PROSE,
        "la pluie",
        "sur les toits",
        "sans fin",
    ]


def test_a_stanza_that_speaks_is_verse_like_its_neighbours() -> None:
    """Where nearly all is verse, a stanza of short sentences keeps its lines."""
    sung = "<p>Dans la nuit sans étoile où le vent se lamente,<br>Un homme allait, courbé</p>"
    read = book(f"{sung}<p>— Qui passe ?<br>— Le vent.</p>{sung}")
    assert [kind for kind, _ in kinds(read)] == ["verse"] * 3
    assert kinds(read)[1] == ("verse", "— Qui passe ?\n— Le vent.")


def test_an_abbreviation_is_read_as_its_title_says() -> None:
    """Where the title is what its letters stand for; acronyms and mere remarks stay as written."""
    read = book(
        '<p>Au <abbr title="rez-de-chaussée">R.-d.-C.</abbr>, <acronym title="environ">env.'
        '</acronym> dix, <abbr title="Organisation des Nations unies">ONU</abbr>, <abbr '
        'title="Langue : anglais">(en)</abbr>, <abbr title="page(s)">p.</abbr> 12, '
        '<abbr title="Monsieur">M.</abbr> Dupont, <abbr title="hier">demain</abbr>, '
        '<abbr>vs</abbr> lui, au <abbr title="rez-de-chaussée">r.-d.-c.</abbr></p>'
    )
    said = "Au rez-de-chaussée, environ dix, ONU, (en), p. 12, M. Dupont, demain, vs lui"
    assert texts(read) == [f"{said}, au rez-de-chaussée."]


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mi>y</mi>", "x² = y"),
        ("<msup><mi>e</mi><mrow><mi>n</mi><mo>+</mo><mn>1</mn></mrow></msup>", "e puissance n + 1"),
        ("<msub><mi>a</mi><mn>1</mn></msub><mo>&le;</mo><msqrt><mi>b</mi></msqrt>", "a₁ ≤ √b"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a + b)/2"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mo>(</mo><mi>x</mi><mo>)</mo>", "sin (x)"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x₁²"),
        ("<mroot><mi>a</mi><mn>3</mn></mroot>", "a puissance 1/3"),
        ("<munderover><mo>&#8721;</mo><mn>0</mn><mi>n</mi></munderover><mi>i</mi>", "∑ 0 n i"),
        ("<mtable><mtr><mtd>1</mtd></mtr><mtr><mtd>2</mtd></mtr></mtable>", "1; 2"),
        ("<semantics><mi>z</mi><annotation encoding='x-tex'>z_9</annotation></semantics>", "z"),
        ("", "φ"),
    ],
)
def test_a_formula_of_mathml_is_read_and_told(inner: str, said: str) -> None:
    """Nothing is dropped: its signs are written in their place, its TeX where it has no more."""
    read = book(f"<h2>I</h2><p>Soit <math alttext='\\varphi'>{inner}</math>, dit-il. {PROSE}</p>")
    assert texts(read) == [f"Soit {said}, dit-il. {PROSE}"]
    assert [
        diagnostic.message for diagnostic in read.diagnostics if "formula" in diagnostic.message
    ] == [f"the formula “\\varphi” is read as “{said}”"]


def test_a_formula_that_stands_twice_is_read_once() -> None:
    """KaTeX prints MathML for the ear and boxes for the eye; Wikipedia a picture with its TeX."""
    katex = (
        "<span class='katex'><span class='katex-mathml'><math><mi>x</mi></math></span>"
        "<span class='katex-html' aria-hidden='true'>x</span></span>"
    )
    hidden = "<span style='display: none;'><math><mi>y</mi></math></span>"
    wiki = rf"{hidden}<img alt='{{\displaystyle y}}'>"
    read = book(f"<h2>I</h2><p>Soit {katex}, ou {wiki}. {PROSE}</p>")
    assert texts(read) == [f"Soit x, ou y. {PROSE}"]


def test_an_exponent_is_said_and_other_superscripts_stay() -> None:
    """« xⁿ » is a power; « 2e », « n° », « Mlle » are words."""
    raised = "x<sup>n</sup>, 2<sup>n+1</sup>, 2<sup>e</sup>, n<sup>o</sup> 3, M<sup>lle</sup>"
    read = book(f"<h2>I</h2><p>{raised}. {PROSE}</p>")
    assert texts(read) == [f"x puissance n, 2 puissance n+1, 2e, no 3, Mlle. {PROSE}"]


def test_the_frame_of_a_page_of_wikisource_is_not_read() -> None:
    """What MediaWiki prints around a page goes; what the page says of its book is believed."""
    read = book(
        "<div id='contentSub'>La bibliothèque libre.</div><div class='ws-noexport'>"
        "<span id='ws-author'>Louise Arnal</span><span id='ws-title'>Les Ombres</span></div>"
        f"<h2>CHAPITRE I</h2><p>{PROSE}</p><h2>CHAPITRE II</h2><p>{PROSE}</p>"
        "<div id='catlinks'>Catégorie : Romans</div>",
        "<title>Les Ombres/Texte entier - Wikisource</title>",
    )
    assert (read.info.title, read.info.author) == ("Les Ombres", "Louise Arnal")
    assert texts(read) == [PROSE, PROSE]


def test_a_subtitle_marked_as_a_heading_is_no_chapter() -> None:
    """It stands between the title and the first chapter, ranks below both, and has no text."""
    read = book(
        f"<h1>Livre</h1><h3>feuilleton</h3><h2>I</h2><p>{PROSE}</p><h2>II</h2><p>{PROSE}</p>"
    )
    assert titles(read) == [(1, "I"), (1, "II")]


def test_a_rule_parts_what_stands_under_it() -> None:
    """A drawn line and stars change the scene: the paragraph after them says so."""
    read = book(f"<h2>I</h2><p>{PROSE}</p><hr><p>Un.</p><p>* * *</p><p>Deux.</p><p>Trois.</p>")
    parted = [p.text for chapter in read.chapters for p in chapter.paragraphs if p.parted]
    assert parted == ["Un.", "Deux."]
