"""The timeline tells other programs what they need, and which figures the sound was made to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fakes import script
from hautevoix.mastering.layout import Layout, timeline_json
from hautevoix.mastering.pieces import Piece, Plan
from hautevoix.mastering.profiles import PROFILES
from hautevoix.model import Mark

if TYPE_CHECKING:
    from hautevoix.mastering.profiles import Profile


@pytest.mark.parametrize("profile", PROFILES.values())
def test_the_timeline_names_the_profile(profile: Profile) -> None:
    """Beside the keys that it always had, which keep their names and order."""
    made = script([[("Bonjour.", 400)]])
    layout = Layout(made)
    layout.add(Plan((), (0,), 64, profile), Piece(1152, (Mark(0, 1000),), b""))
    told = json.loads(timeline_json(made, ("essai/fr",), layout.timeline()))
    assert list(told) == ["rate", "duration", "profile", "chapters", "utterances"]
    assert told["profile"] == profile.name


def test_a_timeline_of_nothing_names_none() -> None:
    """Without a piece nothing is known, and nothing is said."""
    made = script([[("Bonjour.", 400)]])
    assert "profile" not in json.loads(timeline_json(made, ("x",), Layout(made).timeline()))
