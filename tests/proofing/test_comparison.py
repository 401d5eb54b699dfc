"""What was to be said beside what was heard: what counts, and what doesn't."""

from __future__ import annotations

import pytest

from hautevoix.proofing.comparison import compare, names_in

SAID = "Le vingt-cinq octobre, ses amis cherchèrent le chemin de la rivière avec monsieur Roux."


@pytest.mark.parametrize(
    "heard",
    [
        "Le 25 octobre, ces amis cherchaires le chemin de la rivière avec M. Roux.",
        "le vingt cinq octobre ses amis cherchèrent le chemin de la rivière avec monsieur Rou",
        "Le 25 octobre, ses amis cherchèrent le chemin de la rivière avec monsieur Rou.",
        "Le 25 octobre, ses amis cherchaient le chemin de la rivière avec monsieur Roux",
    ],
)
def test_what_sounds_alike_is_right(heard: str) -> None:
    """Figures, homophones, hyphens, abbreviations, a name, a single sound."""
    assert compare(SAID, heard).score < 1


@pytest.mark.parametrize(
    "heard",
    [
        "Le 25 octobre, ses amis le chemin de la rivière avec M. Roux.",
        "Le 25 octobre, ses amis cherchèrent cherchèrent le chemin de la rivière avec M. Roux.",
        "Le 25 octobre, ses amis cherchèrent le chemin.",
        "Nobody knew where the old map had been hidden.",
        "Il pleuvait sur la ville depuis trois jours.",
        "",
    ],
)
def test_a_run_of_other_sounds_is_suspect(heard: str) -> None:
    """A word left out or doubled, an end cut off, another language, another sentence, nothing."""
    assert compare(SAID, heard).score >= 1


def test_of_a_word_or_two_only_another_one_is_suspect() -> None:
    """A listener hears anything in « Note un »: it takes three quarters of its sounds."""
    assert compare("Note un", "Noteun").score < 1
    assert compare("Note un", "Nous ton").score < 1
    assert compare("Note un", "Bonjour").score >= 1


def test_the_difference_is_told_by_words() -> None:
    """On both sides, so that a page can mark it."""
    difference = compare("Chacun chercha le sien parmi les herbes.", "Chacun chercha le chien.")
    assert dict(difference.said)["herbes"]
    assert not dict(difference.said)["chercha"]
    assert dict(difference.heard)["chien"]
    assert not dict(difference.heard)["chacun"]


def test_words_without_sounds_are_right() -> None:
    """Nothing was to be heard of « … »."""
    assert compare("…", "Sous-titres").score == 0


def test_a_name_begins_no_sentence() -> None:
    """A capital at a sentence's start tells nothing, within it does."""
    assert names_in("Puis Marie vint. Elle rit : « Oui ! » et Paul aussi.") == {"marie", "paul"}
