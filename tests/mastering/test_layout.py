"""The timeline tells other programs what they need, and which figures the sound was made to."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fakes import script
from hautevoix.mastering.pieces import Piece, Plan
from hautevoix.mastering.profiles import PROFILES
from hautevoix.mastering.timeline import TimelineBuilder, timeline_json
from hautevoix.model import FrameSpan

if TYPE_CHECKING:
    from hautevoix.mastering.profiles import Profile


@pytest.mark.parametrize("profile", PROFILES.values())
def test_the_timeline_names_the_profile(profile: Profile) -> None:
    """Beside the keys that it always had, which keep their names and order."""
    made = script([[("Bonjour.", 400)]])
    layout = TimelineBuilder(made)
    layout.add(Plan((), (0,), 64, profile), Piece(1152, (FrameSpan(0, 1000),), b""))
    told = json.loads(timeline_json(made, ("essai/fr",), layout.timeline()))
    assert list(told) == ["rate", "duration", "profile", "chapters", "utterances"]
    assert told["profile"] == profile.name


def test_a_timeline_of_nothing_names_none() -> None:
    """Without a piece nothing is known, and nothing is said."""
    made = script([[("Bonjour.", 400)]])
    assert "profile" not in json.loads(
        timeline_json(made, ("x",), TimelineBuilder(made).timeline())
    )
