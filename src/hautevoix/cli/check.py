"""``hautevoix check``: what a listener or a directory would reject."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hautevoix.cli.batch import Batch
from hautevoix.errors import PublishingError
from hautevoix.localization import ntr, tr
from hautevoix.pipeline.checks import measure
from hautevoix.publishing.checking.addresses import check_url
from hautevoix.publishing.checking.targets import check_path

if TYPE_CHECKING:
    from hautevoix.publishing.checking.findings import Finding


@click.command("check")
@click.argument("targets", nargs=-1, required=True, metavar="FILE|DIR|URL…")
@click.option("--no-loudness", is_flag=True, help="Don't decode the audio to measure it (faster).")
@click.option("--listen", is_flag=True, help="At an address: download the sound and measure it.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings for programs.")
def command(targets: tuple[str, ...], *, no_loudness: bool, listen: bool, as_json: bool) -> int:
    """Look for what players and directories reject, in a file, a folder or a published feed.

    A file is an MP3, M4B or EPUB, a transcript (VTT, SRT, JSON), a listening page or a feed; a
    folder is what « build » or « publish » made. An address is a feed's, or that of any of these:
    of sounds the beginning is read, by ranges of bytes, unless you ask to --listen.

    Each finding says what, why it matters and to whom, and how to mend it. Exit code 8 if there
    is any but advice. What can't be checked at all is listed, and the rest is checked.

    \b
    $ hautevoix check output/livre site
    """  # noqa: D301 - click wants the real backspace before an example
    found: list[Finding] = []
    batch = Batch(targets, alike=False)
    for index in batch:
        with batch.trying(index):
            found += _findings(targets[index], loudness=not no_loudness, listen=listen)
    faults = sum(not finding.advice for finding in found)
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False, indent=1))
    else:
        for finding in found:
            click.echo(_line(finding))
        advice = len(found) - faults
        told = ", ".join(
            (
                ntr("{count} fault", "{count} faults", faults),
                ntr("{count} piece of advice", "{count} pieces of advice", advice),
            )
        )
        for line in batch.lines(told) if batch.failed else (f"{told}.",):
            click.echo(line, err=True)
    return batch.exit_code(PublishingError.exit_code if faults else 0)


def _findings(target: str, *, loudness: bool, listen: bool) -> list[Finding]:
    if target.startswith(("http://", "https://")):
        return check_url(target, measure if listen else None)
    return check_path(Path(target), measure if loudness else None)


def _line(finding: Finding) -> str:
    kind = tr("advice: ") if finding.advice else ""
    return tr(
        "{where}: {kind}{what}. Why: {why}. Mend: {mend}.",
        where=finding.where,
        kind=kind,
        what=finding.what,
        why=finding.why,
        mend=finding.mend,
    )
