"""``hautevoix say``: one sentence to a file, to try a voice, or all of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli import options
from hautevoix.cli.notices import tell
from hautevoix.cli.trying import say_with_all
from hautevoix.french import Counting, Narrator
from hautevoix.localization import tr
from hautevoix.mastering import write_sample
from hautevoix.mastering.sample import SUFFIXES
from hautevoix.model import Role, Sidecar, VoiceSettings
from hautevoix.model.options import Liaisons
from hautevoix.pipeline.casting import NARRATOR, casting, ready_engine
from hautevoix.pipeline.pronouncing import PronouncingNarrator
from hautevoix.recording import speak

if TYPE_CHECKING:
    from hautevoix.engines import Engine
    from hautevoix.model import Voice


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
@options.cast
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    help="In whose voice and rate it is said.  [default: the one role that --cast names, else "
    "body]",
)
@options.counting
@options.liaisons
@options.habits
@options.lexicon
@click.option(
    "--all-voices",
    is_flag=True,
    help="A file for each French voice of the engine (auto: of all that are ready offline).",
)
@click.option("--quiet", is_flag=True, help="No progress, errors only.")
def command(text: str, output: Path, *, all_voices: bool, quiet: bool, **given: Any) -> int | None:
    """Speak TEXT to a WAV or MP3 file, as it would sound in an audiobook.

    With --all-voices each voice says it, to a file named after it: say-espeak-fr.wav and so on.

    \b
    $ hautevoix say "Attendre pour agir, c'est la mort." --rate 0.9
    $ hautevoix say "Vous venez ?" --cast dialogue=fr+f3,level=-2
    """  # noqa: D301 - click wants the real backspace before an example
    if output.suffix.lower() not in SUFFIXES:
        raise click.BadParameter(
            tr("{output}: end it in .wav or .mp3.", output=output), param_hint="--output"
        )
    narrator = Narrator(
        options.entries(given["lexicons"]),
        counting=Counting(given["counting"]),
        habits=options.habits_of(given),
    )
    style = options.chosen_liaisons(given) or Liaisons.USUAL
    words = PronouncingNarrator(narrator, style).say(text).words
    if not words.text.strip():
        raise click.BadParameter(tr("there is nothing to say in it."), param_hint="TEXT")
    if all_voices:
        _check_uncast(given)
        return say_with_all(words, output, given["engine"], given["rate"] or 1.0, quiet=quiet)
    speaker = ready_engine(given["engine"], given["provider"] or "")
    tell(speaker)
    voice, level = _part(speaker, given)
    write_sample(speak(speaker, words, voice), output, level)
    click.echo(output)
    return None


def _check_uncast(given: dict[str, Any]) -> None:
    """Raise UsageError where a voice is chosen although all shall speak."""
    for option in ("voice", "role"):
        if given[option]:
            raise click.UsageError(
                tr("--all-voices are all of them: leave --{option} out.", option=option)
            )
    if given["parts"]:
        raise click.UsageError(tr("--all-voices are all of them: leave --cast out (--rate goes)."))


def _part(speaker: Engine, given: dict[str, Any]) -> tuple[Voice, float]:
    """Return the voice that the options give to the sentence, and its level in decibels."""
    settings = dict(options.parts(given))
    if given["voice"]:
        settings[NARRATOR] = replace(settings.get(NARRATOR, VoiceSettings()), voice=given["voice"])
    chosen = casting(speaker, Sidecar(), tuple(settings.items()))
    for diagnostic in chosen.diagnostics:
        click.echo(diagnostic.message, err=True)
    cast = {role for role, _ in given["parts"] if role != NARRATOR}
    alone = cast.pop() if len(cast) == 1 else Role.BODY
    return chosen.plays[Role(given["role"] or alone)]
