"""What tells fast that a rule has nothing to do is right: no gate hides a match."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from hautevoix.french import Counting
from hautevoix.french.rule import Glance, Rule, apply
from hautevoix.french.rules import TYPOGRAPHY, reading
from hautevoix.model.options import Habits, Inclusive

HERE = Path(__file__).parent
_ALL = (
    Habits(),
    Habits(Inclusive.HEARD, emoji=False),
    Habits(Inclusive.MASCULINE),
)


@cache
def _corpus() -> tuple[str, ...]:
    """Every case, and cases that share a line."""
    texts: list[str] = []
    for file in sorted((HERE / "cases").glob("*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        texts += told.get("keeps", ())
        texts += told.get("says", ())
    texts += [f"{a} {b}" for a, b in zip(texts[::7], texts[3::7], strict=False)]
    return tuple(texts)


def _open(rule: Rule) -> Rule:
    return replace(rule, needs=(), words=frozenset(), hints=None, beyond=frozenset(), starts=None)


@pytest.mark.parametrize("habits", _ALL, ids=str)
def test_no_gate_hides_a_match(habits: Habits) -> None:
    """On every text that a rule may see, it makes the same edits with its gates and without."""
    rules = [(rule, _open(rule)) for rule in (*TYPOGRAPHY, *reading(habits))]
    hidden: set[tuple[str, str]] = set()
    for written in _corpus() if habits == Habits() else _corpus()[::5]:
        text = written
        for rule, ungated in rules:
            edits = ungated.edits(text, Counting.FRANCE)
            gated = rule.edits(text, Counting.FRANCE) if rule.applies(Glance(text)) else ()
            if gated != edits:
                hidden.add((rule.name, text))
            text = apply(text, edits)
    assert not hidden
