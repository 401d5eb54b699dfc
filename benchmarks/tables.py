"""The listener's reports as a table for a terminal, in Markdown, as TSV and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hearing import Report

_HEAD = ("voice", "words", "phonemes", "headings", "PLCMOS", "DNSMOS", "× real time", "MB")
_BEGIN, _END = "<!-- heard: script/bench listen --write-docs -->", "<!-- /heard -->"
_WRITTEN = (
    "# How voices were heard: written by script/bench listen --write-docs, with the table in "
    "docs/voices.md.\n"
)
_DETAILS = (
    *("voice", "kind", "written", "said", "heard", "words_wrong", "words"),
    *("phonemes_wrong", "phonemes", "plcmos", "dnsmos", "loss"),
)


def _cells(report: Report) -> tuple[str, ...]:
    right, headings = report.headings
    pace = report.times_real_time
    memory = report.performance.memory
    return (
        report.name,
        f"{report.words.rate:.2f}",
        f"{report.phonemes.rate:.2f}",
        f"{right}/{headings}" if headings else "-",
        _told(report.plcmos),
        _told(report.dnsmos),
        "-" if pace is None else f"{pace:.{0 if pace >= 10 else 1}f}",  # two digits tell enough
        "-" if memory is None else f"{memory:.0f}",
    )


def _told(score: float | None) -> str:
    return "-" if score is None else f"{score:.2f}"


def table(reports: Sequence[Report], width: int) -> Iterator[str]:
    """Yield the lines of a table that fits ``width`` columns: a long voice's name is cut."""
    rows = [_HEAD, *map(_cells, reports)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    widths[0] = max(8, min(widths[0], width - sum(widths[1:]) - 2 * len(widths[1:])))
    for name, *figures in rows:
        short = name if len(name) <= widths[0] else name[: widths[0] - 1] + "…"
        padded = (cell.rjust(size) for cell, size in zip(figures, widths[1:], strict=True))
        yield "  ".join((short.ljust(widths[0]), *padded))


def figures(reports: Sequence[Report]) -> str:
    """Return what ``hautevoix voices`` tells of each voice that was heard whole, as TOML."""
    tables = [
        f'["{one.name}"]\nwrong = {one.words.rate:.2f}\nnaturalness = {one.plcmos:.2f}\n'
        f"times_real_time = {one.times_real_time:.1f}\n"
        for one in reports
        if one.plcmos is not None and one.times_real_time is not None
    ]
    return "\n".join([_WRITTEN, *tables])


def renewed(page: str, reports: Sequence[Report]) -> str:
    """Return ``page`` with the table between its markers made anew, the best heard first.

    Raises ValueError where the markers are missing.
    """
    before, _, rest = page.partition(_BEGIN)
    _, closed, after = rest.partition(_END)
    if not closed:
        raise ValueError(f"{_BEGIN} … {_END} are missing")
    lines = [_markdown(_HEAD), _markdown(["---"] + ["--:"] * (len(_HEAD) - 1))]
    ordered = sorted(reports, key=lambda report: report.words.rate)
    lines += [_markdown((f"`{name}`", *figures)) for name, *figures in map(_cells, ordered)]
    return "\n".join((before + _BEGIN, *lines, _END + after))


def _markdown(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def details(reports: Iterable[Report]) -> Iterator[str]:
    """Yield the lines of a TSV: an utterance by a voice each, under their columns' names."""
    yield "\t".join(_DETAILS)
    for report in reports:
        for row in report.rows:
            cells = (
                *(report.name, row.asked.kind, row.asked.written, row.asked.said, row.heard.text),
                *(row.words.wrong, row.words.of, row.phonemes.wrong, row.phonemes.of),
                *(_told(row.heard.plcmos), _told(row.heard.dnsmos), row.loss),
            )
            yield "\t".join(" ".join(str(cell).split()) for cell in cells)


def for_programs(report: Report) -> dict[str, Any]:
    """Return a voice's figures as JSON has them: rates from 0, memory in MB."""
    right, headings = report.headings
    return {
        "engine": report.engine,
        "voice": report.voice,
        "utterances": len(report.rows),
        "words_wrong": report.words.rate,
        "phonemes_wrong": report.phonemes.rate,
        "headings_right": right,
        "headings": headings,
        "plcmos": report.plcmos,
        "dnsmos": report.dnsmos,
        "times_real_time": report.times_real_time,
        "memory_mb": report.performance.memory,
        "seconds": report.performance.sound,
        "not_spoken": len(report.performance.losses),
    }
