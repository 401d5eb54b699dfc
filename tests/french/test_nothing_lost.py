"""Nothing said is lost: every digit and every sign with a meaning leads to a word, or is told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hautevoix.french import Narrator

NARRATOR = Narrator()
_SIGNS = "+×÷=≠≈≤≥±−%‰√∞∑∫€$£¥&@°<>∈∪∩⊂π"
_MEANS = re.compile(rf"[\d⁰¹²³⁴⁵⁶⁷⁸⁹{_SIGNS}]")
_TOLD = frozenset(("note call", "sign", "slip", "mojibake", "digits"))


def _lost(text: str) -> list[str]:
    """Return what the rules took out of a text that means something, and of which none told."""
    said = NARRATOR.say(text)
    told = [doubt.token for doubt in said.unsure if doubt.kind in _TOLD]
    gone = [
        edit.before
        for change in said.changes
        for edit in change.edits
        if _MEANS.search(edit.before)
        and not re.search(r"[\w→]", edit.after)
        and not _MEANS.search(edit.after)
    ]
    return [before for before in gone if before not in told]


_NUMBERS = "1,7,12,44,1001,1984,3,5,0,05,12 500,2,5,1/2,3/4,12-15,1er,2e,80".split(",")
_FRAMES = (
    "Nantes ({}), puis rien.", "g({})", "des filles ({}) et des garçons ({}).", "Âge : {} ans.",
    "Prix : ≥ {} ans.", "Délai (> {} jours).", "Il vit {}.", "x = {}", "le n° {} paraît",
    "un mot ({}) ; un autre.", "« {} »", "({} ; {})", "[{} ; {}]", "page {}, ligne {}", "± {} %",
    "{} €/part",
    "(x − y)² = {}", "4πR² = {}", "10{}", "les {} pages", "de {} à {}", "{} × {}", "v{}", "à {} h",
    "{} ≤ x < {}", "√{} ≈ {}", "{}°", "({})", "{} kg", "-{} °C", "+{}", "~{}", "{}e{}", "#{}",
    "A{}", "{}/{}/{}",
)  # fmt: skip


@given(st.sampled_from(_FRAMES), st.lists(st.sampled_from(_NUMBERS), min_size=3, max_size=3))
def test_no_number_is_lost_in_any_frame(frame: str, numbers: list[str]) -> None:
    """A number is said wherever it stands."""
    assert not _lost(frame.format(*numbers))


@pytest.mark.parametrize("sign", _SIGNS)
@pytest.mark.parametrize(
    "frame",
    [
        "a {} b",
        "2 {} 3",
        "x{}y",
        "Prix : {} 12 ans",
        "({}5)",
        "{}2",
        "3{}",
        "n {} 1 ?",
        "(a + b) {} c",
    ],
)
def test_a_sign_with_a_meaning_is_said_or_told(sign: str, frame: str) -> None:
    """A sign makes the words longer than they are without it, or a diagnostic tells of it."""
    text = frame.format(sign)
    said, bare = NARRATOR.say(text), NARRATOR.say(frame.format(" "))
    words, without = (len(re.findall(r"\w+", one.words.text)) for one in (said, bare))
    assert words > without or any(doubt.kind in _TOLD for doubt in said.unsure), said.words.text


_PIECES = (
    "Nantes,(44),(,),²,³,¹,⁻¹,12,1984,5,x,y,π,α,R,mot,le,pages,km,kg,m,€,%,=,+,−,×,≥,<,>,±,/,:, ; "
    ",., ,°,C,h,"
    "30,1/2,10⁶,Mg²⁺,³H,½,√,[,],-,–,!,n°,p.,Louis,XIV,@,#,&,e,I"
).split(",")


@given(
    st.lists(st.sampled_from(_PIECES), max_size=9).map(" ".join)
    | st.lists(st.sampled_from(_PIECES), max_size=7).map("".join)
)
def test_no_rule_takes_out_a_number_or_a_sign_without_telling(text: str) -> None:
    """Of all edits, none takes out a digit or a sign that means something, unless it is told."""
    assert not _lost(f"Soit {text}")
