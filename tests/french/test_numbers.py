"""Numbers in words: agreement, regions, sizes; and an independent parser that reads them back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from text_to_num import text2num

from hautevoix.french import Counting, cardinal, decimal, ordinal, roman_value


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "zéro"),
        (1, "un"),
        (17, "dix-sept"),
        (21, "vingt et un"),
        (70, "soixante-dix"),
        (71, "soixante et onze"),
        (80, "quatre-vingts"),
        (81, "quatre-vingt-un"),
        (91, "quatre-vingt-onze"),
        (100, "cent"),
        (101, "cent un"),
        (200, "deux cents"),
        (201, "deux cent un"),
        (280, "deux cent quatre-vingts"),
        (1000, "mille"),
        (1917, "mille neuf cent dix-sept"),
        (80_000, "quatre-vingt mille"),
        (200_000, "deux cent mille"),
        (1_000_000, "un million"),
        (80_000_000, "quatre-vingts millions"),
        (200_000_000_000, "deux cents milliards"),
        (10**12, "un billion"),
        (-5, "moins cinq"),
    ],
)
def test_cardinals_agree_as_a_teacher_asks(n: int, words: str) -> None:
    """« vingt » and « cent » take their s, « mille » never, hyphens stand below a hundred."""
    assert cardinal(n) == words


def test_a_rank_agrees_with_nothing() -> None:
    """« page quatre-vingt », « l'an mille neuf cent »: a rank takes no s."""
    assert [cardinal(n, rank=True) for n in (80, 200, 1900)] == [
        "quatre-vingt",
        "deux cent",
        "mille neuf cent",
    ]


def test_only_what_ends_in_one_has_a_feminine() -> None:
    """« vingt et une », « quatre-vingt-une », but « soixante et onze » and « mille »."""
    assert [cardinal(n, feminine=True) for n in (1, 21, 71, 81, 91, 101, 21_000, 1001)] == [
        "une",
        "vingt et une",
        "soixante et onze",
        "quatre-vingt-une",
        "quatre-vingt-onze",
        "cent une",
        "vingt et un mille",
        "mille une",
    ]


def test_belgians_and_swiss_count_their_own_way() -> None:
    """Septante and nonante in both, huitante in Switzerland alone."""
    numbers = (70, 71, 77, 80, 81, 90, 91, 99)
    assert ", ".join(cardinal(n, counting=Counting.BELGIUM) for n in numbers) == (
        "septante, septante et un, septante-sept, quatre-vingts, quatre-vingt-un, nonante, "
        "nonante et un, nonante-neuf"
    )
    assert ", ".join(cardinal(n, counting=Counting.SWITZERLAND) for n in numbers) == (
        "septante, septante et un, septante-sept, huitante, huitante et un, nonante, "
        "nonante et un, nonante-neuf"
    )


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "premier"),
        (2, "deuxième"),
        (4, "quatrième"),
        (5, "cinquième"),
        (9, "neuvième"),
        (21, "vingt et unième"),
        (71, "soixante et onzième"),
        (80, "quatre-vingtième"),
        (81, "quatre-vingt-unième"),
        (100, "centième"),
        (200, "deux centième"),
        (1000, "millième"),
        (1001, "mille unième"),
        (1_000_000, "millionième"),
        (2_000_000, "deux millionième"),
        (200_000_000, "deux cent millionième"),
        (10**9, "milliardième"),
    ],
)
def test_ordinals(n: int, words: str) -> None:
    """An ordinal loses every s and mute e before « -ième »."""
    assert ordinal(n) == words


def test_the_first_alone_has_two_genders() -> None:
    """« première », but « deuxième » for both."""
    assert ordinal(1, feminine=True) == "première"
    assert ordinal(2, feminine=True) == "deuxième"


@given(st.one_of(st.integers(0, 100_000), st.integers(0, 999_999_999_999)))
def test_an_independent_parser_reads_cardinals_back(n: int) -> None:
    """text2num, which is not ours, finds the number in our words."""
    assert text2num(cardinal(n), "fr") == n


@given(st.integers(0, 100_000), st.sampled_from([Counting.BELGIUM, Counting.SWITZERLAND]))
def test_an_independent_parser_reads_regional_cardinals_back(n: int, counting: Counting) -> None:
    """The same for septante, huitante and nonante."""
    assert text2num(cardinal(n, counting=counting), "fr") == n


@given(st.integers(0, 100_000))
def test_a_feminine_differs_by_one_letter_at_most(n: int) -> None:
    """The feminine is the masculine, with « une » for a final « un »."""
    masculine, feminine = cardinal(n), cardinal(n, feminine=True)
    assert feminine == masculine + "e" * (masculine.split("-")[-1].split()[-1] == "un")


@given(st.integers(2, 100_000))
def test_an_ordinal_is_its_cardinal_with_an_ending(n: int) -> None:
    """Without « -ième », an ordinal is its cardinal up to the letters that must change."""
    stem = ordinal(n).removesuffix("ième").removesuffix("u").removesuffix("v")
    assert cardinal(n, rank=True).startswith(stem.removesuffix("n") if stem[-1] == "n" else stem)


_SCALES = ("billion", "billiard", "trillion", "trilliard", "quadrillion")


@given(st.integers(0, 2**64))
def test_numbers_of_64_bits_are_the_sum_of_their_parts(n: int) -> None:
    """Beyond what the parser knows, each group of three digits is read back with its scale."""
    words = cardinal(n)
    total = 0
    for power, name in reversed(list(enumerate(_SCALES, start=4))):
        head, found, rest = words.partition(f" {name}")
        if found:
            total += text2num(head, "fr") * 1000**power
            words = rest.removeprefix("s").strip()
    assert total + (text2num(words, "fr") if words else 0) == n


def test_what_has_no_name_is_told_by_its_digits() -> None:
    """A number of a thousand digits is read digit by digit, in linear time."""
    assert cardinal(10**1000).split() == ["un", *["zéro"] * 1000]


@pytest.mark.parametrize(
    ("whole", "fraction", "words"),
    [
        ("3", "14", "trois virgule quatorze"),
        ("0", "05", "zéro virgule zéro cinq"),
        ("0", "001", "zéro virgule zéro zéro un"),
        ("2", "0", "deux virgule zéro"),
        ("3", "1416", "trois virgule un quatre un six"),
    ],
)
def test_decimals(whole: str, fraction: str, words: str) -> None:
    """Zeros after the comma are told one by one, then up to three digits at once."""
    assert decimal(whole, fraction) == words


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("I", 1),
        ("iv", 4),
        ("XIV", 14),
        ("XIIII", 14),
        ("xviij", 18),
        ("XCIX", 99),
        ("MDCCLXXXIX", 1789),
        ("MCMXCIX", 1999),
        ("IIX", None),
        ("VIL", None),
        ("ABC", None),
        ("", None),
    ],
)
def test_roman_numerals(numeral: str, value: int | None) -> None:
    """Standard and old printed forms have a value; strings that only look Roman have none."""
    assert roman_value(numeral) == value


@given(st.integers(1, 3999))
def test_every_roman_numeral_is_read_back(n: int) -> None:
    """A numeral written by the standard rules has its value."""
    steps = [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
        (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]  # fmt: skip
    rest, numeral = n, ""
    for value, letters in steps:
        numeral += letters * (rest // value)
        rest %= value
    assert roman_value(numeral) == n
