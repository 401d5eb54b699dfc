"""What a narrator says, class by class: the data files beside this one, written by hand."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from hautevoix.french import Narrator, replay

FILES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
NARRATOR = Narrator()


def _cases(section: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for file in FILES:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        if section == "keeps":
            found += [(line, line) for line in told.get("keeps", ())]
        else:
            found += told.get(section, {}).items()
    return found


def _check(written: str, spoken: str) -> None:
    said = NARRATOR.say(written)
    assert said.words.text == spoken
    assert replay(written, said.changes) == spoken
    assert NARRATOR.say(spoken).words.text == spoken
    assert NARRATOR.say(written, explain=False).words == said.words


@pytest.mark.parametrize(("written", "spoken"), _cases("says"))
def test_says(written: str, spoken: str) -> None:
    """What is written is said so; its explanation replays; saying it again changes nothing."""
    _check(written, spoken)


@pytest.mark.parametrize(("written", "spoken"), _cases("keeps"))
def test_keeps(written: str, spoken: str) -> None:
    """What needs nothing is left as it stands."""
    _check(written, spoken)


@pytest.mark.xfail(strict=True, reason="a known failure; when it passes, move it among the cases")
@pytest.mark.parametrize(("written", "spoken"), _cases("fails"))
def test_known_failures(written: str, spoken: str) -> None:
    """What is known to be said wrong is kept in sight."""
    _check(written, spoken)


def test_there_are_enough_cases_of_each_kind() -> None:
    """Six hundred cases and more, a third of them « must not change », none twice."""
    says, keeps = _cases("says"), _cases("keeps")
    assert len(says) + len(keeps) >= 600
    assert 3 * len(keeps) >= len(says) + len(keeps)
    assert max(Counter(written for written, _ in says + keeps).values()) == 1
