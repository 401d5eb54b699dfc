"""``hautevoix say``: one sentence to a file, to try a voice."""

from __future__ import annotations

from pathlib import Path

import click

from hautevoix import engines
from hautevoix.cli import options
from hautevoix.french import Narrator
from hautevoix.mastering import write_sample
from hautevoix.pipeline.casting import ready_engine


@click.command("say")
@click.argument("text")
@click.option(
    "-o",
    "--output",
    type=options.TEXT,
    default=Path("say.wav"),
    show_default=True,
    metavar="FILE",
    help="Where to: a name in .wav or .mp3.",
)
@options.voice
def command(text: str, output: Path, engine: str, voice: str | None) -> None:
    """Speak TEXT to a WAV or MP3 file, as it would sound in an audiobook."""
    speaker = ready_engine(engine)
    words = Narrator().say(text, explain=False).words
    clip = speaker.speak(words, engines.find_voice(speaker, voice))
    write_sample(clip, output)
    click.echo(output)
