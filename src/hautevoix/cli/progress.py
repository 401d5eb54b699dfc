"""Where a long command is and what remains: a bar in a terminal, a line a step elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli import stopping
from hautevoix.localization import nnoop, noop, ntr, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_UNITS = {
    noop("Reading"): nnoop("{count} sentence", "{count} sentences"),
    noop("Speaking"): nnoop("{count} clip", "{count} clips"),
    noop("Mastering"): nnoop("{count} piece", "{count} pieces"),
    noop("M4B"): nnoop("{count} section", "{count} sections"),
    noop("Hearing"): nnoop("{count} sentence", "{count} sentences"),
    noop("Retakes"): nnoop("{count} sentence", "{count} sentences"),
    noop("Fetching"): nnoop("{count} byte", "{count} bytes"),
    noop("Trying"): nnoop("{count} voice", "{count} voices"),
    noop("Verifying"): nnoop("{count} piece", "{count} pieces"),
}
_STEPS = nnoop("{count} step", "{count} steps")
_STOPPING = noop("Stopping: what is in hand is finished first. Ctrl-C again stops at once.")


@contextmanager
def shown(
    *, quiet: bool, before_speaking: Callable[[], None] = lambda: None
) -> Iterator[Callable[[str, int, int], None]]:
    """Give what a build tells (stage, done, total); shows it on stderr until the context ends.

    ``before_speaking`` is called once, before the first sentence is handed out.
    """
    display: _Bars | _Lines | _Nothing = _Nothing()
    if not quiet:
        display = _Bars() if sys.stderr.isatty() else _Lines()
    told = False

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal told
        if stage == "Stopping":  # an answer to Ctrl-C, however quiet
            display.close()
            click.echo(tr(_STOPPING), err=True)
            return
        stopping.heed()
        if stage == "Speaking" and done < total and not told:
            display.close()
            told = True
            before_speaking()
        display.tell(stage, done, total)

    try:
        yield tell
    finally:
        display.close()


class _Nothing:
    """Says nothing."""

    def tell(self, stage: str, done: int, total: int) -> None:
        """Take no notice."""

    def close(self) -> None:
        """Nothing is left open."""


class _Bars:
    """One bar after the other, each with the time that remains."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None  # click's class is not public
        self._done = 0

    def tell(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self.close()
            self._stage, self._done = stage, 0
            self._bar = click.progressbar(
                length=max(total, 1),
                label=tr(stage).ljust(max(len(tr(name)) for name in _UNITS)),
                file=getattr(sys.stderr, "untreated", sys.stderr),
                show_pos=True,
                update_min_steps=max(1, total // 500),
            )
            self._bar.render_progress()
        self._bar.update(done - self._done)
        self._done = done

    def close(self) -> None:
        if self._bar:
            self._bar.render_finish()
            self._bar = None


class _Lines:
    """A quiet line for each step."""

    def __init__(self) -> None:
        self._stage = ""

    def tell(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self._stage = stage
            ready = tr(", {done} of them ready", done=done) if done > 1 else ""
            one, many = _UNITS.get(stage, _STEPS)
            counted = ntr(one, many, total)
            line = tr("{stage}: {counted}", stage=tr(stage), counted=counted)
            click.echo(line + ready, err=True)

    def close(self) -> None:
        """Nothing is left open."""
