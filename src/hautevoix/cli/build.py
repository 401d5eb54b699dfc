"""``hautevoix build``: the audiobook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import platformdirs

from hautevoix.cli import options
from hautevoix.cli.progress import shown
from hautevoix.errors import DONE_WITH_LOSSES
from hautevoix.mastering import Pressing, plot
from hautevoix.pipeline.builds import Built, Order, build
from hautevoix.store import Store
from hautevoix.workers import cores

if TYPE_CHECKING:
    from collections.abc import Iterator

_BIT_RATES = ("64", "80", "96", "112", "128", "160", "192")


@click.command("build")
@click.argument("texts", nargs=-1, required=True, type=options.TEXT, metavar="TEXT…")
@click.option(
    "-o",
    "--output",
    type=options.TEXT,
    default=Path("output"),
    show_default=True,
    metavar="DIR",
    help="Where each book gets a folder of its own.",
)
@options.voice
@options.reading
@click.option(
    "--bit-rate",
    type=click.Choice(_BIT_RATES),
    default="96",
    show_default=True,
    help="The MP3's, in kb/s.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=None,
    help="How many processes work at once.  [default: one a core]",
)
@click.option(
    "--store",
    type=options.TEXT,
    default=None,
    envvar="HAUTEVOIX_STORE",
    metavar="DIR",
    help="Where spoken clips are kept for the next build.  [default: this user's cache]",
)
@click.option("--plot", "plotted", is_flag=True, help="Also draw it: waveform, chapters, loudness.")
@click.option("--quiet", is_flag=True, help="No progress and no summary, errors only.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for programs.")
def command(
    texts: tuple[Path, ...],
    output: Path,
    jobs: int | None,
    store: Path | None,
    *,
    plotted: bool,
    quiet: bool,
    as_json: bool,
    **given: Any,
) -> int:
    """Make an audiobook of each TEXT: DIR/<name>/<name>.mp3, with chapters and a timeline.

    Title, author, lexicon and corrections can stand in a sidecar: TEXT's name with .toml.
    Stop it when you like: what was spoken is kept, and the same command goes on from there.
    """
    kept = Store(store or platformdirs.user_cache_path("hautevoix") / "store")
    losses = 0
    for text in texts:
        order = Order(
            options.source(text, given),
            output,
            kept,
            given["engine"],
            given["voice"],
            Pressing(int(given["bit_rate"])),
            jobs or cores(),
        )
        with shown(quiet=quiet) as progress:
            built = build(order, progress)
        if plotted:
            plot(built.master, built.master.mp3.with_suffix(".svg"))
        losses += len(built.losses)
        click.echo(json.dumps(_told(built), ensure_ascii=False) if as_json else built.master.mp3)
        if not quiet:
            for line in _summary(built):
                click.echo(line, err=True)
    return DONE_WITH_LOSSES if losses else 0


def _told(built: Built) -> dict[str, Any]:
    timeline = built.master.timeline
    return {
        "mp3": str(built.master.mp3),
        "timeline": str(built.master.timeline_file),
        "duration": round(timeline.frames / timeline.rate, 3),
        "engine": built.engine,
        "voice": built.voice.name,
        "chapters": [
            {"title": title, "start": round(mark.start / timeline.rate, 3)}
            for title, mark in zip(built.master.titles, timeline.chapters, strict=True)
        ],
        "losses": [{"text": text, "reason": reason} for text, reason in built.losses],
        "warnings": [{"line": doubt.line, "message": doubt.message} for doubt in built.book.doubts],
    }


def _summary(built: Built) -> Iterator[str]:
    timeline = built.master.timeline
    size = built.master.mp3.stat().st_size / 1e6
    length = _clock(timeline.frames / timeline.rate)
    yield f"{built.book.info.title or built.master.mp3.stem} — {length}, {size:.1f} MB"
    yield f"Voice: {built.engine}, {built.voice.name}"
    yield "Chapters:"
    for title, mark in zip(built.master.titles, timeline.chapters, strict=True):
        yield f"  {_clock(mark.start / timeline.rate)}  {title}"
    if built.book.doubts:
        yield f"Doubts of the segmenter ({len(built.book.doubts)}):"
    for doubt in built.book.doubts:
        yield f"  line {doubt.line}: {doubt.message}"
    if built.losses:
        yield f"Missing in the audio ({len(built.losses)}):"
    for text, reason in built.losses:
        yield f"  « {text} »: {reason}"


def _clock(seconds: float) -> str:
    """Return h:mm:ss, or m:ss under an hour.

    >>> _clock(271.4), _clock(3725)
    ('4:31', '1:02:05')
    """
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
