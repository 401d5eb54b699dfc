"""Epigraphs: whose words stand at a chapter's head is told from what somebody answers there."""

from __future__ import annotations

import pytest

from forms import PROSE
from hautevoix.reading import parse_text
from hautevoix.reading.structure.epigraphs import is_attribution


@pytest.mark.parametrize(
    "line",
    [
        "LESSING",
        "(Pascal, Pensées.)",
        "(Ancien proverbe)",
        "— Talleyrand",
        "— Blaise Pascal, Pensées, 72",
        "— J. Verne.",
        "-- Victor Hugo, Les Misérables, livre I",
        "— Proverbe breton",
        "— Mme de Staël",
    ],
)
def test_who_is_named_under_an_epigraph(line: str) -> None:
    """Authors, works and peoples, with a dash, in brackets or in capitals."""
    assert is_attribution(line)


@pytest.mark.parametrize(
    "line",
    [
        "— Entrez donc, dit-elle.",
        "— Oui, Madame.",
        "— Donnez-moi la main",
        "— Qui va là ?",
        "— Paul. Viens vite",
        "— Il est parti",
        "— J’arrive",
        "— Pierre, à table.",
        "— Je ne sais…",
        "— NON !",
        "(Elle riait.)",
        "FEU !",
        "III",
    ],
)
def test_what_somebody_says_names_nobody(line: str) -> None:
    """Answers, orders, questions: dialogue, or prose."""
    assert not is_attribution(line)


def _kinds(head: str) -> list[str]:
    book = parse_text(f"CHAPITRE I\n\n{head}\n\n{PROSE}\n\nCHAPITRE II\n\n{PROSE}\n")
    return [paragraph.kind for paragraph in book.chapters[0].paragraphs][:-1]


@pytest.mark.parametrize(
    "head",
    [
        "Il neigeait.\n\n— Entrez donc, dit-elle.",
        "La nuit tombait.\n\n— Pierre.",
        "— Qui va là ?\n\n— Jeanne Aubry",
        "Une chambre.\n\nMARIE\n\nBonjour à vous.\n\nPIERRE.\n\nAdieu donc.",
    ],
)
def test_a_dialogue_at_a_chapter_s_head_is_no_epigraph(head: str) -> None:
    """The voice of quotations must not speak it."""
    assert "epigraph" not in _kinds(head)


def test_a_guess_is_told() -> None:
    """A line in capitals under a short one may be a sign on a door; quotation marks settle it."""
    assert _kinds("Il lut l'enseigne.\n\nHÔTEL DE LA GARE") == ["epigraph", "epigraph"]
    text = f"CHAPITRE I\n\n{{}}\n\nLESSING.\n\n{PROSE}\n\nCHAPITRE II\n\n{PROSE}\n"
    (diagnostic,) = parse_text(text.format("Paressons en toutes choses.")).diagnostics
    assert (diagnostic.line, "LESSING" in diagnostic.message) == (3, True)
    assert not parse_text(text.format("« Paressons en toutes choses. »")).diagnostics


def test_many_guesses_are_told_together() -> None:
    """One doubt for a book whose every chapter has one."""
    chapters = [
        f"CHAPITRE {n}\n\nParessons donc.\n\nLESSING {n}.\n\n{PROSE}\n" for n in range(1, 8)
    ]
    (diagnostic,) = parse_text("\n".join(chapters)).diagnostics
    assert "7 epigraphs are a guess" in diagnostic.message
