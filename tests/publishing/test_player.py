"""The player in a real browser: its controls, tools, looks; and without a network."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pytest

from books import NOW, SENTENCE, Made, make
from driving import driven, served
from hautevoix.publishing.config import Podcast
from hautevoix.publishing.site import publish

if TYPE_CHECKING:
    from collections.abc import Callable

CHAPTERS = tuple(
    (f"Chapitre {n + 1}", tuple(f"Phrase {n * 40 + at}, où l'on lit." for at in range(40)))
    for n in range(4)
)


@pytest.fixture(scope="module")
def told(
    node: str, client: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Return what happened; the book's timeline knows when the words of a sentence are heard."""
    folder = tmp_path_factory.mktemp("player")
    book = make(folder / "output", Made(chapters=CHAPTERS))
    after = make(folder / "output", Made(name="suite", title="La Suite", pitch=330))
    publish([book, after], Podcast(base_url="https://example.org/"), folder / "site", NOW)
    shots = os.environ.get("HAUTEVOIX_SHOTS") or tmp_path_factory.mktemp("shots")
    with served(folder / "site") as base:
        page = f"{base}livre/index.html"
        return driven(node, "player.mjs", client("chromium"), page, str(shots))


def test_all_of_it_is_usable(told: dict[str, Any]) -> None:
    """No error, axe finds nothing, nothing sticks out; on any phone all is in reach."""
    assert (told["errors"], told["axe"], told["overflow"]) == ([], [], [])
    assert told["landscape"]["reached"] == [
        "play",
        "back",
        "forward",
        "seek-chapter",
        "rate",
        "more",
    ]
    assert told["landscape"]["height"] < 90
    assert len(told["small"]) == 11


def test_space_after_a_button_plays_once(told: dict[str, Any]) -> None:
    """Neither is the button pressed again, nor does a focused one count twice."""
    assert abs(told["thirty"] - 30) < 0.3
    assert told["space"]["paused"]
    assert told["space"]["time"] < 40
    assert not told["focused"]
    assert told["skip"] == "Aller au texte"


def test_a_jump_replaces_one_that_waits_for_the_sound(told: dict[str, Any]) -> None:
    """Also in the moment before the page hears that the sound is ready."""
    assert told["early"] == 60


def test_it_tells_what_is_left_and_how_fast(told: dict[str, Any]) -> None:
    """Of the chapter; speeds go from a half to three by twentieths."""
    assert told["left"].startswith("reste ")
    assert told["rates"] == [51, "0.5", "0.55", "3"]


def test_a_key_starts_the_sentence_under_the_pointer(told: dict[str, Any]) -> None:
    """E; where words' times are known, one of them is lit."""
    assert told["pointed"] == {"lit": "s12"}
    assert [word for word in told["words"] if word in {"Phrase", "où", "l’on", "lit."}]


def test_sleep_stands_still_while_nothing_is_heard(told: dict[str, Any]) -> None:
    """The countdown is in sight, and goes on only with the sound."""
    first, second = told["standing"]
    assert first == second
    assert first.startswith("0:")


def test_words_are_found_and_marked(told: dict[str, Any]) -> None:
    """Search leads to the sentence; a bookmark keeps its words."""
    assert told["hits"] == ["1:39  Phrase 100, où l’on lit."]
    (mark,) = told["marks"]
    assert re.fullmatch(r"0:\d\d {2}Phrase 1\d, où l’on lit\.", mark)
    assert told["found"]["lit"] == "Phrase 100, où l’on lit."
    assert abs(told["found"]["time"] - 100 * SENTENCE) < 0.3


def test_the_look_stays(told: dict[str, Any]) -> None:
    """Theme, typeface and size are kept from one visit to the next."""
    assert told["look"] == {"theme": "dark", "face": "spaced", "size": "1.45"}


def test_a_quotation_leads_to_its_passage(told: dict[str, Any]) -> None:
    """Words, whose they are, and an address that plays just them."""
    words, whose, address = told["quote"].split("\n")
    assert words == "« Phrase 12, où l’on lit. Phrase 13, où l’on lit. »"
    assert whose == "Anne Onyme, Le Livre d'essai"
    start, end = address.split("#t=")[1].split(",")
    assert abs(float(start) - 12 * SENTENCE) < 0.3
    assert abs(float(end) - 14 * SENTENCE) < 0.3


def test_a_kept_chapter_plays_without_a_network(told: dict[str, Any]) -> None:
    """Page, sound and shelf come from what was kept."""
    assert "gardé" in told["kept"]
    assert not told["offline"]["online"]
    assert told["offline"]["now"] > told["offline"]["from"]


def test_the_shelf_leads_on(told: dict[str, Any]) -> None:
    """To where each book was left, and from a book to the next."""
    assert told["resume"].startswith("Reprendre à 0:1")
    assert told["next"].endswith("/suite/index.html")


def test_people_can_subscribe(told: dict[str, Any]) -> None:
    """The address, a picture of it, links for apps; other sites get a picture and a title."""
    assert told["address"] == "https://example.org/feed.xml"
    assert "podcast://example.org/feed.xml" in told["apps"]
    assert told["qr"] > 100
    assert told["meta"]["og:title"] == "Le Livre d'essai"
    assert told["meta"]["og:image"].startswith("https://example.org/livre/cover-")
