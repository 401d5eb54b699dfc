"""How words are spelled for eSpeak NG: cases as data, half of them what must not change."""

from __future__ import annotations

from pathlib import Path

import pytest

from hautevoix.engines.spelled import spelled
from hautevoix.engines.transcription import Foreign
from hautevoix.model import Words
from hautevoix.pronunciation import Pronouncer

CASES = sorted((Path(__file__).parent / "cases").glob("*.tsv"))
ROWS = [
    pytest.param(*line.split("\t"), id=f"{file.stem}: {line}")
    for file in CASES
    for line in file.read_text("utf-8").splitlines()
]
PRONOUNCER = Pronouncer(switches=Foreign())


@pytest.mark.parametrize(("written", "given"), ROWS)
def test_a_line_is_given_to_the_engine_as_its_case_says(written: str, given: str) -> None:
    """What an engine reads is what the case tells, « = » for the text as it is."""
    told = spelled(PRONOUNCER.pronounced(Words(written)))
    assert told.text == (written if given == "=" else given)


def test_a_third_of_the_cases_must_not_change() -> None:
    """Rules are held by what they must leave alone as much as by what they change."""
    kept = sum(row.values[1] == "=" for row in ROWS)
    assert kept * 3 >= len(ROWS)
