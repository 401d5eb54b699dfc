"""One entry of the table of abbreviations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One entry; ``ends``: a sentence may end with its last full stop.

    ``leads``: it leads to what follows it (« p. ex. »), and seldom stands last in a sentence, or
    never where it does not end one either (« cf. »).
    What is ``written`` without a full stop may have one all the same (« Dr. »); a space in it may
    be missing in print; and a small first letter may be a capital, which is then said as one.
    """

    written: str
    spoken: str
    group: str
    after: str = ""
    before: str = ""
    ends: bool = False
    leads: bool = False

    def holds(self, text: str, start: int, end: int) -> bool:
        """Tell whether this is what stands at ``text[start:end]``."""
        if self.after and not _compiled(self.after).match(text, end):
            return False
        before = text[max(0, start - 24) : start]
        return not self.before or bool(_compiled(f"(?:{self.before})$").search(before))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def entries(
    group: str,
    told: dict[str, str],
    *,
    after: str = "",
    before: str = "",
    ends: bool = False,
    leads: bool = False,
) -> Iterator[Abbreviation]:
    """Yield an entry for each that is ``told``, as written and as spoken."""
    for written, spoken in told.items():
        yield Abbreviation(written, spoken, group, after, before, ends, leads)


def many(told: dict[str, str]) -> dict[str, str]:
    """Return the same abbreviations, said in the plural."""
    return {
        written: spoken + ("" if spoken[-1] in "sx" else "x" if spoken.endswith("eau") else "s")
        for written, spoken in told.items()
    }
