"""Typography put in order before any rule reads: characters that look alike become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule

if TYPE_CHECKING:
    import re

    from hautevoix.french.numbers import Counting

_SPACES = "\t\n\v\f\r\x1c-\x1f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"


@rule("spaces", rf"[{_SPACES} ]{{2,}}|[{_SPACES}]")
def spaces(_match: re.Match[str], _: Counting) -> str:
    """Every kind of space is one plain space."""
    return " "


RULES: tuple[Rule, ...] = (spaces,)


def tidy(text: str) -> str:
    """Return ``text`` with its typography in order."""
    for each in RULES:
        text = each(text)
    return text.strip()
