"""Functions, limits, bounds, intervals: what formulas say of their terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.terms import (
    ALL_RAISED,
    FUNCTIONS,
    GREEK,
    LOWERED,
    PLAIN_DIGITS,
    is_formula,
    power,
)

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting


@rule(
    "function-powers",
    rf"(?<![\w])(?P<f>{'|'.join(FUNCTIONS)})(?P<n>[{ALL_RAISED}]{{1,3}}|\^-?\d{{1,2}}) ?(?=[\w"
    rf"({GREEK}])",
    why="« sin²(x) » is « sinus carré de x ».",
    needs=ALL_RAISED + "^",
)
def _function_powers(match: re.Match[str], c: Counting) -> str:
    raised = match["n"].lstrip("^").translate(PLAIN_DIGITS)
    said = {"2": "carré", "3": "cube"}.get(raised) or power(raised, c)
    of = "" if match.string[match.end()] == "(" else " de"
    return f"{FUNCTIONS[match['f']]} {said}{of} ".rstrip() + " " * bool(of)


_INSIDE = r"[^()]{0,40}|[^()]{0,20}\([^()]{0,20}\)[^()]{0,20}"


@rule(
    "functions",
    rf"(?<![\w'’.-])(?P<f>(?:{'|'.join(FUNCTIONS)})[₀-₉0-9]{{0,3}}|[A-Za-z{GREEK}][₀-₉]?"
    rf"(?:['′]{{1,2}})?|sinus carré|cosinus carré|tangente carré)"
    rf"\((?P<of>{_INSIDE})\)(?![\w])",
    why="« f(x) » is « f de x ».",
    needs="(",
)
def _functions(match: re.Match[str], _: Counting) -> str | None:
    inside = match["of"].strip()
    if not inside or not is_formula(inside):
        return None
    name = match["f"].rstrip("'′")
    primes = len(match["f"]) - len(name)
    bare = name.rstrip(LOWERED + "0123456789")
    base = " " * name[-1].isdecimal() + name[len(bare) :]
    said = FUNCTIONS.get(bare, bare) + base + ("", " prime", " seconde")[primes]
    joint = ", " if "," in inside or ";" in inside else ""
    several = re.sub(r" ?[;,] ?(?!\d)|(?<=\d)[;,] ", joint or ", ", inside)
    point = name.isupper() and ";" in inside  # « A(2 ; −1) »
    return f"{said}{'' if point else ' de'} {several}"


@rule(
    "functions-of",
    rf"(?<![\w'’.-])(?P<x>sin|cos|tan|arcsin|arccos|arctan|ln|exp) (?=\d|[{GREEK}]|[a-z]\b|√)",
    why="« sin x » is « sinus x ».",
    words=("sin", "cos", "tan", "arcsin", "arccos", "arctan", "ln", "exp"),
)
def _functions_of(match: re.Match[str], _: Counting) -> str:
    return f"{FUNCTIONS[match['x']]} "


@rule(
    "limits",
    r"(?<=\b[a-zA-Z])(?P<x> ?→ ?)(?=[-+−]?(?:∞|\d))",
    why="« x → 0 » is « x tend vers zéro ».",
    needs="→",
)
def _limits(_match: re.Match[str], _: Counting) -> str:
    return " tend vers "


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
    "absolute-values",
    r"\|(?P<in>[^|]{1,24})\|",
    why="« |x| » is « valeur absolue de x ».",
    needs="|",
)
def _absolute_values(match: re.Match[str], _: Counting) -> str | None:
    inside = match["in"].strip()
    return f"valeur absolue de {inside}" if is_formula(inside) and not inside.isdigit() else None


@rule(
    "intervals",
    r"(?P<led>∈ ?|appartient à |\b[Dd]ans |\b[Ss]ur |\bintervalles? )?(?P<x>[\[\]]"
    r"(?P<a>[-−+]?[\w∞√,./]{1,8}(?: [a-zμ°]{1,2}[A-Z]?)?) ?[;,] ?(?P<b>[-−+]?[\w∞√,./]{1,8}"
    r"(?: [a-zμ°]{1,2}[A-Z]?)?)[\[\]])(?!\w)",
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


RULES: tuple[Rule, ...] = (
    _absolute_values,
    _limits,
    _congruences,
    _function_powers,
    _functions,
    _functions_of,
    _bounds,
    _intervals,
)
