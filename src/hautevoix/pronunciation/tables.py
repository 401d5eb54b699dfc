"""The tables of words and names, read when they are first asked for."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name: its sounds in IPA, how it is spelled to be said so, and who bears it out.

    ``spelling`` is empty where the name itself is read right; ``source`` is what names.tsv tells.
    """

    name: str
    ipa: str
    spelling: str
    source: str


@functools.cache
def words() -> Mapping[str, str]:
    """Return how words are spelled, in small letters; what was settled by hand comes first."""
    return dict(_rows("words.tsv")) | dict(_rows("exceptions.tsv"))


@functools.cache
def names() -> Mapping[str, Name]:
    """Return the proper names that are known."""
    return {row[0]: Name(*row) for row in _lines("names.tsv")}


@functools.cache
def unlinked() -> Mapping[str, str]:
    """Return the words whose last consonant the rules would not keep apart, and their spelling."""
    return dict(_rows("unlinked.tsv"))


@functools.cache
def common() -> frozenset[str]:
    """Return the French words that end as foreign names do (« progrès », « amis »)."""
    return frozenset(row[0] for row in _lines("common.tsv"))


def _rows(file: str) -> Iterator[tuple[str, str]]:
    return ((word, spelling) for word, spelling in _lines(file))


def _lines(file: str) -> Iterator[list[str]]:
    text = resources.files("hautevoix.pronunciation").joinpath("data", file).read_text("utf-8")
    return (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
