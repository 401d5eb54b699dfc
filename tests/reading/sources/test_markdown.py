"""Markdown: CommonMark, front matter, footnotes, and what pandoc writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from forms import PROSE, kinds, references, texts, titles
from hautevoix.errors import InputError
from hautevoix.reading.sources.markdown import read_markdown
from hautevoix.reading.sources.signs import is_markdown

if TYPE_CHECKING:
    from hautevoix.model import Book


def book(text: str) -> Book:
    """Read Markdown."""
    return read_markdown(text.encode(), "livre.md")


@pytest.mark.parametrize(
    "front",
    [
        '---\ntitle: "Le Livre"\nauthor: Anne Autrice\ndate: 1883-05-02\nlang: fr-FR\n---\n',
        "---\ntitle: 'Le Livre'\nauthor:\n  - Anne Autrice\ndate: 2 mai 1883\n...\n",
        "---\ntitle: Le Livre # pas plus\nauthors: [Anne Autrice]\ndate: 2 mai 1883\n---\n",
        (
            "---\ntitle: >\n  Le\n  Livre\nauthor:\n  - name: Anne Autrice\n    role: x\n"
            "date: 2 mai 1883\n---\n"
        ),
        '+++\ntitle = "Le Livre"\nauthor = "Anne Autrice"\ndate = 1883-05-02\n+++\n',
        "% Le Livre\n% Anne Autrice\n% 2 mai 1883\n",
    ],
)
def test_front_matter(front: str) -> None:
    """Title, author and date, in whichever of the ways in use; none of it is read aloud."""
    read = book(f"{front}\n# Le départ\n\n{PROSE}\n")
    assert (read.info.title, read.info.author) == ("Le Livre", "Anne Autrice")
    assert (read.info.date, read.info.language) == ("2 mai 1883", "fr")
    assert titles(read) == [(1, "Le départ")]
    assert texts(read) == [PROSE]


@pytest.mark.parametrize(
    ("front", "title"),
    [
        ('title: "Mesurer (ce n’est pas\n  si facile)"', "Mesurer (ce n’est pas si facile)"),
        ("title: Le Vent : ou la Barque # pas plus", "Le Vent : ou la Barque"),
        ("title: Non", "Non"),
        ("title: 1984", "1984"),
        ("title: |\n  Le\n  Vent", "Le Vent"),
        ("output.html: vent.html\ntitle: Le Vent", "Le Vent"),
        ("title: !!python/object:os.system Vent", "Vent"),
    ],
)  # fmt: skip
def test_front_matter_is_yaml_and_its_values_are_text(front: str, title: str) -> None:
    """Titles on two lines, with a colon, or like a number, are what is written."""
    assert book(f"---\n{front}\n---\n\n{PROSE}\n").info.title == title


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ("title: &a x\nauthor: *a", "aliases are not read (line 3)"),
        ("title: [x", "line"),
        ("title: " + "[" * 5000, "nested too deep"),
    ],
)
def test_broken_front_matter_names_its_line(front: str, why: str) -> None:
    """YAML that can't be read, or that multiplies, is an error of one line."""
    with pytest.raises(InputError, match="its front matter is no valid YAML") as raised:
        book(f"---\n{front}\n---\n\n{PROSE}\n")
    assert why in str(raised.value)


def test_a_rule_at_the_head_is_no_front_matter() -> None:
    """A text between two rules is text."""
    assert texts(book(f"---\n{PROSE}\n\n---\n\nFin.\n")) == [PROSE, "Fin."]


def test_the_only_top_heading_is_the_title() -> None:
    """« # Le Pont » over « ## Chapitre » names the book and is no chapter."""
    read = book(f"# Le Pont\n\n## Un\n\n{PROSE}\n\nDeux\n----\n\n{PROSE}\n")
    assert read.info.title == "Le Pont"
    assert titles(read) == [(1, "Un"), (1, "Deux")]


def test_footnotes() -> None:
    """Called, called twice, called by nothing, in the line, of several paragraphs, without text."""
    read = book(
        f"{PROSE}[^1] Suite[^b] et[^1].\n\nIci^[En ligne.] et là[^rien].\n\n"
        "[^1]: La une.\n\n    Sa suite.\n\n[^b]: La *b*.\n\n[^3]: La trois.\n"
    )
    assert texts(read) == [f"{PROSE} Suite et.", "Ici et là."]
    assert sorted((note.label, note.text, note.called) for note in read.notes) == [
        ("1", "La une.\nSa suite.", True),
        ("3", "En ligne.", True),
        ("3", "La trois.", False),
        ("b", "La b.", True),
    ]
    messages = " ".join(diagnostic.message for diagnostic in read.diagnostics)
    assert "called again" in messages
    assert "called nowhere" in messages


def test_what_pandoc_writes() -> None:
    """Attributes, raised text, line blocks and boxes are understood, not spelled out."""
    read = book(
        "# Un {#un .unnumbered}\n\n| Premier vers,\n| second vers\n\nAu XIX^e^ siècle, « [petit]"
        f"{{.smallcaps}} ». {PROSE}\n\n::: epigraph\nExergue.\n:::\n\n# Deux #\n\n\\[2\\] {PROSE}\n"
    )
    assert titles(read) == [(1, "Un"), (1, "Deux")]
    assert ("verse", "Premier vers,\nsecond vers") in kinds(read)
    assert ("epigraph", "Exergue.") in kinds(read)
    assert any(text.startswith("Au XIXe siècle, « petit ».") for text in texts(read))


