"""Options that choose a part of a book."""

from __future__ import annotations

import re
from typing import Any

import click

from hautevoix.cli.options import WORDS, filled, together
from hautevoix.localization import tr
from hautevoix.model.options import Excerpt

Range = tuple[int, int | None]
_RANGE = re.compile(r"(\d+)(?:\s*-\s*(\d*))?")
_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m(?:in)?)?(?:(\d+)s?)?")


class Chapters(click.ParamType):
    """Numbers of chapters and ranges of them, with commas between: « 3-5,8 », « 12- »."""

    name = "chapters"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[Range, ...]:
        """Return the ranges. Fails on what is none."""
        if not isinstance(value, str):
            return tuple(value)
        return tuple(self._range(part.strip(), param, ctx) for part in value.split(","))

    def _range(self, text: str, param: click.Parameter | None, ctx: click.Context | None) -> Range:
        match = _RANGE.fullmatch(text)
        if not match or len(text) > 20:
            self.fail(
                tr(
                    "« {text} » is no chapter: write numbers as outline shows them, 3-5,8.",
                    text=text,
                ),
                param,
                ctx,
            )
        first = int(match[1])
        last = first if match[2] is None else int(match[2]) if match[2] else None
        if first < 1 or (last is not None and last < first):
            self.fail(
                tr("« {text} » is no range of chapters: they count from 1 up.", text=text),
                param,
                ctx,
            )
        return first, last


class Duration(click.ParamType):
    """How long: « 2m », « 90s », « 1m30s »."""

    name = "duration"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Return the seconds. Fails on what is no time, and on none at all."""
        if isinstance(value, float):
            return value
        match = _DURATION.fullmatch(str(value).strip().lower())
        hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0,) * 3
        total = 3600 * hours + 60 * minutes + seconds
        if not 0 < total < 1e6:
            self.fail(
                tr("« {value} » is no time: write 2m, 90s or 1m30s.", value=value), param, ctx
            )
        return float(total)


excerpt = together(
    click.option(
        "--chapters",
        type=Chapters(),
        metavar="LIST",
        help="Only these chapters, by the numbers that « hautevoix outline » shows: 3-5,8.",
    ),
    click.option(
        "--sample",
        type=Duration(),
        metavar="TIME",
        help="Only about this much, from the first paragraph of prose (or --from) on: 2m, 90s.",
    ),
    click.option(
        "--from",
        "start",
        type=WORDS,
        callback=filled,
        metavar="WORDS",
        help="Only what begins with the sentence that has these words.",
    ),
)


def excerpt_of(given: dict[str, Any]) -> Excerpt | None:
    """Return the part that the options choose, None for the whole book."""
    wanted = Excerpt(given["chapters"] or (), given["start"] or "", given["sample"])
    return None if wanted == Excerpt() else wanted
