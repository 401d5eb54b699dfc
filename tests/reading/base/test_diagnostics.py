"""Diagnostics: codes that programs rely on, words for people."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from hautevoix.model import Diagnostic
from hautevoix.reading import parse_text
from hautevoix.reading.base.diagnostics import (
    CALL_WITHOUT_NOTE,
    SLIP_DIGIT,
    TITLE_GUESSED,
    messages,
    settle,
    tell,
    tell_all,
)

ROOT = Path(__file__).parent.parent.parent.parent
LONG = "Le vent montait sur la rivière et la barque tirait sur sa chaîne devant le moulin fermé. "


def test_every_code_is_documented_and_no_other() -> None:
    """docs/texts.md lists each code once, and none that the reading never tells."""
    page = (ROOT / "docs" / "texts.md").read_text("utf-8")
    table = page.split("## Diagnostics", 1)[1].split("\n## ", 1)[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    listed = Counter(code for row in rows for code in re.findall(r"`([\w-]+)`", row))
    assert set(listed) == {message.code for message in messages()}
    assert set(listed.values()) == {1}


def test_codes_are_short_names() -> None:
    """A code is words of small letters parted by hyphens."""
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+){0,3}", message.code) for message in messages())


def test_many_of_a_kind_are_told_by_one() -> None:
    """Beyond the most of its kind, one diagnostic tells how many there are, and where."""
    few = [(line, {"label": str(line)}) for line in range(1, 21)]
    assert len(tell_all(CALL_WITHOUT_NOTE, few)) == 20
    (told,) = tell_all(CALL_WITHOUT_NOTE, [*few, (99, {"label": "99"})])
    assert (told.line, told.code) == (1, "call-without-note")
    assert "the same of 20 more" in told.message
    assert "[20] line 20" in told.message
    assert "99" not in told.message


def test_a_correction_settles_the_slip_that_it_names() -> None:
    """What the sidecar puts right is told as such; another slip stays as it is."""
    slip = tell(SLIP_DIGIT, 7, words="b1en")
    assert settle(slip, [("b1en", "bien")]).message.endswith("the sidecar reads it as “bien”")
    assert settle(slip, [("1en", "ien")]) == slip
    guess = tell(TITLE_GUESSED, 1, title="b1en", label="1")
    assert settle(guess, [("b1en", "bien")]) == guess


def test_all_that_the_reading_tells_has_a_code() -> None:
    """Each diagnostic of a text has a code, and one of the list."""
    text = f"{LONG}[1]\n\n{LONG}Il dit bi1en.\n\n[2] Une note que rien n’appelle.\n"
    diagnostics = parse_text(text).diagnostics
    assert {diagnostic.code for diagnostic in diagnostics} >= {"call-without-note", "slip-digit"}
    assert all(isinstance(diagnostic, Diagnostic) and diagnostic.code for diagnostic in diagnostics)
