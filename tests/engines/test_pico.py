"""Pico: what it is asked, and what its failures become."""

from __future__ import annotations

import pytest

from hautevoix.engines import pico
from hautevoix.errors import EngineError
from hautevoix.model import Words


def test_without_its_command_it_tells_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not being installed is a state with advice; speaking all the same is an EngineError."""
    monkeypatch.setenv("PATH", "")
    engine = pico.engine()
    assert "apt install libttspico-utils" in engine.check().missing
    with pytest.raises(EngineError, match="not installed"):
        engine.speak(Words("Bonjour."), engine.voices()[0])


@pytest.mark.usefixtures("pico_command")
@pytest.mark.parametrize(
    ("text", "reason"),
    [("Ici, il échoue.", "Cannot open resource file"), ("Il reste muet.", "wrote no sound")],
)
def test_its_failures_are_told(text: str, reason: str) -> None:
    """A failing or silent command is an EngineError with what it said."""
    engine = pico.engine()
    with pytest.raises(EngineError, match=reason):
        engine.speak(Words(text), engine.voices()[0])


@pytest.mark.usefixtures("pico_command")
def test_markup_in_a_text_is_not_markup() -> None:
    """A text's own angle brackets can't change Pico's speed: the command gets but one pair."""
    engine = pico.engine()
    words = Words("Un <speed level='500'>deux</speed> & trois.")
    assert engine.speak(words, engine.voices()[0]).frames > pico.RATE
