"""What a voice took and how it was heard, as tables; the utterances that come with the project."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from consumption import consumed
from hautevoix.errors import EngineError
from hautevoix.model import Clip, Words
from hearing import Asked, Heard, report
from listen import utterances
from speaking import Performance, clip_file, perform
from tables import details, figures, renewed, table

if TYPE_CHECKING:
    from pathlib import Path

    from hearing import Report

ASKED = (Asked("heading", "Deux.", "Deux."), Asked("prose", "Il vint.\tEt ?", "Il vint. Et ?"))


@pytest.fixture
def heard() -> Report:
    """Return a report: a heading heard right, half a sentence lost."""
    took = Performance(sound=10.0, cpu=2.0, memory=81.6, losses={})
    return report(("espeak", "fr"), took, ASKED, (Heard("2"), Heard("Il vint", 4.0, 3.0)))


def test_a_report_s_figures(heard: Report) -> None:
    """Rates of all words, headings by their sounds, naturalness where it was judged."""
    assert heard.words.rate == pytest.approx(1 / 4)
    assert heard.headings == (1, 1)
    assert (heard.plcmos, heard.dnsmos, heard.times_real_time) == (4.0, 3.0, 5.0)


@pytest.mark.parametrize("width", [70, 80, 200])
def test_a_table_fits_the_terminal(heard: Report, width: int) -> None:
    """Only a voice's name is cut, and figures stand under their heads."""
    lines = list(table([heard], width))
    assert len({len(line) for line in lines}) == 1
    assert len(lines[0]) <= width
    assert "0.25" in lines[1]


def test_the_command_s_figures_are_written_with_the_docs(heard: Report) -> None:
    """As TOML, by engine and voice; a voice that was not judged whole is left out."""
    told = tomllib.loads(figures([heard]))
    assert list(told) == [heard.name]
    assert told[heard.name]["wrong"] == round(heard.words.rate, 2)
    assert not tomllib.loads(figures([replace(heard, rows=())]))


def test_the_docs_table_is_renewed_in_its_place(heard: Report) -> None:
    """What stands around it stays, twice is once, and a page without a place for it is told."""
    page = "a\n\n<!-- heard: script/bench listen --write-docs -->\n<!-- /heard -->\n\nz\n"
    once = renewed(page, [heard])
    assert once.startswith("a\n")
    assert once.endswith("\nz\n")
    assert "| `espeak/fr` | 0.25 |" in once
    assert renewed(once, [heard]) == once
    with pytest.raises(ValueError, match="missing"):
        renewed("a", [heard])


def test_details_are_a_row_each(heard: Report) -> None:
    """As many cells as names, whatever stands in a text."""
    head, *rows = details([heard])
    assert len(rows) == 2
    assert {row.count("\t") for row in rows} == {head.count("\t")}


def test_a_voice_speaks_in_a_process_of_its_own(tmp_path: Path) -> None:
    """Its clips, what it took (the process that it starts included), and how far it is."""
    told: list[int] = []
    said = [Words("Bonjour."), Words("Il pleut sur la ville.")]
    took = perform("espeak", "fr", said, tmp_path, told.append)
    clip = Clip.from_bytes(clip_file(tmp_path, 1).read_bytes())
    assert clip.frames / clip.rate < took.sound
    assert told == [1, 2]
    assert took.losses == {}
    with pytest.raises(EngineError, match="no voice"):
        perform("espeak", "xx", said, tmp_path, told.append)


def test_consumption_grows() -> None:
    """CPU time of this process; its memory where the system tells."""
    before = consumed()
    assert sum(number * number for number in range(300_000)) > 0
    after = consumed()
    assert after.cpu >= before.cpu
    assert after.memory is None or after.memory > 10


def test_the_set_has_every_kind() -> None:
    """Some hundred utterances, at least twenty headings; no two alike."""
    kinds = Counter(asked.kind for asked, _ in utterances([]))
    assert kinds.keys() == {"heading", "prose", "dialogue", "number", "name"}
    assert kinds["heading"] >= 20
    assert 95 <= kinds.total() <= 120
    assert len({asked.written for asked, _ in utterances([])}) == kinds.total()
