"""Formulas of MathML and of Word → plain text that the rules of French can say, as TeX's are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.reading.base.xml import content, local
from hautevoix.reading.sources.formulas import Formula, lowered, power, readable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import _Element as Element

_UNREAD = frozenset({"annotation", "annotation-xml", "mphantom", "mspace", "maligngroup"})
_SPACED = re.compile(r"[=<>≤≥≠≈≃≡±×÷·+−→⇒⇔∈∉⊂∪∩∧∨-]")
_UNSEEN = re.compile("[\u2061-\u2064]")  # « apply », « times »: signs that nobody prints
_SIGN = re.compile(r" ?([=<>≤≥≠≈±×÷+−]) ?")
_BRACKETED = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W\d_]{2,}")


def formula(math: Element, line: int) -> Formula:
    """Return the formula ``math``, of a source's ``line``: its presentation, else its TeX."""
    tex = math.get("alttext") or _annotation(math)
    said = _said(math) or readable(tex)
    return Formula(line, tex or said, said)


def _annotation(math: Element) -> str:
    """Return the TeX that stands beside the presentation, if any does."""
    notes = (e for e in math.iter() if local(e.tag) == "annotation")
    return next((content(e) for e in notes if "tex" in (e.get("encoding") or "").lower()), "")


def _said(math: Element) -> str:
    """Put the text of each element together from its children's, without recursion."""
    said: dict[Element, str] = {}
    for element in reversed([e for e in math.iter() if local(e.tag)]):
        kids = [said[child] for child in element if said.get(child)]
        said[element] = _element(local(element.tag), (element.text or "").strip(), kids)
    text = re.sub(r"([([]) | (?=[)\],;])", r"\1", " ".join(said[math].split()))
    return _UNSEEN.sub("", text).rstrip("; ")


def _element(tag: str, text: str, kids: Sequence[str]) -> str:
    if tag in _UNREAD or tag.endswith("pr"):  # Word's properties: « sSupPr »
        return ""
    if tag == "t":
        return _SIGN.sub(r" \1 ", text)
    if tag == "mo":
        return f" {text} " if _SPACED.fullmatch(text) else text
    if tag in {"mi", "mtext"}:
        return f" {text} " if _WORD.fullmatch(text) or tag == "mtext" else text
    if tag in {"mtr", "mlabeledtr"}:
        return f"{' '.join(kids)} ; "
    build = _BUILDERS.get((tag, len(kids)))
    return build(*kids) if build else text + "".join(kids)


def _whole(text: str) -> str:
    """Return ``text`` in brackets where it is more than one term."""
    bare = text.strip()
    return f"({bare})" if " " in bare and not _BRACKETED.fullmatch(bare) else bare


def _power(base: str, high: str) -> str:
    return _whole(base) + power(high)


def _index(base: str, low: str) -> str:
    return base + lowered(low)


def _both(base: str, low: str, high: str) -> str:
    return base + lowered(low) + power(high)


def _fraction(above: str, below: str) -> str:
    return f"{_whole(above)}/{_whole(below)}"


def _root(inner: str, degree: str = "") -> str:
    return _power(inner, f"1/{degree.strip()}") if degree else f"√{_whole(inner)}"


def _degree(degree: str, inner: str) -> str:
    return _root(inner, degree)


def _limits(sign: str, low: str, high: str) -> str:
    return f"{sign} {low} {high} "


def _brackets(inner: str) -> str:
    return f"({inner.strip()})"


# By an element's name, in MathML and in Word's own markup, and how many parts it has.
_BUILDERS: dict[tuple[str, int], Callable[..., str]] = {
    ("msup", 2): _power,
    ("ssup", 2): _power,
    ("msub", 2): _index,
    ("ssub", 2): _index,
    ("msubsup", 3): _both,
    ("ssubsup", 3): _both,
    ("mfrac", 2): _fraction,
    ("f", 2): _fraction,
    ("msqrt", 1): _root,
    ("rad", 1): _root,
    ("mroot", 2): _root,
    ("rad", 2): _degree,
    ("munderover", 3): _limits,
    ("d", 1): _brackets,
}
