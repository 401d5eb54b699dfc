"""The one table of abbreviations: what each is said, where, and whether it can end a sentence.

The normaliser and the sentence splitter both read it. An entry holds when ``before`` matches at
the end of what precedes and ``after`` matches what follows; the first entry that holds wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

UPPER = "A-ZÀ-ÖØ-ÞŒŸ"

# What follows a title: a name, or « le président », « de Rênal ».
_NAME = rf" (?=[{UPPER}]|(?:de|du|des|d['’]|le|la|les|l['’]|von|van)\b)"
_NUMBER = r" ?(?=\d|[IVXLCDM]+\b|[ivxlc]+\b)"
_AFTER_NUMBER = r"(?:\d|\b[IVXLCDM]+) ?"


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """One entry: ``ends`` tells whether its last full stop can also end a sentence."""

    written: str
    spoken: str
    group: str
    after: str = ""
    before: str = ""
    ends: bool = False

    def holds(self, text: str, start: int, end: int) -> bool:
        """Tell whether the abbreviation that stands at ``text[start:end]`` is this one."""
        if self.after and not _compiled(self.after).match(text, end):
            return False
        return not self.before or bool(
            _compiled(f"(?:{self.before})$").search(text[max(0, start - 24) : start])
        )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _group(group: str, **entries: str) -> tuple[Abbreviation, ...]:
    return tuple(Abbreviation(written, spoken, group) for written, spoken in entries.items())


_A = Abbreviation

TABLE: tuple[Abbreviation, ...] = (
    # Titles, before a name.
    _A("M.", "monsieur", "titles", _NAME, r"(?<!\d )"),
    _A("MM.", "messieurs", "titles", _NAME, r"(?<!\d )"),
    # Others.
    _A("etc.", "et cetera", "others", ends=True),
    # Editors' marks.
    _A("N.E.", "note de l'éditeur", "marks", ends=True),
)
"""Every abbreviation with a full stop; to add one, add a line and a case in the tests."""


def by_group(group: str) -> dict[str, tuple[Abbreviation, ...]]:
    """Return a group's entries by what is written, in the table's order."""
    found: dict[str, tuple[Abbreviation, ...]] = {}
    for entry in TABLE:
        if entry.group == group:
            found[entry.written] = (*found.get(entry.written, ()), entry)
    return found


_ENDS = {entry.written: entry.ends for entry in TABLE}
_PARTS = re.compile(r"[.\w-]*\.$")


def can_end(text: str, dot: int, token: str) -> bool:
    """Tell whether the stop at ``text[dot]``, after ``token``, can end a sentence."""
    match = _PARTS.search(token)
    written = match[0] if match else ""
    return _ENDS.get(written, True)
