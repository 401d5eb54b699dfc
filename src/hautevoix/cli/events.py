"""What happens, for other programs: an object of JSON a line, on one stream, as it happens.

Every line has ``event`` and ``text``, the text's path as it was given. ``Event`` lists what each
tells beside; docs/api.md tells programs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from hautevoix.errors import HautevoixError
    from hautevoix.model import Diagnostic

    Progress = Callable[[str, int, int], None]

_STEPS = 100  # lines that tell of a stage at most, however many sentences it has


class Event(StrEnum):
    """What a line tells; programs pass over what they don't know, for more may come."""

    STAGE = "stage"  # "stage", "total"
    PROGRESS = "progress"  # "stage", "done", "total"
    DIAGNOSTIC = "diagnostic"  # "line", "code", "message"
    WATCHING = "watching"  # it is built again once its files change
    STOPPING = "stopping"  # what is in hand is finished, after Ctrl-C
    DONE = "done"  # what the command's --json tells of the text
    ERROR = "error"  # "error", "exit_code"
    SHELF = "shelf"  # of several texts, after each: "done", "total", "sound", "speed", "left"


def line(event: Event, text: str, fields: Mapping[str, object]) -> str:
    """Return an event as a line.

    >>> line(Event.STAGE, "livre.txt", {"stage": "Speaking", "total": 42})
    '{"event": "stage", "text": "livre.txt", "stage": "Speaking", "total": 42}'
    """
    return json.dumps({"event": event, "text": text, **fields}, ensure_ascii=False)


@dataclass(slots=True)
class Events:
    """The events of one ``text``, printed on stdout and flushed as they come."""

    text: str
    _stage: str = ""
    _told: int = -1

    def after(self, told: Progress) -> Progress:
        """Return what tells of progress to ``told``, and then here."""

        def both(stage: str, done: int, total: int) -> None:
            told(stage, done, total)
            self.progress(stage, done, total)

        return both

    def progress(self, stage: str, done: int, total: int) -> None:
        """Tell that ``done`` of ``total`` of a stage are done: its beginning, each hundredth."""
        if stage == "Stopping":
            self._emit(Event.STOPPING)
            return
        if stage != self._stage:
            self._stage, self._told = stage, -1
            self._emit(Event.STAGE, stage=stage, total=total)
        step = done * _STEPS // max(total, 1)
        if step != self._told:
            self._told = step
            self._emit(Event.PROGRESS, stage=stage, done=done, total=total)

    def diagnostics(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Tell each of the ``diagnostics``."""
        for one in diagnostics:
            self._emit(Event.DIAGNOSTIC, line=one.line, code=one.code, message=one.message)

    def done(self, result: Mapping[str, Any]) -> None:
        """Tell the ``result``: what ``--json`` tells of the text, on this line."""
        fields = {name: value for name, value in result.items() if name != "text"}
        self._emit(Event.DONE, **fields)

    def watching(self) -> None:
        """Tell that what changes is built again."""
        self._emit(Event.WATCHING)

    def failed(self, error: HautevoixError) -> None:
        """Tell why there is no result."""
        self._emit(Event.ERROR, error=str(error), exit_code=error.exit_code)

    def shelf(self, fields: Mapping[str, object]) -> None:
        """Tell how far all texts of the command are, now that this one is over."""
        self._emit(Event.SHELF, **fields)

    def _emit(self, event: Event, **fields: object) -> None:
        click.echo(line(event, self.text, fields))
