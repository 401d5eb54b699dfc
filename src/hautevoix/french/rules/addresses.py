"""Addresses of the web, and telephone numbers."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, cardinal, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.computing import spell
from hautevoix.french.rules.parts import DIGITS


@rule(
    "e-mail",
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})++",
    why="An e-mail address is read with its « arobase » and its points.",
    needs="@",
)
def _email(match: re.Match[str], counting: Counting) -> str:
    return spell(match[0], counting)


@rule(
    "web",
    r"(?<![\w@.])(?:(?:https?|ftp)://|(?=www\.))(?P<address>[^\s«»<>\"()\[\],;]{0,200}[\w/])",
    why="An address of the web is read with its points, without its « https ».",
    hints=("://", "www."),
)
def _web(match: re.Match[str], counting: Counting) -> str:
    return spell(match["address"].rstrip("/"), counting)


@rule(
    "domain",
    r"(?<![\w@.-])[A-Za-z][\w-]{1,40}\.(?:fr|com|org|net|eu|gouv\.fr|info|io|be|ch)(?P<path>(?:/[\w~%-]{1,60}(?:\.\w{1,8})?){0,6}/?)(?![\w.-]*\w)",
    why="The name of a site is read with its points.",
    hints=(".fr", ".com", ".org", ".net", ".eu", ".gouv", ".info", ".io", ".be", ".ch"),
)
def _domain(match: re.Match[str], counting: Counting) -> str:
    return spell(match[0].rstrip("/"), counting)


@rule(
    "telephone",
    r"(?<![\d.,])(?:(?:\+|00)(?P<country>\d{2}) ?(?:\(0\) ?)?(?P<one>\d)|(?P<two>0\d))"
    r"(?P<rest>(?:(?:[ .]| ?- ?)\d\d){4})(?!\d)|(?<![\d.,])0[1-9]\d{8}(?!\d)|"
    r"(?<![\d.,])0 ?8\d\d \d{3} \d{3}(?! ?\d)",
    why="A telephone number is read by pairs of digits.",
    needs=DIGITS,
    starts="+0",
)
def _telephone(match: re.Match[str], counting: Counting) -> str:
    if match["rest"] is None:
        plain = match[0].replace(" ", "")
        green = plain != match[0]  # « 0 800 123 456 » goes by threes
        pairs = (
            [plain[0], plain[1:4], plain[4:7], plain[7:]] if green else re.findall(r"\d\d", plain)
        )
    else:
        pairs = [match["one"] or match["two"], *re.findall(r"\d\d", match["rest"])]
    words = [number(pair, rank=True, counting=counting) for pair in pairs]
    if match["country"]:
        words.insert(0, f"plus {cardinal(int(match['country']), counting=counting)}")
    return " ".join(words)


RULES: tuple[Rule, ...] = (_email, _web, _domain, _telephone)
