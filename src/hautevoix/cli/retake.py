"""``hautevoix retake``: one sentence again, as the sidecar then keeps it."""

from __future__ import annotations

import difflib
import shlex
from typing import TYPE_CHECKING

import click

from hautevoix.cli import completing, options
from hautevoix.errors import InputError
from hautevoix.french.phrase import phrase
from hautevoix.localization import tr
from hautevoix.model import RATES
from hautevoix.model.options import Source
from hautevoix.pipeline.sidecar_edits import drop_retake, keep_retake, sidecar_of
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.reading import read_sidecar
from hautevoix.scripting.retakes import joined

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_NEAR = 3  # sentences that are shown where none has the words
_SHOWN = 12  # sentences that are shown where several have them


@click.command("retake")
@click.argument("text", type=options.TEXT)
@click.argument("words", type=options.WORDS)
@click.option(
    "--say",
    type=options.WORDS,
    metavar="SPELLING",
    callback=options.filled,
    help="Have this said in its place.",
)
@click.option(
    "--rate",
    type=click.FloatRange(*RATES),
    callback=options.finite,
    metavar="FACTOR",
    help="How fast, beside its role's pace: 0.9 is calmer.  [default: as its role]",
)
@click.option(
    "--voice",
    metavar="NAME",
    shell_complete=completing.voice_names,
    callback=options.filled,
    help="Which of the engine's voices says it.  [default: its role's]",
)
@click.option("--undo", is_flag=True, help="Have it said as at first.")
def command(
    text: Path,
    words: str,
    say: str | None,
    rate: float | None,
    voice: str | None,
    *,
    undo: bool,
) -> None:
    """Have the sentence of TEXT that has these WORDS said otherwise by the next build.

    Without an option: another take, and again another each time. It is kept in the sidecar, TEXT's
    name with .toml, under [[retakes]], and holds for every sentence with the very same words.

    \b
    $ hautevoix retake livre.txt "ces mots"
    $ hautevoix retake livre.txt "ces mots" --rate 0.9
    $ hautevoix build livre.txt
    """  # noqa: D301 - click wants the real backspace before an example
    if undo:
        kept = [retake.words for retake in read_sidecar(text).retakes]
        sentence = _only(kept, words, str(sidecar_of(text)))
        drop_retake(text, sentence)
        click.echo(tr("« {sentence} » is said as at first.", sentence=sentence))
    else:
        sidecar_of(text)
        script = narrate(understand(Source(text)), spelled=False)
        sentence = _only((one.written for one in script.utterances), words, str(text))
        given = {"say": say, "rate": rate, "voice": voice}
        told = keep_retake(text, sentence, {key: one for key, one in given.items() if one})
        click.echo(tr("« {sentence} »: {how}", sentence=sentence, how=_told(told)))
    click.echo(tr("To hear it: hautevoix build {text}", text=shlex.quote(str(text))), err=True)


_SIGNS = ' -–—«»“”".,;:!?…()'


def _told(kept: dict[str, object]) -> str:
    """Return what is kept of a sentence, on a line."""
    return ", ".join(f"{key} {value}" for key, value in kept.items() if key != "words")


def _only(sentences: Iterable[str], words: str, where: str) -> str:
    """Return the one of ``sentences`` that has ``words``, or is them. Raises InputError.

    Signs around them don't count, unless two sentences are told apart by nothing else.
    """
    told = list(dict.fromkeys(map(joined, sentences)))
    found = [sentence for sentence in told if phrase(words).search(sentence)]
    whole = [sentence for sentence in found if phrase(words).fullmatch(sentence)]
    bare = [sentence for sentence in found if phrase(words).fullmatch(sentence.strip(_SIGNS))]
    for fitting in (whole, bare, found):
        if len(fitting) == 1:
            return fitting[0]
    for sentence in found[:_SHOWN] or difflib.get_close_matches(words, told, _NEAR, 0.3):
        click.echo(f"  « {sentence} »", err=True)
    if found:
        raise InputError(
            tr(
                "{where}: {count} sentences have « {words} ».",
                where=where,
                count=len(found),
                words=words,
            ),
            advice=tr("Give more words of the one that you mean."),
        )
    raise InputError(
        tr("{where}: no sentence has « {words} ».", where=where, words=words),
        advice=tr("See them all: hautevoix script TEXT"),
    )
