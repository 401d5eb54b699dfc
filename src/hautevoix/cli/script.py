"""``hautevoix script``: what will be said, a row per utterance."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli import options
from hautevoix.pipeline.texts import narrate, understand

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import Utterance


@click.command("script")
@click.argument("text", type=options.TEXT)
@options.reading
@click.option("--explain", is_flag=True, help="Show which rules changed what.")
@click.option("--json", "as_json", is_flag=True, help="For programs: an object a line.")
def command(text: Path, *, explain: bool, as_json: bool, **given: Any) -> None:
    """Show what will be said for TEXT, sentence by sentence, with roles and pauses."""
    script = narrate(understand(options.source(text, given, explain=explain or as_json)))
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


def _told(utterance: Utterance) -> dict[str, Any]:
    return {
        "chapter": utterance.chapter,
        "paragraph": utterance.paragraph,
        "role": utterance.role,
        "written": utterance.written,
        "spoken": utterance.spoken,
        "pause_after_ms": utterance.pause_after,
        "changes": [
            {"rule": change.rule, "edits": [[e.start, e.before, e.after] for e in change.edits]}
            for change in utterance.changes
        ],
        "unsure": [{"kind": doubt.kind, "token": doubt.token} for doubt in utterance.unsure],
    }
