"""Several inputs in one command: what fails is told, the others go on, one exit code tells all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from hautevoix.cli import stopping
from hautevoix.errors import HautevoixError, gravest
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


def _nobody(_error: HautevoixError) -> None:
    """Tell nobody else."""


class Batch:
    """The inputs of one command, by name, and what became of them.

    ``alike``: all need the same disk and network, and a failure of those ends it
    (``HautevoixError.for_all``). A single input fails as a command does. A bug or Ctrl-C is never
    caught here.
    """

    def __init__(self, names: Sequence[str], *, alike: bool) -> None:
        self.names = tuple(names)
        self.failed: list[tuple[str, HautevoixError]] = []
        self._alike = alike
        self._begun = 0

    def __iter__(self) -> Iterator[int]:
        """Yield the index of each input; none after a failure that the others would share."""
        for index in range(len(self.names)):
            if self._alike and any(error.for_all for _, error in self.failed):
                return
            self._begun = index + 1
            yield index

    @contextmanager
    def trying(
        self, index: int, told: Callable[[HautevoixError], None] = _nobody
    ) -> Iterator[None]:
        """Note what fails with this input, say it on stderr at once, and hand it to ``told``.

        Raises it again if it is the only input, or if the user wants the command to stop.
        """
        try:
            yield
        except HautevoixError as error:
            if stopping.asked():
                raise
            told(error)
            if len(self.names) == 1:
                raise
            self.failed.append((self.names[index], error))
            click.echo(f"hautevoix: {_named(self.names[index], error)}", err=True)

    @property
    def untried(self) -> tuple[str, ...]:
        """The inputs that were never begun."""
        return self.names[self._begun :]

    def exit_code(self, *others: int) -> int:
        """Return the gravest exit code of what failed and of ``others``."""
        return gravest([*others, *(error.exit_code for _, error in self.failed)])

    def lines(self, sums: str) -> Iterator[str]:
        """Yield what came of it: ``sums`` of what was done, then each input that was not, and why.

        Nothing for a single input, which speaks for itself.
        """
        if len(self.names) == 1:
            return
        lost = [tr("{failed} failed", failed=len(self.failed))] if self.failed else []
        lost += [tr("{untried} not tried", untried=len(self.untried))] if self.untried else []
        yield "; ".join([sums, ", ".join(lost)]) + ":" if lost else f"{sums}."
        for name, error in self.failed:
            yield f"  {_named(name, error)}"
        for name in self.untried:
            yield tr("  {name}: not tried", name=name)


def _named(name: str, error: HautevoixError) -> str:
    """Return an error with its input's name before it, unless it names it itself."""
    return str(error) if name in error.message else f"{name}: {error}"
