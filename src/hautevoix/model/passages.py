"""What a sidecar says of a book's chapters and of single sentences."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ChapterEntry:
    """What is to be done with a chapter, found by words of its title or by its number (from 1).

    ``skip`` leaves it out, ``merge`` joins it to the one before. Before the words ``split`` a new
    chapter starts, whose ``title`` and ``voice`` these are then. ``where`` names the entry in
    errors.
    """

    match: str = ""
    number: int = 0
    skip: bool = False
    title: str | None = None
    merge: bool = False
    split: str | None = None
    voice: str | None = None
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Retake:
    """How a sentence is to be said: each one that is written as ``words``.

    ``say`` stands in for its words, ``rate`` is a factor of its role's pace, ``voice`` speaks it;
    ``take`` counts the other ways of speaking it (recording/otherwise.py), 0 for the first.
    """

    words: str
    say: str = ""
    rate: float = 1.0
    voice: str | None = None
    take: int = 0
