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
from hautevoix.mastering.sample import SUFFIXES
from hautevoix.pipeline.casting import AUTO, ready_engine
from hautevoix.recording import speak

if TYPE_CHECKING:
    from hautevoix.engines import Engine
    from hautevoix.model import Voice, Words


@click.command("say")
@click.argument("text", type=options.WORDS)
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
    text: str,
    output: Path,
    engine: str,
    voice: str | None,
    provider: str | None,
    *,
    all_voices: bool,
) -> int | None:
    """Speak TEXT to a WAV or MP3 file, as it would sound in an audiobook.

    With --all-voices each voice says it, to a file named after it: say-espeak-fr.wav and so on.
    """
    if output.suffix.lower() not in SUFFIXES:
        raise click.BadParameter(f"{output}: end it in .wav or .mp3.", param_hint="--output")
    words = Narrator().say(text, explain=False).words
    if not words.text.strip():
        raise click.BadParameter("there is nothing to say in it.", param_hint="TEXT")
    if all_voices:
        if voice:
            raise click.UsageError("--all-voices are all of them: leave --voice out.")
        return _say_with_all(words, output, engine)
    speaker = ready_engine(engine, provider or "")
    tell(speaker)
    write_sample(speak(speaker, words, engines.find_voice(speaker, voice)), output)
    click.echo(output)
    return None


def _say_with_all(words: Words, output: Path, engine: str) -> int:
    """Write a file for each voice; tell which could not speak, and go on with the next."""
    silent = 0
    for name in engines.names() if engine == AUTO else (engine,):
        try:
            speaker = engines.load(name) if engine == AUTO else ready_engine(name)
            if engine == AUTO and (speaker.online or not speaker.check().ready):
                continue
            tell(speaker)
            voices = speaker.voices()
        except EngineError as error:
            if engine != AUTO:
                raise
            silent += 1
            click.echo(error, err=True)
        else:
            silent += sum(not _said(words, speaker, voice, output) for voice in voices)
    return DONE_WITH_LOSSES if silent else 0


def _said(words: Words, speaker: Engine, voice: Voice, output: Path) -> bool:
    """Write a voice's file and tell its name; tell why, and return False, where it can't speak."""
    name = re.sub(r"[^\w.+-]", "_", f"{output.stem}-{speaker.name}-{voice.name}")
    target = output.with_name(name + output.suffix)
    try:
        write_sample(speak(speaker, words, voice), target)
    except EngineError as error:
        click.echo(f"{speaker.name}, {voice.name}: {error}", err=True)
        return False
    click.echo(target)
    return True
