"""A book, a podcast, and what makes more of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from books import URL, Made, make
from hautevoix.model import FrameSpan, Timeline
from hautevoix.model.options import Source
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.publishing import book_files, cover, cover_source
from hautevoix.publishing.built_book import BuiltBook, read_built_book
from hautevoix.publishing.config import Podcast
from hautevoix.publishing.edition import Edition, edition

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


_drawn, _reduced = cache(cover.draw), cache(cover.small)


@pytest.fixture(autouse=True)
def _covers_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each cover once for all tests: it is the slowest part, and always the same."""
    monkeypatch.setattr(cover_source, "draw", _drawn)
    monkeypatch.setattr(book_files, "small", _reduced)


@pytest.fixture
def built(tmp_path: Path) -> Callable[..., Path]:
    """Return what makes a built book (of ``Made``'s arguments) in this test's folder."""
    return lambda **told: make(tmp_path / "output", Made(**told))


@pytest.fixture
def volume(built: Callable[..., Path]) -> BuiltBook:
    """Return a small book, read back."""
    return read_built_book(built())


@pytest.fixture
def podcast() -> Podcast:
    """Return a podcast that says of itself all that the standards ask for."""
    return Podcast(
        title="Essais",
        description="Des livres pour essayer.",
        author="Les Essayeurs",
        email="essais@example.org",
        base_url=URL,
        licence="cc0-1.0",
    )


@pytest.fixture(scope="session")
def letter_edition(letter: Path) -> Edition:
    """Return the edition of the project's letter, as if it had been spoken."""
    understood = understand(Source(letter))
    script = narrate(understood)
    marks = tuple(FrameSpan(number, number + 1) for number in range(len(script.utterances)))
    chapters = tuple(FrameSpan(0, 1) for _ in script.chapters)
    timeline = Timeline(1, len(marks), chapters, marks)
    return edition(understood.book, script, timeline, "essai", "fr")
