"""Formulas: raised figures, functions, intervals, powers of ten, and what LaTeX leaves."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_ALL_RAISED = RAISED + "⁺⁻ⁿⁱ"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
_LOWERED_LETTERS = dict(zip("ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "aehijklmnoprstuvx", strict=True))
PLAIN_DIGITS = str.maketrans(
    _ALL_RAISED + _LOWERED + "₊₋", "0123456789" + "+-ni" + "0123456789" + "+-"
)
_GREEK = "α-ωΑ-Ωϑϕϵ"
_FUNCTIONS = {
    "sin": "sinus", "cos": "cosinus", "tan": "tangente", "cot": "cotangente", "ln": "L N",
    "log": "log", "exp": "exponentielle", "arcsin": "arc sinus", "arccos": "arc cosinus",
    "arctan": "arc tangente", "sinh": "sinus hyperbolique", "cosh": "cosinus hyperbolique",
    "tanh": "tangente hyperbolique", "lim": "limite", "min": "minimum", "max": "maximum",
    "det": "déterminant", "dim": "dimension", "card": "cardinal", "pgcd": "P G C D",
    "ppcm": "P P C M",
}  # fmt: skip
_SHORT_WORDS = frozenset("""
an as au ça ce ci de du eu en et il je là la le lu ma me mu ne né ni nu on or os où ou pu sa se si
su ta te tu un us va vu y a à dû
""".split())
_OPERATORS = r"[=+×÷·⋅<>≤≥≠≈±−√∞∑∫∂∈∪∩|^/]"


def power(raised: str, c: Counting) -> str:
    """Return how an exponent is said: « au carré », « puissance moins trois ».

    >>> power("2", Counting.FRANCE), power("-3", Counting.FRANCE), power("n+1", Counting.FRANCE)
    ('au carré', 'puissance moins trois', 'puissance n plus un')
    """
    if raised in ("2", "3"):
        return "au carré" if raised == "2" else "au cube"
    return f"puissance {' '.join(_exponent(raised, c))}"


def _exponent(raised: str, c: Counting) -> list[str]:
    signs = {"-": "moins", "−": "moins", "+": "plus", "/": "sur"}
    pieces = re.findall(r"\d+|[^\W\d_]|[-−+/]", raised)
    return [number(p, counting=c) if p.isdigit() else signs.get(p, p) for p in pieces]


@rule(
    "powers-of-ten",
    r"(?<![\w.])(?P<n>\d{1,9}(?:[.,]\d{1,12})?)[eE](?P<e>[-−+]?\d{1,3})(?![\w.,]\d|\w)",
    why="« 6,02e23 » is « six virgule zéro deux fois dix puissance vingt-trois ».",
    needs=(DIGITS, "eE"),
    starts="0-9",
)
def _powers_of_ten(match: re.Match[str], _: Counting) -> str | None:
    if match["n"].isdigit() and (match["e"][0] == "+" or (len(match["n"]) > 1 and match["e"].isdigit())):
        return None  # « 12E5 » is a name, « 45e+2 » a minute of added time
    exponent = match["e"].replace("+", "").replace("−", "-")
    return f"{match['n'].replace('.', ',')} × 10^{exponent}"


@rule(
    "points-before-ten",
    r"(?<=\d)(?P<x> ?[.·*] ?)(?=10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹^])",
    why="The point between a number and a power of ten is « fois ».",
    needs=".·*",
    hints=("10",),
)
def _points_before_ten(_match: re.Match[str], _: Counting) -> str:
    return " × "


@rule(
    "absolute-values",
    r"\|(?P<in>[^|]{1,24})\|",
    why="« |x| » is « valeur absolue de x ».",
    needs="|",
)
def _absolute_values(match: re.Match[str], _: Counting) -> str | None:
    inside = match["in"].strip()
    return f"valeur absolue de {inside}" if is_formula(inside) and not inside.isdigit() else None


@rule(
    "limits",
    r"(?<=\b[a-zA-Z])(?P<x> ?→ ?)(?=[-+−]?(?:∞|\d))",
    why="« x → 0 » is « x tend vers zéro ».",
    needs="→",
)
def _limits(_match: re.Match[str], _: Counting) -> str:
    return " tend vers "


@rule(
    "congruences",
    r"(?P<sign>≡) ?(?=[^(\[]{1,12}[(\[] ?mod)|(?<=[(\[])mod(?= )|(?P<parallel>(?<=\)) ?// ?(?=\())",
    why="« ≡ 1 (mod 4) » is « congru à un modulo quatre ».",
    needs="≡([/",
    hints=("mod", "//"),
)
def _congruences(match: re.Match[str], _: Counting) -> str:
    if match["parallel"]:
        return " parallèle à "
    return "congru à " if match["sign"] else "modulo"


@rule(
    "function-powers",
    rf"(?<![\w])(?P<f>{'|'.join(_FUNCTIONS)})(?P<n>[{_ALL_RAISED}]{{1,3}}|\^-?\d{{1,2}}) ?(?=[\w({_GREEK}])",
    why="« sin²(x) » is « sinus carré de x ».",
    needs=_ALL_RAISED + "^",
)
def _function_powers(match: re.Match[str], c: Counting) -> str:
    raised = match["n"].lstrip("^").translate(PLAIN_DIGITS)
    said = {"2": "carré", "3": "cube"}.get(raised) or power(raised, c)
    of = "" if match.string[match.end()] == "(" else " de"
    return f"{_FUNCTIONS[match['f']]} {said}{of} ".rstrip() + " " * bool(of)


_INSIDE = rf"[^()]{{0,40}}|[^()]{{0,20}}\([^()]{{0,20}}\)[^()]{{0,20}}"


@rule(
    "functions",
    rf"(?<![\w'’.-])(?P<f>(?:{'|'.join(_FUNCTIONS)})[₀-₉]{{0,3}}|[A-Za-z{_GREEK}][₀-₉]?(?:['′]{{1,2}})?|sinus carré|cosinus carré|tangente carré)"
    rf"\((?P<of>{_INSIDE})\)(?![\w])",
    why="« f(x) » is « f de x ».",
    needs="(",
)
def _functions(match: re.Match[str], c: Counting) -> str | None:
    inside = match["of"].strip()
    if not inside or not is_formula(inside):
        return None
    name = match["f"].rstrip("'′")
    primes = len(match["f"]) - len(name)
    bare = name.rstrip(_LOWERED)
    said = _FUNCTIONS.get(bare, bare) + name[len(bare) :] + ("", " prime", " seconde")[primes]
    joint = ", " if "," in inside or ";" in inside else ""
    several = re.sub(r" ?[;,] ?(?!\d)|(?<=\d)[;,] ", joint or ", ", inside)
    return f"{said} de {several}"


def is_formula(text: str) -> bool:
    """Tell whether a text is made of figures, single letters and signs, with no word in it.

    >>> is_formula("2x − y"), is_formula("7"), is_formula("ou non")
    (True, True, False)
    """
    words = re.findall(r"[^\W\d_]+", text)
    plain = [w for w in words if w not in _FUNCTIONS and not _is_variables(w)]
    return not plain and bool(re.search(r"\w|√|∞", text))


def _is_variables(word: str) -> bool:
    if re.search(f"[{_GREEK}]", word):
        return True
    return len(word) == 1 or (len(word) <= 3 and word not in _SHORT_WORDS and word.isascii()  # noqa: PLR2004
                              and not _VOWEL_INSIDE.search(word))


_VOWEL_INSIDE = re.compile(r"[a-z][aeiou]|[aeiou][a-z]")


@rule(
    "raised",
    rf"(?P<base>\)|\]|\||[{_GREEK}]|(?<![^\W_])(?:[0-9.,]*[0-9])?[a-zA-Z]{{1,3}}|(?<=[{_GREEK}])[a-zA-Z]"
    rf"|(?<=[0-9₀-₉])[a-zA-Z]{{1,2}}|(?<![\d.,])10(?![\d])|[0-9₀-₉%]|[!∂∇])(?:(?P<raised>[{_ALL_RAISED}]+)|\^(?P<plain>[-−+]?\d+|[a-zA-Z](?![\w])|[{{(](?P<in>[\w+−/-]{{1,12}})[}})]))",
    why="A raised figure after what can have a power is one.",
    needs=_ALL_RAISED + "^",
)
def _raised(match: re.Match[str], c: Counting) -> str | None:
    if not _has_a_power(match):
        return None
    raised = match["in"] or (match["plain"] or match["raised"].translate(PLAIN_DIGITS))
    text, end = match.string, match.end()
    base = match["base"]
    if base[-1].isalpha() and len(base) > 1:
        base = re.sub(r"(?<=[^\W\d_])(?=[^\W\d_])", " ", base)
    if base == "10" and raised in ("2", "3") and _TIMES.search(text, max(0, match.start() - 3), match.start()):
        return f"10 puissance {raised}"
    glued = " " if text[end : end + 1].isalnum() or text[end : end + 1] in "(√" else ""
    return f"{base} {power(raised, c)}{glued if text[end:end + 1] else ''}"


_TIMES = re.compile(r"[×x·*] ?$")
_A_YEAR = re.compile(r"(?<![\d,.])(?:1[0-9]|20)\d\d$")
_WORDS_INSIDE = re.compile(r"[(\[|](?P<inside>[^()\[\]]{0,60})[)\]|]$")


def _has_a_power(match: re.Match[str]) -> bool:
    """Tell whether what stands before the raised figure is a term, not a word with a note."""
    base, text, end = match["base"], match.string, match.end("base")
    raised = match["raised"]
    if raised is None or not set(raised) <= set(RAISED):
        return True
    if base in ")]|":
        held = _WORDS_INSIDE.search(text, max(0, end - 64), end)
        return held is not None and is_formula(held["inside"])
    if base.isdigit():
        return not (_A_YEAR.search(text[max(0, end - 5) : end]) and raised not in ("²", "³"))
    letters = base.lstrip("0123456789.,")
    if letters in _LENGTHS and raised in ("²", "³"):
        return False
    if not letters or re.search(f"[{_GREEK}]", base) or letters != base:
        return True
    if letters.isupper() and len(letters) > 1:
        return raised in ("²", "³") and len(letters) == 2  # noqa: PLR2004 - « AB² »
    return _is_variables(letters) and not (letters in ("a", "y") and _after_a_subject(text, end))


_LENGTHS = ("m", "km", "hm", "dam", "dm", "cm", "mm", "μm", "nm", "Km")
"""Units whose square or cube is an area or a volume: « carré », not « au carré »."""


def _after_a_subject(text: str, end: int) -> bool:
    return re.search(r"\b(?:il|elle|on|qui|y|n['’]|l['’]) ?[ay]$", text[max(0, end - 8) : end]) is not None


@rule(
    "intervals",
    r"(?P<led>∈ ?|appartient à |\b[Dd]ans |\b[Ss]ur |\bintervalles? )?(?P<x>[\[\]](?P<a>[-−+]?[\w∞√,./]{1,8}(?: [a-zμ°]{1,2}[A-Z]?)?) ?[;,] ?(?P<b>[-−+]?[\w∞√,./]{1,8}(?: [a-zμ°]{1,2}[A-Z]?)?)[\[\]])(?!\w)",
    why="The ends of an interval are said.",
    needs="[]",
    hints=(";", ","),
)
def _intervals(match: re.Match[str], _: Counting) -> str | None:
    if re.fullmatch(r"\d+, ?\d+", match["x"][1:-1]) and not match["led"]:
        return None  # « [2, 3] » calls two notes
    led = match["led"] or ""
    name = "" if led.startswith("inter") else "l'intervalle "
    return f"{name}{match['a']}, {match['b']}"


@rule(
    "quotients",
    r"(?P<plain>(?<=\d )/(?= \d))|(?<=[\w)] )/(?= [(√])|(?<=\) )/(?= \w)|(?<=[)\]])/(?=[\w(√])|(?<=\w)/(?=[(√])|(?P<a>(?<![\w’'-])(?:\d{0,3}[a-zA-Zα-ωΔΩ]|\d{1,4})[₀-₉]?)(?P<x>/)(?=(?:\d{0,3}[a-zA-Zα-ωΔΩ]|\d{1,4})[₀-₉²³]?(?!\w|/|[.’'-]\w))",
    why="A slash in a formula is « sur ».",
    needs="/",
)
def _quotients(match: re.Match[str], _: Counting) -> str | None:
    text = match.string
    if match["plain"] and not _IN_A_FORMULA.search(text):
        return None
    if match["x"] is None:
        return f"{' ' * (text[match.start() - 1] != ' ')}sur{' ' * (text[match.end()] != ' ')}"
    digits = match["a"].isdigit() and text[match.end() : match.end() + 1].isdigit()
    return " sur " if not digits and _IN_A_FORMULA.search(text) else None


_IN_A_FORMULA = re.compile(r"[πα-ω=≈≤≥√²³×·⋅]|[\w)] ?[+−] ?[\w(]|\b(?:égale|au carré|au cube|puissance|fonction|fraction|rapport|quotient|return)\b")


@rule(
    "products",
    r"(?P<x> ?[·⋅∙] ?)(?=[\w(√])",
    why="A point in a formula is « fois ».",
    needs="·⋅∙",
)
def _products(match: re.Match[str], _: Counting) -> str | None:
    return " fois " if _IN_A_FORMULA.search(match.string) else None


@rule(
    "bounds",
    r"(?P<sign>[∫∑∏])(?P<a>[₀-₉]+|_\{?[\w=]{1,5}\}?)(?P<b>[⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ]+|\^\{?[\w∞+]{1,5}\}?) ?",
    why="The bounds of a sum or an integral are said.",
    needs="∫∑∏",
)
def _bounds(match: re.Match[str], _: Counting) -> str:
    a, b = (match[x].translate(PLAIN_DIGITS).strip("_^{}") for x in "ab")
    return f"{match['sign']} {a} à {b} de "


@rule(
    "factorials",
    r"(?<![\w])(?P<n>\d{1,3}|n|k|p)!(?= ?[=+×/−]|\)| ?$)",
    why="« 5! » is « factorielle cinq ».",
    needs="!",
    hints=("n!", "k!", "!=", "! =", "! ×", "! +", "!/", "!)", "1!", "2!", "3!", "4!", "5!", "6!", "7!", "8!", "9!", "0!"),
)
def _factorials(match: re.Match[str], _: Counting) -> str | None:
    formula = re.search(_OPERATORS, match.string)
    return f"factorielle {match['n']}" if formula else None


@rule(
    "variables",
    rf"(?<=[=+−×(] )(?P<x2>[a-z]{{2}})(?= ?[=+−×)]|$)|(?<![\w'’.-])(?P<n>\d{{1,4}})(?P<x>[a-zA-Z{_GREEK}]{{1,3}})(?![\w'’²³])(?=(?: ?{_OPERATORS}| au (?:carré|cube)| puissance|$| ?[)\],;.]))",
    why="A figure and the letters that it multiplies are said apart: « 2xy ».",
    needs="=+×÷<>≤≥≠≈±−√∈/",
)
def _variables(match: re.Match[str], _: Counting) -> str | None:
    formula = re.search(r"[=+×÷<>≤≥≠≈±−√∈]", match.string)
    letters = match["x"] or match["x2"]
    plain = match["n"] is not None and letters not in _UNITS
    if formula is None or not (_is_variables(letters) or plain) or letters in ("e", "h", "m", "x", "g", "s") and len(letters) > 1:
        return None
    if letters in ("h", "g", "m", "s", "l", "e", "L", "F", "W", "V") and "=" not in match.string:
        return None
    return " " * bool(match["n"]) + " ".join(letters)


_UNITS = frozenset("km cm mm dm hm nm kg mg cg ml cl dl hl min mn ms kW MW GW Wh kV mA Hz Go Mo Ko To ha er re nd nde ème ans h g m s l e".split())


@rule(
    "functions-of",
    rf"(?<![\w'’.-])(?P<x>sin|cos|tan|arcsin|arccos|arctan|ln|exp) (?=\d|[{_GREEK}]|[a-z]\b|√)",
    why="« sin x » is « sinus x ».",
    words=("sin", "cos", "tan", "arcsin", "arccos", "arctan", "ln", "exp"),
)
def _functions_of(match: re.Match[str], _: Counting) -> str:
    return f"{_FUNCTIONS[match['x']]} "


@rule(
    "indices",
    rf"(?P<base>[A-Za-z{_GREEK}])(?P<x>[{_LOWERED}{''.join(_LOWERED_LETTERS)}₊₋]+(?:,[{_LOWERED}]+)*|_(?:\{{(?P<in>[\w,+-]{{1,8}})\}}|(?P<one>[0-9a-z])(?![\w])))",
    why="A lowered figure is said after its letter.",
    needs=_LOWERED + "".join(_LOWERED_LETTERS) + "_",
)
def _indices(match: re.Match[str], c: Counting) -> str:
    written = match["in"] or match["one"] or "".join(
        _LOWERED_LETTERS.get(sign, sign) for sign in match["x"].translate(PLAIN_DIGITS)
    )
    pieces = re.findall(r"\d+|[^\W\d_]|[+-]", written)
    signs = {"+": "plus", "-": "moins"}
    said = [number(p, counting=c) if p.isdigit() else signs.get(p, p) for p in pieces]
    space = " " * match.string[match.end() : match.end() + 1].isalnum()
    return f" {' '.join(said)}{space}"


RULES: tuple[Rule, ...] = (
    _powers_of_ten,
    _points_before_ten,
    _absolute_values,
    _limits,
    _congruences,
    _function_powers,
    _functions,
    _bounds,
    _quotients,
    _products,
    _raised,
    _intervals,
    _factorials,
    _variables,
    _functions_of,
    _indices,
)
