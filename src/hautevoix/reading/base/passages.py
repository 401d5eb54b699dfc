"""What a sidecar says of a book's chapters and of single sentences: [[chapters]], [[retakes]]."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.model import RATES
from hautevoix.model.sidecar import ChapterEntry, Retake
from hautevoix.reading.base.values import entries, flag, string, whole, within

if TYPE_CHECKING:
    from collections.abc import Callable

_Fields = dict[str, "Callable[[object, str, str], Any]"]
_CHAPTER: _Fields = {
    "match": string,
    "number": whole,
    "skip": flag,
    "title": string,
    "merge": flag,
    "split": string,
    "voice": string,
}
_RETAKE: _Fields = {
    "words": string,
    "say": string,
    "rate": within(RATES),
    "voice": string,
    "take": whole,
}


def parse_chapters(value: object, key: str, where: str) -> tuple[ChapterEntry, ...]:
    """Return the entries of [[chapters]]; each names a chapter, and what is to be done with it.

    Raises InputError.
    """
    found = []
    for place, told in entries(value, key, where, _CHAPTER):
        if ("match" in told) == ("number" in told):
            raise InputError(
                tr("{place}: which chapter is it?", place=place),
                advice=tr("Give it either “match”, words of its title, or “number”."),
            )
        if not any(told.get(name) for name in ("skip", "title", "merge", "split", "voice")):
            raise InputError(
                tr("{place} says nothing of its chapter.", place=place),
                advice=tr("Give it “skip”, “title”, “merge”, “split” or “voice”."),
            )
        found.append(ChapterEntry(**told, where=place))
    return tuple(found)


def parse_retakes(value: object, key: str, where: str) -> tuple[Retake, ...]:
    """Return the entries of [[retakes]]: sentences that are to be said otherwise.

    Raises InputError.
    """
    found = []
    for place, told in entries(value, key, where, _RETAKE):
        if "words" not in told or len(told) == 1:
            raise InputError(
                tr("{place} tells no sentence, or not how it is said.", place=place),
                advice=tr("Give it “words” and one of “say”, “rate”, “voice”, “take”."),
            )
        found.append(Retake(**told))
    return tuple(found)
