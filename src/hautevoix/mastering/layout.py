"""Where everything stands: the one timeline that every output takes its times from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hautevoix.mastering.sound import RATE
from hautevoix.model import Mark, Timeline

if TYPE_CHECKING:
    from hautevoix.mastering.pieces import Piece, Plan
    from hautevoix.model import Script


class Layout:
    """A timeline in the making: pieces are added in the order in which they are heard."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._marks: list[Mark | None] = [None] * len(script.utterances)
        self._starts: dict[int, int] = {}
        self._position = 0

    def add(self, plan: Plan, piece: Piece) -> None:
        """Put a piece at the end. A chapter starts where its first piece does."""
        self._starts.setdefault(plan.chapter, self._position)
        for index, mark in zip(plan.utterances, piece.marks, strict=True):
            self._marks[index] = Mark(self._position + mark.start, self._position + mark.end)
        self._position += piece.length

    def timeline(self) -> Timeline:
        """Return where everything stands; chapters of which nothing is heard have no length."""
        chapters = []
        following = self._position
        for number in reversed(range(len(self._script.chapters))):
            chapters.append(Mark(self._starts.get(number, following), following))
            following = chapters[-1].start
        return Timeline(RATE, self._position, tuple(reversed(chapters)), tuple(self._marks))


def timeline_json(script: Script, voices: tuple[str, ...], timeline: Timeline) -> str:
    """Return the timeline as other programs read it: seconds of the decoded MP3."""
    chapters = [
        {"title": title, **_seconds(mark)}
        for title, mark in zip(script.chapters, timeline.chapters, strict=True)
    ]
    utterances = [
        {
            "chapter": utterance.chapter,
            "role": utterance.role,
            "voice": voice,
            "text": utterance.written,
            **_seconds(mark),
        }
        for utterance, voice, mark in zip(
            script.utterances, voices, timeline.utterances, strict=True
        )
        if mark
    ]
    duration = round(timeline.frames / RATE, 6)
    told = {"rate": RATE, "duration": duration, "chapters": chapters, "utterances": utterances}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _seconds(mark: Mark) -> dict[str, float]:
    return {"start": round(mark.start / RATE, 6), "end": round(mark.end / RATE, 6)}
