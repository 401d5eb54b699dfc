"""Units put together: « kg·m⁻³ », « Mbit/s », « J/(kg·K) »; prefixes, powers and quotients.

Prefixes and units of the International System (Bureau international des poids et mesures, Le
Système international d'unités, 9e édition, tables 2, 4, 7 and 8), with those of computers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.numbers import cardinal
from hautevoix.french.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIXES = {
    "": "", "k": "kilo", "M": "méga", "G": "giga", "T": "téra", "P": "péta", "m": "milli",
    "μ": "micro", "n": "nano", "p": "pico", "f": "femto", "c": "centi", "d": "déci", "h": "hecto",
    "da": "déca",
}  # fmt: skip
_SCALED = {
    "m": "mètre", "g": "gramme", "s": "seconde", "A": "ampère", "K": "kelvin", "mol": "mole",
    "cd": "candela", "Hz": "hertz", "N": "newton", "Pa": "pascal", "J": "joule", "W": "watt",
    "C": "coulomb", "V": "volt", "F": "farad", "Ω": "ohm", "S": "siemens", "Wb": "weber",
    "T": "tesla", "H": "henry", "lm": "lumen", "lx": "lux", "Bq": "becquerel", "Gy": "gray",
    "Sv": "sievert", "l": "litre", "L": "litre", "eV": "électronvolt", "bar": "bar", "t": "tonne",
    "Wh": "wattheure", "cal": "calorie", "o": "octet", "B": "octet", "bit": "bit", "b": "bit",
    "bps": "bit par seconde", "Wc": "watt-crête", "VA": "voltampère", "px": "pixel", "pc": "parsec",
    "at": "atome", "dB": "décibel", "kat": "katal", "M": "mole par litre",
}  # fmt: skip
_PLAIN = {
    "min": "minute", "h": "heure", "j": "jour", "an": "an", "ha": "hectare", "a": "are",
    "u": "unité de masse atomique", "rad": "radian", "sr": "stéradian", "tr": "tour",
    "°C": "degré Celsius",
    "°": "degré", "°F": "degré Fahrenheit", "d": "jour", "Å": "angström",
    "UA": "unité astronomique", "ua": "unité astronomique",
    "al": "année-lumière", "dpt": "dioptrie", "Ko": "kilooctet", "KB": "kilooctet",
    "Kb": "kilobit", "Kbit": "kilobit",
    "Mio": "mébioctet", "Gio": "gibioctet", "Kio": "kibioctet", "Tio": "tébioctet", "px": "pixel",
    "dBm": "décibel-milliwatt", "mmHg": "millimètre de mercure", "hab": "habitant",
    "UI": "unité internationale",
    "ppm": "partie par million", "ppb": "partie par milliard", "cl": "centilitre", "kn": "nœud",
    "pb": "paire de bases",
}  # fmt: skip
_FEMININE = frozenset(
    (
        "s",
        "mol",
        "cd",
        "t",
        "cal",
        "min",
        "h",
        "u",
        "UA",
        "ua",
        "al",
        "dpt",
        "UI",
        "ppm",
        "ppb",
        "M",
    )
)
_UNCHANGED = ("hertz", "siemens", "lux")


def _atoms() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for symbol, name in _PLAIN.items():
        found[symbol] = Unit(name, _plural(name), symbol in _FEMININE)
    for symbol, name in _SCALED.items():
        for prefix, said in _PREFIXES.items():
            whole = said + name
            found.setdefault(prefix + symbol, Unit(whole, _plural(whole), symbol in _FEMININE))
    return found


def _plural(name: str) -> str:
    head, space, rest = name.partition(" ")
    return name if head.endswith(_UNCHANGED) else f"{head}s{space}{rest}"


ATOMS = _atoms()
"""Symbol → unit, with every prefix; what several could mean is the commoner."""

_RAISED_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_ATOM = "(?:" + "|".join(map(re.escape, sorted(ATOMS, key=lambda s: (-len(s), s)))) + ")"
_EXPONENT = r"(?:⁻?[¹²³⁴⁶]|\^-?[1-4]|-[1-4](?!\d))?"
_TERM = rf"{_ATOM}{_EXPONENT}"
_GROUP = rf"\({_TERM}(?:[·.⋅∙× ]{_TERM}){{1,3}}\)"
COMPOUND = (
    rf"{_TERM}(?:(?:[·.⋅∙/]|(?<=[⁻¹²³⁴]) | (?={_ATOM}(?:⁻|-\d|\^-))){_TERM}|/{_GROUP}){{1,4}}"
)
"""A pattern for two units or more."""
SINGLE = _TERM
"""A pattern for one unit, with its power."""
_PARSE = re.compile(rf"(?P<sign>[·.⋅∙×/ ()])|(?P<atom>{_ATOM})(?P<e>{_EXPONENT})")


def unit_words(written: str, *, many: bool) -> str:
    """Return how a unit is said, however it is put together.

    >>> unit_words("kg·m⁻³", many=True), unit_words("m/s²", many=True)
    ('kilogrammes par mètre cube', 'mètres par seconde carrée')
    >>> unit_words("J/(kg·K)", many=False), unit_words("N·m", many=True)
    ('joule par kilogramme et par kelvin', 'newtons mètres')
    """
    words: list[str] = []
    divided = False
    for atom, exponent in _factors(written):
        unit = ATOMS[atom]
        if exponent > 0:
            words.append(_powered(unit, exponent, many=many and not divided))
            continue
        # « mg/kg/j » is said as it is written, « J·kg⁻¹·K⁻¹ » has its « et »
        again = divided and written.count("/") <= 1
        words.append(f"{'et ' * again}par {_powered(unit, -exponent, many=False)}")
        divided = True
    return " ".join(words)


def _factors(written: str) -> Iterator[tuple[str, int]]:
    """Yield each unit with its exponent, which is negative after a slash: « m/s » is m¹ s⁻¹."""
    below = grouped = False
    for match in _PARSE.finditer(written):
        sign = match["sign"]
        if sign:
            grouped = sign == "(" or (grouped and sign != ")")
            below = sign == "/" or (below and grouped)
        else:
            exponent = int(match["e"].lstrip("^").translate(_RAISED_DIGITS) or "1")
            yield match["atom"], -exponent if below else exponent


def feminine(written: str) -> bool:
    """Tell whether the first unit of a compound is feminine: « une tonne par hectare »."""
    return ATOMS[next(_factors(written))[0]].feminine


def _powered(unit: Unit, exponent: int, *, many: bool) -> str:
    name = unit.many if many else unit.one
    if exponent == 1:
        return name
    if exponent not in _POWERS:
        return f"{name} puissance {cardinal(exponent)}"
    agreed = "e" * (unit.feminine and _POWERS[exponent] == "carré") + "s" * many
    return f"{name} {_POWERS[exponent]}{agreed}"


_POWERS = {2: "carré", 3: "cube"}


LONE = frozenset(
    """
bit kbit Mbit Gbit Tbit kb Mb Gb kB MB GB TB kbps Mbps Gbps Kio Mio Gio Tio Po Kbit
μm μs ns ps fs μA kA nA mT μT nT MPa GPa Bq kBq MBq GBq TBq Sv mSv μSv Gy mGy mN kN MN daN
eV keV MeV GeV TeV MJ GJ mJ TJ lm lx mol mmol μmol nmol pmol kmol μF nF pF mF kΩ MΩ mΩ mH μH nH
Wc kWc MWc VA kVA MVA mW μW TW kcal Wb rad mrad sr dpt Å ppm ppb kat UA ua kpc Mpc dBm mC μC nC
μL pg ng fg Mt GT THz mHz nHz mV μV MV kat mK μK cd hL kt
""".split()
)
"""Units with their prefixes that stand for nothing else after a number."""
