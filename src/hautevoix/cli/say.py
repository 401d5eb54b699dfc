"""``hautevoix say``: one sentence to a file, to try a voice, or all of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hautevoix import engines
from hautevoix.cli import options
from hautevoix.cli.notices import tell
from hautevoix.errors import DONE_WITH_LOSSES, EngineError
from hautevoix.french import Narrator
from hautevoix.mastering import write_sample
from hautevoix.pipeline.casting import AUTO, ready_engine
from hautevoix.recording import speak

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.engines import Engine
    from hautevoix.model import Words


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
@click.option(
    "--all-voices",
    is_flag=True,
    help="A file for each voice of the engine (auto: of all that are ready offline).",
)
def command(
    text: str, output: Path, engine: str, voice: str | None, *, all_voices: bool
) -> int | None:
    """Speak TEXT to a WAV or MP3 file, as it would sound in an audiobook.

    With --all-voices each voice says it, to a file named after it: say-espeak-fr.wav and so on.
    """
    words = Narrator().say(text, explain=False).words
    if all_voices:
        return _say_with_all(words, output, engine)
    speaker = ready_engine(engine)
    tell(speaker)
    write_sample(speak(speaker, words, engines.find_voice(speaker, voice)), output)
    click.echo(output)
    return None


def _say_with_all(words: Words, output: Path, engine: str) -> int:
    """Write a file for each voice; tell which could not speak, and go on with the next."""
    silent = 0
    for speaker in _speakers(engine):
        tell(speaker)
        for voice in speaker.voices():
            name = re.sub(r"[^\w.+-]", "_", f"{output.stem}-{speaker.name}-{voice.name}")
            target = output.with_name(name + output.suffix)
            try:
                write_sample(speak(speaker, words, voice), target)
                click.echo(target)
            except EngineError as error:
                silent += 1
                click.echo(f"{speaker.name}, {voice.name}: {error}", err=True)
    return DONE_WITH_LOSSES if silent else 0


def _speakers(name: str) -> Iterator[Engine]:
    if name != AUTO:
        yield ready_engine(name)
        return
    for known in engines.names():
        engine = engines.load(known)
        if not engine.online and engine.check().ready:
            yield engine
