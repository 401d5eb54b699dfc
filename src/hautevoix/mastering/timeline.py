"""Where everything stands: the one timeline that every output takes its times from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hautevoix.mastering.sound import RATE
from hautevoix.mastering.words import rows, unpacked
from hautevoix.model import FrameSpan, Timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.mastering.pieces import Piece, Plan
    from hautevoix.model import Script, WordMark


class TimelineBuilder:
    """A timeline in the making: pieces are added in the order in which they are heard."""

    def __init__(self, script: Script, *, words: bool = False) -> None:
        """Begin with nothing; ``words``: note also where each word begins."""
        self._script = script
        self._marks: list[FrameSpan | None] = [None] * len(script.utterances)
        self._words: list[tuple[WordMark, ...]] = [()] * len(script.utterances) if words else []
        self._starts: dict[int, int] = {}
        self._position = 0
        self._profile: str | None = None

    def add(self, plan: Plan, piece: Piece) -> None:
        """Put a piece at the end. A chapter starts where its first piece does."""
        self._profile = plan.profile.name
        self._starts.setdefault(plan.chapter, self._position)
        for index, mark in zip(plan.utterances, piece.marks, strict=True):
            self._marks[index] = FrameSpan(self._position + mark.start, self._position + mark.end)
        if self._words:
            told = unpacked(piece.words, len(piece.marks), self._position)
            for index, words in zip(plan.utterances, told, strict=True):
                self._words[index] = words
        self._position += piece.length

    def timeline(self) -> Timeline:
        """Return where everything stands; chapters of which nothing is heard have no length."""
        chapters = []
        following = self._position
        for number in reversed(range(len(self._script.chapters))):
            chapters.append(FrameSpan(self._starts.get(number, following), following))
            following = chapters[-1].start
        parts = tuple(reversed(chapters))
        marks, words = tuple(self._marks), tuple(self._words)
        return Timeline(RATE, self._position, parts, marks, words, self._profile)


def timeline_json(script: Script, voices: tuple[str, ...], timeline: Timeline) -> str:
    """Return the timeline as other programs read it: seconds of the decoded MP3.

    Words are told where the timeline has them, and so is the profile; how many sentences are
    missing, where some are.
    """
    chapters = [
        {"title": title, **_seconds(mark)}
        for title, mark in zip(script.chapters, timeline.chapters, strict=True)
    ]
    utterances = [
        {
            "chapter": utterance.chapter,
            "role": utterance.role,
            **({"character": utterance.character} if utterance.character else {}),
            "voice": voice,
            "text": utterance.written,
            **_seconds(mark),
            **told,
        }
        for utterance, voice, mark, told in zip(
            script.utterances, voices, timeline.utterances, _words(script, timeline), strict=True
        )
        if mark
    ]
    duration = round(timeline.frames / RATE, 6)
    made: dict[str, object] = {"profile": timeline.profile} if timeline.profile else {}
    if missing := len(list(timeline.missing())):
        made["missing"] = missing
    head = {"rate": RATE, "duration": duration, **made, "chapters": chapters}
    # A line an utterance: indented, it would take a book's edit a tenth of a second more.
    start = json.dumps({**head, "utterances": None}, ensure_ascii=False, indent=1)
    lines = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in utterances)
    return start.removesuffix("null\n}") + f"[\n  {lines}\n ]\n}}\n"


def _words(script: Script, timeline: Timeline) -> Iterator[dict[str, object]]:
    """Yield what each utterance's row tells of its words: nothing, unless they were asked for."""
    if not timeline.words:
        yield from ({} for _ in script.utterances)
    for utterance, mark, words in zip(
        script.utterances, timeline.utterances, timeline.words, strict=False
    ):
        yield {"words": list(rows(utterance.spoken, words, mark.end))} if mark else {}


def _seconds(mark: FrameSpan) -> dict[str, float]:
    return {"start": round(mark.start / RATE, 6), "end": round(mark.end / RATE, 6)}
