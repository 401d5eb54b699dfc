"""Times of day, which are feminine."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, cardinal, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS, RATE, counted

_HALVES = {"1/2": "et demie", "1/4": "et quart", "3/4": "trois quarts"}


_HOUR = r"(?:[hH](?: ?[0-5]\d)?(?!\w)|:[0-5]\d(?![\d:]))"
"""What follows the figure of an hour, with its minutes."""
_RANGED = re.compile(
    r"\d ?(?:[hH](?: ?[0-5]\d)?|:[0-5]\d)? ?(?:[-–—]|à) ?\d{1,2} ?(?:[hH]|:)[ \d]*$"
)


def _hours(written: str, c: Counting) -> str:
    return (
        f"{number(written.lstrip('0') or '0', feminine=True, counting=c)}"
        f" heure{'s' if int(written) > 1 else ''}"
    )


def _seconds(written: str, c: Counting) -> str:
    return counted(written.lstrip("0") or "0", "seconde", "secondes", c, feminine=True)


def _minutes(written: str | None, c: Counting) -> str:
    if not written or not int(written):
        return ""
    return f" {cardinal(int(written), feminine=True, counting=c)}"


@rule(
    "round-the-clock",
    r"(?<![\w,.])(?:24 ?h(?:eures)? ?/ ?24(?: ?h)?|7 ?j(?:ours)? ?/ ?7(?: ?j)?)(?!\w)",
    why="« 24 h/24 » is « vingt-quatre heures sur vingt-quatre ».",
    needs="/",
    starts="27",
)
def _round_the_clock(match: re.Match[str], c: Counting) -> str:
    n, noun = (24, "heures") if match[0].startswith("24") else (7, "jours")
    words = cardinal(n, counting=c)
    return f"{words} {noun} sur {words}"


@rule(
    "times-range",
    rf"(?<=\d) ?{_HOUR}(?P<x> ?[-–—] ?|/)(?=\d{{1,2}} ?{_HOUR}(?P<again> ?[-–—/])?)",
    why="From one time to another goes « à »; a slash between two ranges is a pause.",
    needs=(DIGITS, "hH:", "-–—/"),
)
def _times_range(match: re.Match[str], _: Counting) -> str:
    if match["x"] == "/":
        return (
            ", "
            if match["again"] or _RANGED.search(match.string[: match.start("x")][-24:])
            else " à "
        )
    return " à "


@rule(
    "parted-hours",
    rf"(?<=\d) ?{_HOUR}(?P<x> +/ +)(?=\d{{1,2}} ?(?:{_HOUR}|[-–—] ?\d{{1,2}} ?[hH]))",
    why="A slash between two times is a pause.",
    needs=(DIGITS, "hH:", "/"),
)
def _parted_hours(_match: re.Match[str], _: Counting) -> str:
    return ", "


@rule(
    "hours-and-hours",
    r"(?<![\w,.])(?P<x>(?P<a>\d{1,2}) ?[-–—] ?)(?=(?P<b>\d{1,2}) ?[hH](?!\w))",
    why="« 9-12 h » is a range of hours, « 9-12h ».",
    needs=(DIGITS, "hH", "-–—"),
    starts="0-9",
)
def _hours_and_hours(match: re.Match[str], c: Counting) -> str:
    hours = number(match["a"].lstrip("0") or "0", feminine=True, counting=c)
    return f"{hours} à "


@rule(
    "time",
    r"(?<![\w,.])(?<!\d/)(?P<h>\d{1,2}) ?[hH](?:\.(?= [a-zà-ÿ]|,| ?[\d;:)]))?"
    r"(?: ?(?:(?P<half>[13]/[24])|(?P<m>[0-5]\d)(?: ?"
    r"(?:(?P<run>['’′] ?(?P<sec>[0-5]\d) ?(?:[\"″]|''|’’|′′))|(?P<unit>min|mn|m|')(?!\w)(?: ?"
    r"(?P<s>[0-5]?\d) ?s\b)?))?))?"
    rf"(?!\w|(?!{RATE})/)",
    why="A time of day is said in hours and minutes, which are feminine.",
    needs=(DIGITS, "hH"),
    starts="0-9",
)
def _time(match: re.Match[str], c: Counting) -> str | None:
    if match["half"] and match["half"] not in _HALVES:
        return None
    words = _hours(match["h"], c)
    words += f" {_HALVES[match['half']]}" if match["half"] else _minutes(match["m"], c)
    if match["unit"] in ("min", "mn") and match["s"]:
        words += f" minutes {cardinal(int(match['s']), feminine=True, counting=c)} secondes"
    if match["run"]:
        words += f" minute{'s' * (int(match['m']) > 1)} {_seconds(match['sec'], c)}"
    return words


_NO_CLOCK = re.compile(
    r"\b(?:[Vv]ersets?|[Ss]ourate|Coran|[Rr]atio|[Cc]hapitre|[Pp]roportions?|[Rr]apport"
    r"|[Éé]chelle) (?:\w+ )?(?:de )?$"
)


@rule(
    "clock-time",
    r"(?<![\w,.:/-])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?"
    r"(?![\w:/-]|[.,]\d| 000)",
    why="A time with a colon is said in hours and minutes.",
    needs=(DIGITS, ":"),
    starts="0-9",
)
def _clock_time(match: re.Match[str], c: Counting) -> str | None:
    if _NO_CLOCK.search(match.string, max(0, match.start() - 24), match.start()):
        return None
    words = _hours(match["h"], c) + _minutes(match["m"], c)
    if match["s"] and int(match["s"]):
        words += f" et {_seconds(match['s'], c)}"
    return words


@rule(
    "minutes-past",
    r"\b(?:heures?|midi|minuit) (?P<x>(?P<half>[13]/[24])|(?P<m>[1-5]?\d)(?= ?[,;:.!?…)»]|$| "
    r"(?:du|de|à|et|le|la|les|il|elle|on|nous|précises?|environ|passées?|pour|un|une|quand|que|au"
    r"|par)\b))(?!\w)",
    why="What follows the hours is minutes, which are feminine, or a part of an hour.",
    needs=DIGITS,
    words={"heure", "heures", "midi", "minuit"},
)
def _minutes_past(match: re.Match[str], c: Counting) -> str | None:
    if not match["half"]:
        return cardinal(int(match["m"]), feminine=True, counting=c)
    noon = match[0].startswith("mi")
    return (
        ("et demi" if noon else "et demie")
        if match["half"] == "1/2"
        else _HALVES.get(match["half"])
    )


@rule(
    "quarter-to",
    r"\bheures? moins (?P<x>1/4)(?!\w)",
    why="A quarter to the hour.",
    needs="/",
    words={"heure", "heures"},
)
def _quarter_to(_match: re.Match[str], _: Counting) -> str:
    return "le quart"


RULES: tuple[Rule, ...] = (
    _round_the_clock,
    _quarter_to,
    _minutes_past,
    _parted_hours,
    _hours_and_hours,
    _times_range,
    _time,
    _clock_time,
)
