"""What ``hautevoix build`` says in the end, to a person and to a program."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hautevoix.localization import ntr, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from hautevoix.errors import HautevoixError
    from hautevoix.model import Diagnostic
    from hautevoix.pipeline.estimates import Estimate
    from hautevoix.pipeline.results import Built


def planned(text: Path, estimate: Estimate, *, as_json: bool) -> str:
    """Return what a build of ``text`` would do, on a line or as JSON."""
    if as_json:
        return json.dumps(
            {
                "text": str(text),
                "clips": estimate.clips,
                "to_speak": estimate.missing,
                "characters_to_speak": estimate.characters,
                "duration": round(estimate.seconds, 1),
                "measured": estimate.measured,
            },
            ensure_ascii=False,
        )
    sure = "" if estimate.measured else tr(" (at a usual pace: this voice has not been heard yet)")
    return tr(
        "{title}: some {clock} of audio{sure}, {clips} clips, {missing} of them to "
        "be spoken ({characters} characters).",
        title=estimate.title or text,
        clock=clock(estimate.seconds),
        sure=sure,
        clips=estimate.clips,
        missing=estimate.missing,
        characters=estimate.characters,
    )


def failed(text: Path, error: HautevoixError) -> str:
    """Return for programs, as JSON, why a text gave no audiobook."""
    told = {"text": str(text), "error": str(error), "exit_code": error.exit_code}
    return json.dumps(told, ensure_ascii=False)


def told(text: Path, built: Built) -> str:
    """Return the result for programs, as JSON."""
    return json.dumps(result(text, built), ensure_ascii=False)


def result(text: Path, built: Built) -> dict[str, Any]:
    """Return the result for programs."""
    timeline = built.master.timeline
    return {
        "text": str(text),
        "mp3": str(built.master.mp3) if built.master.mp3 else None,
        "files": [str(file) for file in built.master.files],
        "timeline": str(built.master.timeline_file),
        "duration": round(timeline.frames / timeline.rate, 3),
        "engine": built.engine,
        "voice": built.voice,
        "chapters": [
            {"title": title, "start": round(mark.start / timeline.rate, 3)}
            for title, mark in zip(built.master.titles, timeline.chapters, strict=True)
        ],
        "substitutes": [{"text": text, "reason": why} for text, why in built.substitutes],
        "wordless": built.wordless,
        "suspect": [{"text": text, "reason": why} for text, why in built.suspect],
        "retakes": [
            {"text": text, "way": way, "result": came} for text, way, came in built.retakes
        ],
        "replaced": str(built.replaced) if built.replaced else None,
        "losses": [{"text": text, "reason": reason} for text, reason in built.losses],
        "warnings": [
            {"line": diagnostic.line, "code": diagnostic.code, "message": diagnostic.message}
            for diagnostic in built.diagnostics
        ],
    }


def summary(built: Built) -> Iterator[str]:
    """Yield what a person wants to know once it is built."""
    timeline = built.master.timeline
    size = sum(file.stat().st_size for file in built.master.files) / 1e6
    length = clock(timeline.frames / timeline.rate)
    title = built.title or built.master.folder.name
    yield tr("{title} — {length}, {size:.1f} MB", title=title, length=length, size=size)
    if not built.fresh:
        yield tr("Nothing has changed since it was built: nothing was touched.")
    if built.replaced:
        yield (
            tr(
                "It took the place of the audiobook of {replaced}, whose name is "
                "alike. To have both, rename one text, or choose another folder with "
                "-o.",
                replaced=built.replaced,
            )
        )
    yield tr("Voice: {engine}, {voice}", engine=built.engine, voice=built.voice)
    yield tr("Chapters:")
    for title, mark in zip(built.master.titles, timeline.chapters, strict=True):
        yield f"  {clock(mark.start / timeline.rate)}  {title}"
    yield from to_check(built)


def to_check(built: Built) -> Iterator[str]:
    """Yield what was doubted, replaced or left out."""
    for heading, rows in _checks(built):
        if heading and rows:
            yield tr("{title} ({count}):", title=heading, count=len(rows))
        yield from rows


def count_to_check(built: Built) -> int:
    """Return how many things ``to_check`` tells, its headings not counted."""
    return sum(len(rows) for _, rows in _checks(built))


def _checks(built: Built) -> Iterator[tuple[str, list[str]]]:
    """Yield each kind of what is to be checked: its heading, and a line for each thing."""
    yield tr("Doubts of the segmenter"), [_doubt(one) for one in built.diagnostics]
    yield tr("Said by the fallback"), _listed(built.substitutes)
    retakes = [
        (text, f"{tr(way) or tr('no better take')}, {result}")
        for text, way, result in built.retakes
    ]
    yield tr("Spoken again, as other words were heard"), _listed(retakes)
    yield tr("To be listened to, by their sound"), _listed(built.suspect)
    if built.wordless:
        silent = tr(
            "Without word timings, which their voice does not tell: {sentences}",
            sentences=_sentences(built.wordless),
        )
        yield "", [silent]
    yield tr("Missing in the audio"), _listed(built.losses)


def _doubt(diagnostic: Diagnostic) -> str:
    if not diagnostic.line:
        return f"  {diagnostic.message}"
    return tr("  line {line}: {what}", line=diagnostic.line, what=diagnostic.message)


def _listed(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Return sentences, each with what is said of it."""
    return [tr("  « {text} »: {told}", text=text, told=told) for text, told in rows]


def _sentences(count: int) -> str:
    return ntr("{count} sentence", "{count} sentences", count)


def clock(seconds: float) -> str:
    """Return h:mm:ss, or m:ss under an hour.

    >>> clock(271.4), clock(3725)
    ('4:31', '1:02:05')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
