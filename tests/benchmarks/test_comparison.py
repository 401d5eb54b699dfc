"""What was said beside what was heard: folded, as words and as sounds."""

from __future__ import annotations

import pytest

from folding import Errors, errors, spoken, together, words
from hautevoix.proofing.phonemes import phonemes


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("vingt-cinq", "25"),
        ("IIe Congrès", "deuxième congrès"),
        ("au 2e Congrès", "au IIe congrès."),
        ("quatre-vingts ans", "80 ans"),
        ("quatre-vingts", "Quatre vingt."),
        ("mille neuf cent dix-sept", "1917"),
        ("soixante-dix mille", "70 000"),
        ("dix-sept heures quarante-cinq", "17h45"),
        ("douze virgule cinq pour cent", "12,5 %"),
        ("Chapitre sept", "Chapitre VII"),
        ("M. Roux", "monsieur Roux"),
        ("Sa sœur, l’œuvre", "sa soeur l'oeuvre"),
        ("Qu'est-ce que c'est ?", "qu’est ce que c’est"),
        ("Camarades, levez-vous !", "camarades levez vous"),
    ],
)
def test_spelling_is_no_error(said: str, heard: str) -> None:
    """Numbers, abbreviations, case, hyphens, apostrophes, ligatures: an ear hears none of them."""
    assert words(spoken(said)) == words(spoken(heard))


@pytest.mark.parametrize(
    ("said", "heard"), [("ses", "ces"), ("Camarades,", "Camarade"), ("vingt", "vent"), ("25", "26")]
)
def test_other_words_are_errors(said: str, heard: str) -> None:
    """Homophones too: which word it was is heard by its neighbours."""
    assert words(spoken(said)) != words(spoken(heard))


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("ses amis ont parlé", "ces amis on parler"),
        ("Camarades,", "Camarade"),
        ("Oui !", "oui"),
        ("brun", "brin"),
        ("l'œuvre", "l’oeuvre"),
        ("des pattes", "des pâtes"),
    ],
)
def test_homophones_sound_alike(said: str, heard: str) -> None:
    """As phonemes they are one, without stress and the bounds of words."""
    assert phonemes(spoken(said)) == phonemes(spoken(heard))


@pytest.mark.parametrize(("said", "heard"), [("deux", "de"), ("vin", "vent"), ("non", "nom de")])
def test_other_sounds_are_heard(said: str, heard: str) -> None:
    """What an ear tells apart stays apart."""
    assert phonemes(spoken(said)) != phonemes(spoken(heard))


def test_an_elided_letter_is_not_spelled_out() -> None:
    """« l'eau » is « lo », not the letter's name before it."""
    assert "".join(phonemes(spoken("L'eau"))) == "lo"


@pytest.mark.parametrize(
    ("said", "heard", "wrong"),
    [
        ([], [], 0),
        (["a"], [], 1),
        ([], ["a", "b"], 2),
        (["a", "b", "c"], ["a", "c"], 1),
        (["a", "b"], ["a", "x", "b", "y"], 2),
    ],
)
def test_errors_are_what_was_changed_missed_or_added(
    said: list[str], heard: list[str], wrong: int
) -> None:
    """By the shortest way; nothing said and nothing heard is right."""
    assert errors(said, heard) == Errors(wrong, len(said))


def test_long_utterances_weigh_more() -> None:
    """A rate of many is that of all their words, not the mean of theirs."""
    assert together([Errors(1, 1), Errors(0, 9)]).rate == pytest.approx(0.1)
    assert together([]).rate == 0
