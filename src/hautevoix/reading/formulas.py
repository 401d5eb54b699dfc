r"""Formulas of TeX between dollars, as pandoc has them → what can be read aloud of them.

Powers, indices and the commonest signs are turned into what the rules of French can say; of other
commands the name alone is left. A doubt tells of each formula.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.model import Doubt
from hautevoix.reading.numerals import raised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FORMULA = re.compile(r"[\\^_=+<>{}]|^\W?\w{1,2}$|^\w\(\w\)$")
_FRACTION = re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
_SPACING = re.compile(r"\\[,;:! ]|[~&]|\\\\")
_POWER = re.compile(r"\^(?:\{([^{}]*)\}|(\S))")
_INDEX = re.compile(r"_(?:\{([^{}]*)\}|(\S))")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SIGNS = {
    "times": "×", "cdot": "×", "div": "÷", "pm": "±", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "neq": "≠", "ne": "≠", "approx": "≈", "simeq": "≈", "infty": "∞", "sqrt": "√", "to": "→",
    "pi": "π", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "lambda": "λ",
    "mu": "μ", "sigma": "σ", "Sigma": "Σ", "theta": "θ", "omega": "ω", "Omega": "Ω", "phi": "φ",
    "epsilon": "ε", "rho": "ρ", "left": "", "right": "", "quad": "", "qquad": "", "text": "",
    "mathrm": "", "mathbf": "", "mathit": "", "displaystyle": "", "begin": "", "end": "",
}  # fmt: skip
_MANY = 5  # formulas: then one doubt tells them all


def is_formula(text: str) -> bool:
    """Tell a formula from what merely stands between two signs of dollars.

    >>> is_formula("x^2"), is_formula("n"), is_formula("de fortune et")
    (True, True, False)
    """
    return _FORMULA.search(text) is not None


def readable(tex: str) -> str:
    r"""Return a formula as plain text.

    >>> readable("x^2"), readable(r"a \times 10^{-3}"), readable(r"\frac{a_1}{b^n}")
    ('x²', 'a × 10⁻³', 'a₁/b puissance n')
    """
    text = _SPACING.sub(" ", tex)
    text = _POWER.sub(_power, _INDEX.sub(_index, text))
    text = _COMMAND.sub(_command, _FRACTION.sub(r"\1/\2", text))
    return " ".join(re.sub(r"[\\{}]", "", text).split())


def told_formulas(found: Sequence[tuple[int, str]]) -> Iterator[Doubt]:
    """Yield what there is to say of formulas: (line, as written) pairs; many are told together."""
    if len(found) > _MANY:
        lines = ", ".join(str(line) for line, _ in found[:_MANY])
        message = f"{len(found)} formulas (lines {lines}…) are read sign by sign: hear them"
        yield Doubt(found[0][0], message)
        return
    for line, tex in found:
        yield Doubt(line, f"the formula “{' '.join(tex.split())}” is read as “{readable(tex)}”")


def _power(match: re.Match[str]) -> str:
    power = (match[1] or match[2] or "").strip()
    high = raised(power)
    return high if high != power else f" puissance {power}"


def _index(match: re.Match[str]) -> str:
    return (match[1] or match[2] or "").translate(_LOWERED)


def _command(match: re.Match[str]) -> str:
    return f"{_SIGNS.get(match[1], match[1])} "
