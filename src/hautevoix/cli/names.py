"""``hautevoix names``: a text's proper names, ready for a lexicon."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from hautevoix.cli import options
from hautevoix.pipeline.naming import named
from hautevoix.pipeline.texts import understand

if TYPE_CHECKING:
    from pathlib import Path


@click.command("names")
@click.argument("text", type=options.TEXT)
@options.reading
@click.option("--doubted", is_flag=True, help="Leave out the names that are known.")
@click.option("--toml", "as_toml", is_flag=True, help="As entries of a lexicon, to be put right.")
@click.option("--json", "as_json", is_flag=True, help="For programs: an object a line.")
def command(text: Path, *, doubted: bool, as_toml: bool, as_json: bool, **given: Any) -> None:
    """List the proper names of TEXT: how often, the name, its sounds, why it is doubted.

    A hyphen: the name is known. « ending »: it is said by how it ends; « french »: it looks English
    and is read as French; « spelling »: as it is spelled; « foreign »: as another language.
    Hear one: hautevoix say "Zinoviev". Put one right in the sidecar, under [lexicon].
    """
    for name in named(understand(options.source(text, given))):
        if doubted and not name.doubt:
            continue
        if as_json:
            told = {"count": name.count, "name": name.name, "ipa": name.ipa, "doubt": name.doubt}
            click.echo(json.dumps(told, ensure_ascii=False))
        elif as_toml:
            click.echo(f'"{name.name}" = {{ ipa = "{name.ipa}" }}  # {name.count} ×')
        else:
            click.echo(f"{name.count}\t{name.name}\t{name.ipa}\t{name.doubt or '-'}")
