"""Numbers in words, as a French teacher would sign them: traditional hyphens and agreement.

The spelling is that of print before 1990 (« vingt et un », « cent vingt », hyphens below a
hundred only). « vingt » and « cent » take an s when multiplied and last, but not before « mille »
nor when the number is a rank (« page deux cent »): Grevisse, Le Bon Usage, § 599.
"""

from __future__ import annotations

from hautevoix.model.options import Counting as Counting  # noqa: PLC0414 - whoever counts has it from here

_SMALL = (
    "zéro",
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
)
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_REGIONAL_TENS = {
    Counting.FRANCE: _TENS,
    Counting.BELGIUM: _TENS | {7: "septante", 9: "nonante"},
    Counting.SWITZERLAND: _TENS | {7: "septante", 8: "huitante", 9: "nonante"},
}

# The long scale (French decree of 3 May 1961): each is a noun of its own, « deux millions ».
_PREFIXES = ["m", "b", "tr", "quadr", "quint", "sext", "sept", "oct", "non", "déc"]
_SCALE = tuple(f"{prefix}illi{end}" for prefix in _PREFIXES for end in ("on", "ard"))
LARGEST = 1000 ** (len(_SCALE) + 2) - 1
"""The largest number that has a name here; beyond it, digits are told one by one."""


def cardinal(
    n: int, *, feminine: bool = False, rank: bool = False, counting: Counting = Counting.FRANCE
) -> str:
    """Return ``n`` in words; ``rank``: it tells a place, as in « page deux cent », « l'an mille ».

    >>> cardinal(21, feminine=True), cardinal(80_000), cardinal(200), cardinal(200, rank=True)
    ('vingt et une', 'quatre-vingt mille', 'deux cents', 'deux cent')
    >>> cardinal(1_200_071, counting=Counting.SWITZERLAND)
    'un million deux cent mille septante et un'
    """
    if n < 0:
        return f"moins {cardinal(-n, feminine=feminine, rank=rank, counting=counting)}"
    if n > LARGEST:
        return digit_by_digit(_decimal(n))
    if n == 0:
        return "zéro"
    millions, rest = divmod(n, 1_000_000)
    parts = _large(millions, counting)
    thousands, units = divmod(rest, 1000)
    if thousands:
        parts.append("mille" if thousands == 1 else f"{_hundreds(thousands, counting)} mille")
    if units:
        words = _hundreds(units, counting, feminine=feminine)
        parts.append(words if rank else _agree(words, units, counting))
    return " ".join(parts)


def _decimal(n: int) -> str:
    # str() refuses numbers over 4,300 digits, because it is quadratic; here they are cut in halves.
    digits: list[str] = []
    base = 10**1000
    while n:
        n, low = divmod(n, base)
        digits.append(str(low).zfill(1000))
    return "".join(reversed(digits)).lstrip("0")


def _large(millions: int, counting: Counting) -> list[str]:
    parts: list[str] = []
    for name in _SCALE:
        millions, group = divmod(millions, 1000)
        if group:
            words = _agree(_hundreds(group, counting), group, counting)
            parts.insert(0, f"{words} {name}{'s' if group > 1 else ''}")
    return parts


def _agree(words: str, n: int, counting: Counting) -> str:
    """Give « cent » and « vingt » their s where they are multiplied and last."""
    hundreds = n > 100 and n % 100 == 0  # cent
    swiss = counting is Counting.SWITZERLAND
    eighty = n % 100 == 80 and not swiss  # quatre-vingts
    return words + "s" if hundreds or eighty else words


def _hundreds(n: int, counting: Counting, *, feminine: bool = False) -> str:
    """Return 1 to 999 in words, without the s of agreement."""
    hundreds, rest = divmod(n, 100)
    parts = [f"{_SMALL[hundreds]} cent" if hundreds > 1 else "cent"] if hundreds else []
    if rest:
        parts.append(_tens(rest, counting, feminine=feminine))
    return " ".join(parts)


def _tens(n: int, counting: Counting, *, feminine: bool) -> str:
    one = "une" if feminine else "un"
    if n < 20:  # vingt
        return one if n == 1 else _SMALL[n]
    tens, unit = divmod(n, 10)
    names = _REGIONAL_TENS[counting]
    if tens in names:
        return names[tens] + ("" if not unit else f" et {one}" if unit == 1 else f"-{_SMALL[unit]}")
    if tens == 7:  # soixante-dix
        return "soixante et onze" if unit == 1 else f"soixante-{_SMALL[10 + unit]}"
    low = n - 80
    return "quatre-vingt" + ("" if not low else f"-{one if low == 1 else _SMALL[low]}")


def ordinal(n: int, *, feminine: bool = False, counting: Counting = Counting.FRANCE) -> str:
    """Return the rank of ``n`` in words: premier, première, deuxième, ….

    >>> ordinal(1, feminine=True), ordinal(21), ordinal(80), ordinal(200), ordinal(1_000_000)
    ('première', 'vingt et unième', 'quatre-vingtième', 'deux centième', 'millionième')
    """
    if n == 1:
        return "première" if feminine else "premier"
    words = cardinal(n, rank=True, counting=counting)
    if words.startswith("un milli") and " " not in words[3:]:
        words = words[3:]  # « millionième », not « un millionième »
    head, space, last = words.rpartition(" ")
    if last.endswith(_PLURAL_SCALE):  # « deux cent millionième »: a rank agrees with nothing
        head = head.removesuffix("s") if head.endswith(("cents", "vingts")) else head
    tens, hyphen, unit = last.rpartition("-")
    stem = _ORDINAL_STEMS.get(unit) or unit.removesuffix("s").removesuffix("e")
    return f"{head}{space}{tens}{hyphen}{stem}ième"


_PLURAL_SCALE = ("illions", "illiards")
_ORDINAL_STEMS = {"cinq": "cinqu", "neuf": "neuv", "trois": "trois"}


def digit_by_digit(digits: str) -> str:
    """Return each digit's name: « zéro sept ».

    >>> digit_by_digit("1907")
    'un neuf zéro sept'
    """
    return " ".join(_SMALL[int(digit)] for digit in digits)


def decimal(
    whole: str, fraction: str, *, feminine: bool = False, counting: Counting = Counting.FRANCE
) -> str:
    """Return a decimal number: zeros after the comma one by one, then up to three digits at once.

    >>> decimal("3", "14"), decimal("0", "05"), decimal("3", "1416"), decimal("12", "50")
    ('trois virgule quatorze', 'zéro virgule zéro cinq', 'trois virgule un quatre un six', \
'douze virgule cinquante')
    """
    tail = fraction.lstrip("0")
    zeros = ["zéro"] * (len(fraction) - len(tail))
    if len(tail) > 3:  # nobody hears « quatorze mille cent cinquante-neuf » well
        zeros.append(digit_by_digit(tail))
    elif tail:
        zeros.append(cardinal(int(tail), counting=counting))
    return f"{number(whole, feminine=feminine, counting=counting)} virgule {' '.join(zeros)}"


def number(
    digits: str, *, feminine: bool = False, rank: bool = False, counting: Counting = Counting.FRANCE
) -> str:
    """Return a string of ASCII digits in words; digit by digit where it is too long for a name.

    >>> number("007"), number("10000")
    ('zéro zéro sept', 'dix mille')
    """
    if len(digits) > 3 * (len(_SCALE) + 2) or (digits[0] == "0" and len(digits) > 1):
        return digit_by_digit(digits)
    return cardinal(int(digits), feminine=feminine, rank=rank, counting=counting)