def test_indents_and_numbers_of_novels() -> None:
    """Four spaces are an indent, not a program; a number at a line's head stays."""
    read = book(f"    {PROSE}\n\n1870. Ce fut la guerre.\n\n2. Puis la paix.\n")
    assert texts(read) == [PROSE, "1870. Ce fut la guerre.", "2. Puis la paix."]


def test_lines_of_the_source_are_kept() -> None:
    """A doubt can name the line; front matter counts."""
    read = book(f"---\ntitle: x\n---\n\n# Un\n\n{PROSE}\n\nFin.\n")
    assert [p.line for p in read.chapters[0].paragraphs] == [7, 9]


def test_what_is_markdown_is_told_by_name_or_by_marks() -> None:
    """One sharp sign does not make a text Markdown."""
    assert is_markdown(b"Rien.", "x.md")
    assert is_markdown(f"# Un\n\n{PROSE}\n\n## Deux\n\n### Trois\n".encode(), "x.txt")
    assert is_markdown(b"---\ntitle: x\n---\n", "-")
    assert not is_markdown(f"# 3 du dossier\n\n{PROSE}".encode(), "x.txt")
    assert not is_markdown(f"{PROSE}\n\n* * *\n\n— Oui, dit-il [1].".encode(), "x")


def test_calls_stand_where_they_were() -> None:
    """The position points between the word and what follows."""
    assert references(book("Le roi[^1] vint.\n\n[^1]: Louis.\n")) == [("1", 6, "Louis.")]


def test_toml_that_is_none() -> None:
    """Exit 3 and one line that names the file."""
    with pytest.raises(InputError, match=r"livre\.md: its front matter is no valid TOML"):
        book("+++\ntitle = Le Livre\n+++\nTexte.\n")


def test_what_is_set_high_or_low() -> None:
    """« H~2~O » and « 10^-3^ » reach the rules of French as what they are."""
    read = book("L'eau H~2~O et le gaz CO~2~ ; 10^-3^ s, mc^2^, XIX^e^, ~ 5 et ~ 6.\n")
    assert texts(read) == ["L'eau H2O et le gaz CO2 ; 10⁻³ s, mc², XIXe, ~ 5 et ~ 6."]


def test_two_hyphens_are_a_dash() -> None:
    """As pandoc has it: two are an en dash, three an em dash; code and rules are left alone."""
    read = book(
        "De 1789--1799, pp. 12--15, et --- dit-il --- `--force`.\n\n---\n\n--- Oui.\n\n-- Non.\n"
    )
    assert texts(read)[0] == "De 1789–1799, pp. 12–15, et — dit-il — --force."
    assert kinds(read)[1:] == [("dialogue", "— Oui."), ("dialogue", "– Non.")]


def test_formulas_are_read_without_their_dollars() -> None:
    """They are told with their line; prices stay prices."""
    read = book(
        "Soit $x^2$ et $n$.\n\nCela coûte 5 $ ou 10 $, ou $5 de plus et $10, \\$x\\$.\n\n"
        "$$\na \\times 10^{-3}\n$$\n\nIci^[Soit $y_1$.].\n"
    )
    assert texts(read) == [
        "Soit x² et n.",
        "Cela coûte 5 $ ou 10 $, ou $5 de plus et $10, $x$.",
        "a × 10⁻³",
        "Ici.",
    ]
    assert read.notes[0].text == "Soit y₁."
    assert [(diagnostic.line, diagnostic.message) for diagnostic in read.diagnostics] == [
        (0, "the formula “y_1” is read as “y₁”"),
        (1, "the formula “x^2” is read as “x²”"),
        (1, "the formula “n” is read as “n”"),
        (5, r"the formula “a \times 10^{-3}” is read as “a × 10⁻³”"),
    ]


def test_many_formulas_are_told_together() -> None:
    """One doubt, not one each."""
    read = book("\n\n".join(f"Soit $x^{number}$." for number in range(2, 9)))
    assert len(read.diagnostics) == 1
    assert "7 formulas" in read.diagnostics[0].message


def test_what_stands_between_two_prices_is_no_formula() -> None:
    """Words between two signs of dollars are left as they are."""
    read = book("Le $prix du dollar$ monte.\n")
    assert texts(read) == ["Le $prix du dollar$ monte."]
    assert not read.diagnostics


def test_a_note_with_a_long_name_is_called_by_its_number() -> None:
    """« [^thiers] » says nothing aloud: call and note bear one label, that listeners hear."""
    read = book(f"# I\n\nUn mot[^thiers]. {PROSE}\n\n[^thiers]: Adolphe.\n")
    assert references(read) == [("1", len("Un mot"), "Adolphe.")]
    assert [note.label for note in read.notes] == ["1"]


def test_a_name_under_the_title_is_the_author_s() -> None:
    """It stands alone, in italics or not, between the title and the first heading."""
    read = book(
        f"# Journal de bord\n\n*Marthe Colin*\n\n## Lundi\n\n{PROSE}\n\n## Mardi\n\n{PROSE}\n"
    )
    assert (read.info.title, read.info.author) == ("Journal de bord", "Marthe Colin")


def test_a_title_page_without_tags() -> None:
    """Bold lines over « **I** », one of which says who wrote it: the title and the author."""
    read = book(
        f"**La nuit de Noël**\n\npar Blaise Mercier\n\n**I**\n\n{PROSE}\n\n**II**\n\n{PROSE}\n"
    )
    assert (read.info.title, read.info.author) == ("La nuit de Noël", "Blaise Mercier")
    assert titles(read) == [(1, "I"), (1, "II")]
