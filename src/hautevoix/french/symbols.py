"""Units put together: « kg·m⁻³ », « Mbit/s », « J/(kg·K) »; prefixes, powers and quotients.

Prefixes and units of the International System (Bureau international des poids et mesures, Le
Système international d'unités, 9e édition, tables 2, 4, 7 and 8), with those of computers.
"""

from __future__ import annotations

import re

from hautevoix.french.units import MEASURES, Unit

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
    "u": "unité de masse atomique", "rad": "radian", "sr": "stéradian", "tr": "tour", "°C": "degré Celsius",
    "°": "degré", "°F": "degré Fahrenheit", "d": "jour", "Å": "angström", "UA": "unité astronomique", "ua": "unité astronomique",
    "al": "année-lumière", "dpt": "dioptrie", "Ko": "kilooctet", "KB": "kilooctet", "Kb": "kilobit", "Kbit": "kilobit",
    "Mio": "mébioctet", "Gio": "gibioctet", "Kio": "kibioctet", "Tio": "tébioctet", "px": "pixel",
    "dBm": "décibel-milliwatt", "mmHg": "millimètre de mercure", "hab": "habitant", "UI": "unité internationale",
    "ppm": "partie par million", "ppb": "partie par milliard", "cl": "centilitre", "kn": "nœud",
}  # fmt: skip
_FEMININE = frozenset(("s", "mol", "cd", "t", "cal", "min", "h", "u", "UA", "ua", "al", "dpt", "UI", "ppm", "ppb", "M"))
_UNCHANGED = ("hertz", "siemens", "lux")


def _atoms() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for symbol, name in _PLAIN.items():
        found[symbol] = Unit(name, _plural(name), symbol in _FEMININE)
    for symbol, name in _SCALED.items():
        for prefix, said in _PREFIXES.items():
            whole = _joined(said, name)
            found.setdefault(prefix + symbol, Unit(whole, _plural(whole), symbol in _FEMININE))
    return found


def _joined(prefix: str, name: str) -> str:
    if prefix and name[0] in "aeiouéo":
        prefix = {"méga": "méga", "micro": "micro"}.get(prefix, prefix)
    return prefix + name


def _plural(name: str) -> str:
    head, space, rest = name.partition(" ")
    if head.endswith(_UNCHANGED):
        return name
    tail = "s" if rest in ("Celsius",) or not rest else ""
    del tail
    return f"{head}s{space}{rest}"


ATOMS = _atoms()
"""Symbol → unit, with every prefix; what several could mean is the commoner."""

_RAISED_DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_ATOM = "(?:" + "|".join(map(re.escape, sorted(ATOMS, key=lambda s: (-len(s), s)))) + ")"
_EXPONENT = r"(?:⁻?[¹²³⁴⁶]|\^-?[1-4]|-[1-4](?!\d))?"
_TERM = rf"{_ATOM}{_EXPONENT}"
_GROUP = rf"\({_TERM}(?:[·.⋅∙× ]{_TERM}){{1,3}}\)"
COMPOUND = rf"{_TERM}(?:(?:[·.⋅∙/]|(?<=[⁻¹²³⁴]) | (?={_ATOM}(?:⁻|-\d|\^-))){_TERM}|/{_GROUP}){{1,4}}"
"""A pattern for two units or more."""
SINGLE = rf"{_TERM}"
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
    below = grouped = False
    divided = 0
    for match in _PARSE.finditer(written):
        sign = match["sign"]
        if sign:
            grouped = sign == "(" or (grouped and sign != ")")
            below = sign == "/" or (below and grouped)
            continue
        exponent = int(match["e"].lstrip("^").translate(_RAISED_DIGITS) or "1")
        under = below or exponent < 0
        unit = ATOMS[match["atom"]]
        plural = many and not under and (not words or not divided)
        name = _powered(unit, abs(exponent), many=plural)
        if under:
            name = f"{'et ' * (divided > 0 and written.count('/') < 2)}par {name}"  # noqa: PLR2004 - « mg/kg/j »
            divided += 1
        words.append(name)
    return " ".join(words)


def _powered(unit: Unit, exponent: int, *, many: bool) -> str:
    name = unit.many if many else unit.one
    if exponent == 1:
        return name
    if exponent not in (2, 3):
        return f"{name} puissance {({4: 'quatre', 6: 'six'}).get(exponent, exponent)}"
    squared = "carré" if exponent == 2 else "cube"  # noqa: PLR2004 - a square
    return f"{name} {squared}{'e' * (unit.feminine and exponent == 2)}{'s' * many}"  # noqa: PLR2004 - the same


LONE = frozenset(set(ATOMS) - set(MEASURES) - {symbol for symbol in ATOMS if len(symbol) == 1} - frozenset("""
at al an pc px cd da ha mA MA hA dA cA kA TA PA pA nA fA MT mT kT GT TT PT cT dT hT fT nT pT MF mF kF GF dF cF hF nH PH TH MH
mH kH GH dH cH hH fH pH mC kC MC cC dC GC TC PC hC fC nC pC dS kS MS GS TS PS nS pS hS fS mS cS do co ho mo fo po no to
mb cb db hb fb pb nb mM kM MM GM TM PM nM pM cM dM hM fM Pt Tt ft pt nt mt ct ht dt kt hK kK mK MK GK TK PK nK pK cK dK fK
dN hN cN mN nN pN fN MN GN TN PN TB PB mB cB dB hB fB pB nB pin MM mm dag daN cl
""".split()) | frozenset("kA mA mT mF nF pF mH mS μT μF μH μS mC μC nC mK kN MN daN mN mM dB TB PB GT".split()))
"""Units of two characters and more that stand for nothing else after a number."""
