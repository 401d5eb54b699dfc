"""The listener's place in a real browser: kept of what was heard, and never lost."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from books import NOW, SENTENCE, Made, make
from driving import driven, served
from hautevoix.publishing.config import Podcast
from hautevoix.publishing.site import publish

if TYPE_CHECKING:
    from collections.abc import Callable

DRIVER = Path(__file__).parent.parent / "clients" / "place.mjs"
LEAST = 0.4  # seconds of sound before a place counts
WORDS = "arbre ruban colline navire lampe jardin fenêtre tambour rivière montagne soleil".split()


def _chapters(first: tuple[str, ...] = ()) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return six chapters of forty sentences, no two the same."""
    return tuple(
        (
            f"Chapitre {number + 1}",
            (first if number == 0 else ())
            + tuple(
                f"Phrase {number * 40 + at}, {WORDS[at % 11]} et {WORDS[(at // 3 + number) % 11]}."
                for at in range(40)
            ),
        )
        for number in range(6)
    )


@pytest.fixture(scope="module")
def told(
    node: str, client: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Return what became of the place in each case.

    A second edition, with another voice, has ten sentences more at its start.
    """
    folder = tmp_path_factory.mktemp("place")
    site = folder / "site"
    podcast = Podcast(base_url="https://example.org/")
    publish([make(folder / "output", Made(chapters=_chapters()))], podcast, site, NOW)
    shutil.copytree(site / "livre", site / "avant")
    added = tuple(f"Ajout numéro {number}." for number in range(10))
    publish(
        [make(folder / "output", Made(chapters=_chapters(added), pitch=330))], podcast, site, NOW
    )
    with served(site) as base:
        pages = [f"{base}livre/index.html", f"{base}avant/index.html"]
        found = driven(node, "place.mjs", client("chromium"), *pages)
    assert found["errors"] == []
    return found


def test_what_was_not_heard_is_no_place(told: dict[str, Any]) -> None:
    """A page opened and closed, a speed chosen, a bar dragged: nothing is kept of them."""
    assert told["nothing"]["place"] is None
    assert told["unheard"]["place"] is None


def test_a_rewind_is_no_place(told: dict[str, Any]) -> None:
    """Opened again and again, heard for a moment or not, the place stays where it was."""
    assert all(abs(place - told["heardAt"]) < LEAST for place in told["drift"])


def test_a_return_shows_the_sentence(told: dict[str, Any]) -> None:
    """The sentence is in sight, above the player."""
    sight = told["sight"]
    assert 0 <= sight["top"] < sight["bottom"] <= sight["floor"]


def test_a_link_wipes_nothing(told: dict[str, Any]) -> None:
    """Someone's #t=20 moves no place; heard, it leaves the old one in the history, a press away."""
    assert abs(told["link"]["time"] - 20) < LEAST
    assert told["link"]["place"] > 100
    assert told["link"]["offer"].startswith("Revenir à 1:4")
    assert abs(told["linkHeard"]["place"] - 21.6) < 1
    assert told["linkHeard"]["history"][0] > 100
    assert abs(told["reloaded"] - 20) < 4 * SENTENCE
    assert abs(told["returned"] - told["linkHeard"]["history"][0]) < LEAST


def test_links_to_a_passage_and_a_chapter_play(told: dict[str, Any]) -> None:
    """#t=20,22 plays and stops, and is no place; #c4 plays chapter four."""
    assert abs(told["passage"]["time"] - 22) < LEAST
    assert told["passage"]["place"] > 100
    assert told["chapter"]["title"] == "Chapitre 4"
    assert 0 <= told["chapter"]["time"] - told["chapter"]["start"] < 3


def test_two_tabs_keep_what_was_heard_last(told: dict[str, Any]) -> None:
    """One hears at a time; the other's place is offered, and a closed tab takes nothing back."""
    assert told["twoTabs"]["place"] > 150
    assert told["twoTabs"]["offer"].startswith("Revenir à 2:3")
    assert 60 < told["twoTabsHeard"]["place"] < 66
    assert told["twoTabsHeard"]["history"][0] > 150
    assert told["twoTabsClosed"]["place"] == told["twoTabsHeard"]["place"]


def test_a_killed_tab_loses_seconds(told: dict[str, Any]) -> None:
    """What was heard up to two seconds before, at four times the speed, is kept.

    Until it was killed it may have played on.
    """
    assert abs(told["killedAt"] - told["killed"]["place"]) < 10


def test_another_edition_keeps_the_place_by_its_words(told: dict[str, Any]) -> None:
    """Ten sentences more at the start: the same sentence is ten seconds later."""
    assert told["oldWords"] in told["newWords"]
    assert told["editionKept"]["place"] < 95  # as it was heard, until the new one is


def test_chapters_are_ticked_when_they_were_heard(told: dict[str, Any]) -> None:
    """The end of a chapter alone is not the chapter."""
    assert (told["ticked"], told["tickedHeard"]) == (0, 1)


def test_after_a_week_a_recap_is_offered(told: dict[str, Any]) -> None:
    """Twenty seconds of what was heard last."""
    assert told["recap"]


def test_fifty_random_visits_lose_no_place(told: dict[str, Any]) -> None:
    """Play, seek, close, tabs, links, kill: the place is where sound was, what was left is kept."""
    assert told["faults"] == []
