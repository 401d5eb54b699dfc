"""``hautevoix script``: what will be said, a row per utterance."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli import options
from hautevoix.pipeline.texts import narrate, understand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hautevoix.model import Unsure, Utterance


@click.command("script")
@click.argument("text", type=options.TEXT)
@options.reading
@click.option("--explain", is_flag=True, help="Show which rules changed what.")
@click.option(
    "--unsure", is_flag=True, help="Only list what the rules were not sure of, most frequent first."
)
@click.option("--json", "as_json", is_flag=True, help="For programs: an object a line.")
def command(text: Path, *, explain: bool, unsure: bool, as_json: bool, **given: Any) -> None:
    """Show what will be said for TEXT, sentence by sentence, with roles and pauses.

    What --unsure lists, a lexicon entry settles: in the sidecar, under [lexicon], write
    "C.G.T." = "Confédération générale du travail".
    """
    deep = explain or as_json or unsure
    script = narrate(understand(options.source(text, given, explain=deep)))
    if unsure:
        for line in _doubtful(script.utterances, as_json=as_json):
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


def _doubtful(utterances: tuple[Utterance, ...], *, as_json: bool) -> Iterator[str]:
    """Yield what was doubted: how often, of what kind, the token, and where it first stands."""
    counts = Counter(doubt for utterance in utterances for doubt in utterance.unsure)
    first: dict[Unsure, str] = {}
    for utterance in utterances:
        for doubt in utterance.unsure:
            first.setdefault(doubt, utterance.written)
    for doubt, count in counts.most_common():
        if as_json:
            told = {"count": count, "kind": doubt.kind, "token": doubt.token, "in": first[doubt]}
            yield json.dumps(told, ensure_ascii=False)
        else:
            yield f"{count}\t{doubt.kind}\t{doubt.token}\t{_around(first[doubt], doubt.token)}"


def _around(text: str, token: str, reach: int = 30) -> str:
    """Return the token with what stands around it."""
    start = max(0, text.find(token) - reach)
    end = text.find(token) + len(token) + reach
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"


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
