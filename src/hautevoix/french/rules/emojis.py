"""Emoji, by their French names in Unicode's Common Locale Data Repository."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from hautevoix.french.rule import Rule, rule

if TYPE_CHECKING:
    from hautevoix.french.numbers import Counting

_PICTURES = (
    "\u203c\u2049\u2139\u231a-\u23ff\u2600-\u2604\u260e\u2611-\u2615\u2618-\u262f\u2638-\u263a\u2648-\u265f"
    "\u2663-\u2668\u267b\u267e\u267f\u2692-\u26ff\u2702-\u2712\u2714\u2716\u271d\u2721-\u2728\u2733\u2734\u2744"
    "\u2747\u274c\u274e\u2753-\u2757\u2763\u2764\u2795-\u2797\u27a1\u27b0\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50"
    "\u2b55\U0001f000-\U0001faff"
)
"""Characters that are pictures, alone or before a selector; suits of cards and chess men too."""
_SEQUENCE = (
    rf"(?:[{_PICTURES}](?:[\ufe0e\ufe0f\u20e3\u200d]|[\U0001f3fb-\U0001f3ff]|"
    rf"(?<=\u200d)[♀♂⚕⚖✈❤]|[\U000e0020-\U000e007f])*|[0-9#*]\ufe0f?\u20e3)"
)


@cache
def _names() -> dict[str, str]:
    from emoji import EMOJI_DATA, config  # noqa: PLC0415 - large, and most texts have none

    config.load_language("fr")
    return {sign: _words(told["fr"]) for sign, told in EMOJI_DATA.items() if "fr" in told}


def _words(name: str) -> str:
    return name.strip(":").replace("_", " ").replace("’", "'")


@rule(
    "emoji",
    rf" ?(?:{_SEQUENCE} ?)+",
    why="An emoji is said by its name.",
    hints=(),
    beyond=frozenset(map(chr, range(0x2000))),
)
def _emoji(match: re.Match[str], _: Counting) -> str | None:
    names = [_name(found) for found in _whole(match[0])]
    if not any(names):
        return None
    text, end = match.string, match.end()
    told = ", ".join(dict.fromkeys(name for name in names if name))
    before = text[: match.start()].rstrip()
    joint = "" if not before else " " if before[-1] in ".!?…:;,(«" else ", "
    after = text[end : end + 1]
    close = (
        ""
        if not after or after in ".,;:!?…)»"
        else ", "
        if after.islower()
        else ". "
        if after.isalnum()
        else " "
    )
    return f"{joint}{told}{' ' if after in tuple('!?:;»') else ''}{close}"


def _whole(run: str) -> list[str]:
    """Part a run of emoji: what one joiner, skin or selector makes one stays one."""
    names = _names()
    found: list[str] = []
    position = 0
    while position < len(run):
        longest = next(
            (
                n
                for n in range(min(len(run) - position, 12), 0, -1)
                if run[position : position + n] in names
            ),
            1,
        )
        found.append(run[position : position + longest])
        position += longest
    return found


def _name(sign: str) -> str:
    names = _names()
    name = (
        names.get(sign)
        or names.get(sign + "\ufe0f")
        or names.get(sign.rstrip("\ufe0f\ufe0e"))
        or ""
    )
    return re.sub(r" peau .*$| : .*peau.*$", "", name)


@rule(
    "emoticons",
    r"(?:(?<= )|(?<=[.!?]))(?:[:;=]-?[()DPpOo/|]|\^\^|<3|xD|XD)(?= |$|[.,!?])",
    why="A face made of signs is not said.",
    hints=(
        ":)",
        ":(",
        ";)",
        ":-",
        ";-",
        ":D",
        ":P",
        ":p",
        ":o",
        ":O",
        ":/",
        ":|",
        ";",
        "^^",
        "<3",
        "xD",
        "XD",
        "=",
    ),
    doubt="sign",
)
def _emoticons(_match: re.Match[str], _: Counting) -> str:
    return ""


@rule(
    "emoji-unsaid",
    rf" ?{_SEQUENCE}",
    why="The listener wants no emoji.",
    beyond=frozenset(map(chr, range(0x2000))),
    doubt="sign",
)
def _emoji_unsaid(_match: re.Match[str], _: Counting) -> str:
    return ""


def emojis(*, said: bool) -> tuple[Rule, ...]:
    """Return the rule that says emoji, or the one that leaves them out."""
    return _emoji if said else _emoji_unsaid, _emoticons
