r"""Formulas of TeX, as pandoc has them between dollars → what can be read aloud of them.

Powers, indices and the commonest signs are turned into what the rules of French can say; of other
commands the name alone is left. A doubt tells of each formula.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.reading.base.diagnostics import FORMULA, tell_all
from hautevoix.reading.language.numerals import raised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.model import Diagnostic

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
    "epsilon": "ε", "rho": "ρ", "varphi": "φ", "varepsilon": "ε", "psi": "ψ", "tau": "τ",
    "eta": "η", "xi": "ξ", "nu": "ν", "chi": "χ", "Phi": "Φ", "Psi": "Ψ", "Gamma": "Γ", "Pi": "Π",
    "Lambda": "Λ", "Theta": "Θ", "in": "∈", "sum": "somme", "int": "intégrale",
    "left": "", "right": "", "quad": "", "qquad": "", "text": "",
    "mathrm": "", "mathbf": "", "mathit": "", "displaystyle": "", "begin": "", "end": "",
}  # fmt: skip
# What stands raised over a variable, and over nothing else: « 2ⁿ » but « 2e », « xⁱ » but « n° ».
_EXPONENT = re.compile(r"[nkpijxyz]|(?=.*[a-z])\w{1,2} ?[+−–-] ?\w{1,2}")
_BASE = re.compile(r"(?:^|[^\w’'])[a-zA-Z]$|[\d)]$")


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula on a source's ``line``: as ``written``, and as it is ``said``."""

    line: int
    written: str
    said: str


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


def told_formulas(found: Sequence[Formula]) -> tuple[Diagnostic, ...]:
    """Return what there is to say of the formulas ``found``; many are told together."""
    return tell_all(
        FORMULA,
        (
            (formula.line, {"written": " ".join(formula.written.split()), "said": formula.said})
            for formula in found
        ),
    )


def power(exponent: str) -> str:
    """Return an exponent as plain text.

    >>> power("2"), power("n + 1")
    ('²', ' puissance n + 1')
    """
    bare = exponent.strip()
    high = raised(bare)
    return high if high != bare else f" puissance {bare}"


def lowered(index: str) -> str:
    """Return an index as plain text: figures low down, letters as they are."""
    return index.strip().translate(_LOWERED)


def superscript(before: str, text: str) -> str:
    """Return what is raised after ``before``: an exponent where that is a number or a variable.

    >>> superscript(" x", "n"), superscript("IX", "e"), superscript(" n", "o")
    (' puissance n', 'e', 'o')
    """
    exponent = _EXPONENT.fullmatch(text.strip()) and _BASE.search(before)
    return power(text) if exponent else raised(text)


def _power(match: re.Match[str]) -> str:
    return power(match[1] or match[2] or "")


def _index(match: re.Match[str]) -> str:
    return lowered(match[1] or match[2] or "")


def _command(match: re.Match[str]) -> str:
    return f"{_SIGNS.get(match[1], match[1])} "
