"""``hautevoix script``: what will be said, a row per utterance."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli import excerpts, options
from hautevoix.cli.unsure import lines, listed
from hautevoix.localization import tr
from hautevoix.pipeline.texts import narrate, understand

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.cli.unsure import Open
    from hautevoix.model import Utterance


@click.command("script")
@click.argument("text", type=options.TEXT)
@options.reading
@excerpts.excerpt
@click.option("--explain", is_flag=True, help="Show which rules changed what.")
@click.option(
    "--unsure", is_flag=True, help="Only list what the rules were not sure of, most frequent first."
)
@click.option("--json", "as_json", is_flag=True, help="For programs: an object a line.")
def command(text: Path, *, explain: bool, unsure: bool, as_json: bool, **given: Any) -> None:
    """Show what will be said for TEXT, sentence by sentence, with roles and pauses.

    On a line: chapter and paragraph, role, the pause that follows in milliseconds, the words that
    the engine gets. What --unsure lists is settled by an entry of a lexicon, as in the
    sidecar (TEXT's name with .toml): under [lexicon], "C.G.T." = "Confédération générale du
    travail". Its last line lists words that are doubted only because they are printed in capitals.

    \b
    $ hautevoix script livre.txt --sample 1m --explain
    $ hautevoix script livre.txt --unsure
    """  # noqa: D301 - click wants the real backspace before an example
    deep = explain or as_json or unsure
    source = options.source(text, given, explain=deep)
    understood = understand(replace(source, excerpt=excerpts.excerpt_of(given)))
    if understood.book.foreign:
        click.echo(
            tr(
                "This looks like {foreign}, but is read as French.", foreign=understood.book.foreign
            ),
            err=True,
        )
    script = narrate(understood)
    if unsure:
        rows = listed(script.utterances)
        told = (json.dumps(_open(row), ensure_ascii=False) for row in rows)
        for line in told if as_json else lines(rows):
            click.echo(line)
        return
    for utterance in script.utterances:
        if as_json:
            click.echo(json.dumps(_told(utterance), ensure_ascii=False))
        else:
            place = "-" if utterance.paragraph is None else utterance.paragraph
            click.echo(
                f"{utterance.chapter}.{place}\t{utterance.role}\t"
                f"{utterance.pause_after}\t{utterance.spoken}"
            )
            for change in utterance.changes if explain else ():
                click.echo(f"\t\t\t· {options.change_line(change)}")


def _open(row: Open) -> dict[str, Any]:
    told = {
        "count": row.count,
        "kind": row.diagnostic.kind,
        "token": row.diagnostic.token,
        "in": row.first,
    }
    return {**told, "plain": row.plain}


def _told(utterance: Utterance) -> dict[str, Any]:
    return {
        "chapter": utterance.chapter,
        "paragraph": utterance.paragraph,
        "role": utterance.role,
        "character": utterance.character,
        "voice": utterance.voice,
        "written": utterance.written,
        "spoken": utterance.spoken,
        "pause_after_ms": utterance.pause_after,
        "changes": [
            {"rule": change.rule, "edits": [[e.start, e.before, e.after] for e in change.edits]}
            for change in utterance.changes
        ],
        "unsure": [
            {"kind": diagnostic.kind, "token": diagnostic.token} for diagnostic in utterance.unsure
        ],
    }
