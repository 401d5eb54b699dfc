"""Words as they are to be said, and how they came about: what french gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Manner(StrEnum):
    """How an engine must say a span of words that spelling alone can't tell."""

    LETTERS = "letters"  # « C R M »: capital letters parted by spaces, to be named one by one
    PHONEMES = "phonemes"  # the span's ``ipa`` says it; its text is what to fall back on
    RESPELLED = "respelled"  # the span's ``spelling`` is read right by eSpeak NG's French
    GIVEN = "given"  # as a person told it, in a lexicon: nothing may change it
    EMPHASIS = "emphasis"  # stressed, by engines that can; it may hold other spans


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch ``text[start:end]`` of words with a manner of its own."""

    start: int
    end: int
    manner: Manner
    ipa: str = ""
    spelling: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What an engine is asked to say: plain French, and the spans that need more than spelling."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement: at index ``start``, ``before`` becomes ``after``."""

    start: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """What one rule changed: its edits, left to right, in indices of the text that it was given."""

    rule: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Unsure:
    """What the normaliser was not sure of: ``kind`` (« acronym », …) and the token as written."""

    kind: str
    token: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as a narrator says it, how it came about, and what a lexicon entry could settle."""

    words: Words
    changes: tuple[Change, ...] = ()
    unsure: tuple[Unsure, ...] = ()
