"""A shelf: later books are spoken while earlier ones are mastered, and no byte differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.model.options import Source
from hautevoix.pipeline.ahead import Ahead, worthwhile
from hautevoix.pipeline.builds import build
from hautevoix.pipeline.orders import Order
from hautevoix.storage.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def shelf(folder: Path, store: str) -> list[Order]:
    """Return two books, an empty text between them, into a folder and a store of their own."""
    for name, text in [("a", "Une phrase.\n"), ("vide", ""), ("b", "Une autre phrase.\n")]:
        (folder / f"{name}.txt").write_text(text, "utf-8")
    kept = Store(folder / store)
    return [
        Order(Source(folder / f"{name}.txt"), folder / f"of-{store}", kept, "espeak")
        for name in ("a", "vide", "b")
    ]


def test_a_book_spoken_ahead_has_the_bytes_of_one_built_alone(tmp_path: Path) -> None:
    """Its build finds all clips; a text that can't be read stops no other."""
    orders = shelf(tmp_path, "ahead")
    told: list[tuple[str, int, int]] = []
    with Ahead(orders) as ahead:
        assert [ahead.reach(index, quiet) for index in (0, 1, 2)] == [True, False, True]
        for index in (0, 2):
            build(orders[index], lambda *stage: told.append(stage))
    assert all(done == total for stage, done, total in told if stage == "Speaking")
    for alone in shelf(tmp_path, "alone")[::2]:
        build(alone, quiet)
        name = alone.folder.name
        beside = tmp_path / "of-ahead" / name / f"{name}.mp3"
        assert (alone.folder / f"{name}.mp3").read_bytes() == beside.read_bytes()


def test_a_speaker_that_dies_costs_time_only(tmp_path: Path) -> None:
    """Nobody waits for it: the book's own build speaks."""
    orders = shelf(tmp_path, "s")
    with Ahead(orders) as ahead:
        ahead._speaker.kill()
        ahead._speaker.join()
        ahead.reach(0, quiet)
    assert build(orders[0], quiet).losses == ()


def test_a_few_words_are_not_worth_a_speaker(tmp_path: Path) -> None:
    """It takes longer to start than they do."""
    assert not worthwhile(shelf(tmp_path, "s"))
