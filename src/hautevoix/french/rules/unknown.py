"""What no table knows: small letters with full stops are named one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.french.boundaries import closes
from hautevoix.french.rule import Rule, rule

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting


@rule(
    "dotted-letters",
    r"(?<![\w.'’-])[a-zà-ÿ](?:\.-?[a-zà-ÿ]){1,7}\.(?![\w.])",
    why="An abbreviation in small letters that no table knows is said letter by letter.",
    doubt="acronym",
    words=[f"{letter}." for letter in "abcdefghijklmnopqrstuvwxyzéèàê"],
)
def _dotted_letters(match: re.Match[str], _: Counting) -> str:
    said = " ".join(re.findall(r"[^\W\d_]", match[0].upper().translate(_BARE)))
    return said + "." * closes(match.string, match.end() - 1, said)


_BARE = str.maketrans("ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜ", "AAACEEEEIIOOUUU")

RULES: tuple[Rule, ...] = (_dotted_letters,)
