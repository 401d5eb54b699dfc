"""``hautevoix publish``: a podcast and its pages, for any static host."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from hautevoix.cli import options
from hautevoix.errors import InputError
from hautevoix.localization import ntr, tr
from hautevoix.publishing import config
from hautevoix.publishing.files import put
from hautevoix.publishing.library import shelve
from hautevoix.publishing.site import publish
from hautevoix.publishing.state import STATE
from hautevoix.publishing.upload import upload
from hautevoix.storage.hosts import shown

if TYPE_CHECKING:
    from hautevoix.publishing.config import Podcast
    from hautevoix.publishing.site import Published


@click.command("publish")
@click.argument("folders", nargs=-1, type=options.TEXT, metavar="[DIR]…")
@click.option(
    "--base-url",
    metavar="URL",
    help="The address where the site will be: https://…  [default: the configuration's]",
)
@click.option(
    "-o",
    "--output",
    type=options.TEXT,
    default=Path("site"),
    show_default=True,
    metavar="DIR",
    help="The site's folder; books published there before stay.",
)
@click.option(
    "--episodes",
    type=click.Choice(config.EPISODES, case_sensitive=False),
    help="What an episode of the podcast is: a whole book, or a chapter.  [default: the "
    "configuration's, else book]",
)
@click.option(
    "--config",
    "config_file",
    type=options.TEXT,
    default=Path("podcast.toml"),
    show_default=True,
    metavar="FILE",
    help="The podcast's configuration: its title, author, address and more.",
)
@click.option(
    "--to",
    metavar="URL",
    help="Upload the site too: a folder, s3://bucket/folder, sftp://host/folder.",
)
@click.option(
    "--remove",
    multiple=True,
    metavar="NAME",
    help="Take a book out of the site: its folder's name. Can be given again.",
)
@click.option(
    "--library",
    type=options.TEXT,
    metavar="DIR",
    help="Put the books into a library's folder (Audiobookshelf, BookLore); make no site.",
)
@click.option("--init", is_flag=True, help="Ask for what the configuration lacks, and write it.")
@click.option("--dry-run", is_flag=True, help="Write nothing; list what would change.")
@click.option("--quiet", is_flag=True, help="No summary, errors only.")
@click.option("--json", "as_json", is_flag=True, help="Print the result for programs.")
def command(
    folders: tuple[Path, ...],
    base_url: str | None,
    output: Path,
    config_file: Path,
    **given: Any,
) -> None:
    """Publish built books: each DIR is a folder that « hautevoix build » made.

    Makes a folder for any static host: feed.xml, a page for each book and an index, MP3s,
    chapters, transcripts, covers. Books can be added over time; guids, dates and addresses stay.
    Without a DIR, the site is written anew from what the configuration says now.

    \b
    $ hautevoix publish --init output/livre
    $ hautevoix publish output/livre --base-url https://exemple.org/livres
    $ hautevoix preview
    """  # noqa: D301 - click wants the real backspace before an example
    if given["library"]:
        _shelve(folders, given)
        return
    podcast = _configured(config_file, needed=not given["init"])
    if base_url:
        podcast = replace(podcast, base_url=_address(base_url))
    if given["episodes"]:
        podcast = replace(podcast, episodes=given["episodes"])
    if given["init"]:
        podcast = _asked(podcast, config_file)
    if not folders:
        if given["init"]:
            return
        if not (output / STATE).is_file():
            what = (
                tr("{output}: no site is in it.", output=output)
                if given["remove"]
                else tr("Which book?")
            )
            raise InputError(what, advice=tr("Name a book's folder, such as output/lettre."))
    remove = [Path(name).name for name in given["remove"]]
    now = int(time.time())
    done = publish(folders, podcast, output, now, remove=remove, dry=given["dry_run"])
    _report(done, podcast, config_file, given)
    if given["to"]:
        _upload(output, given["to"], dry=given["dry_run"], quiet=given["quiet"])


def _shelve(folders: tuple[Path, ...], given: dict[str, Any]) -> None:
    """Put the books into a library and print where. Raises UsageError for what makes a site."""
    others = {"--to": "to", "--remove": "remove", "--init": "init", "--dry-run": "dry_run"}
    for name, key in others.items():
        if given[key]:
            raise click.UsageError(tr("--library makes no site: leave {name} out.", name=name))
    if not folders:
        raise InputError(
            tr("Which book?"), advice=tr("Name a book's folder, such as output/lettre.")
        )
    places = [str(place) for place in shelve(folders, given["library"])]
    click.echo(json.dumps({"books": places}) if given["as_json"] else "\n".join(places))


def _configured(path: Path, *, needed: bool) -> Podcast:
    """Return what the configuration says. Raises InputError if one was named that is not there."""
    source = click.get_current_context().get_parameter_source("config_file")
    if needed and source is not ParameterSource.DEFAULT and not path.exists():
        raise InputError(
            tr("--config {path}: no such file.", path=path),
            advice=tr("Check the name. Or add --init."),
        )
    return config.read_podcast(path)


def _address(url: str) -> str:
    try:
        return config.ascii_url(url, "--base-url")
    except InputError as error:
        raise click.UsageError(str(error)) from error


def _upload(site: Path, target: str, *, dry: bool, quiet: bool) -> None:
    steps = upload(site, target, dry=dry)
    target = shown(target)
    if not quiet:
        for step in steps:
            place = f"{target.rstrip('/')}/{step.path}"
            click.echo(_step(step.verb, place, dry=dry), err=True)
        click.echo(
            ntr(
                "{target}: {count} change.", "{target}: {count} changes.", len(steps), target=target
            )
            if steps
            else tr("{target}: no changes.", target=target),
            err=True,
        )


def _step(verb: str, place: str, *, dry: bool) -> str:
    """Return what is done to a file, or would be: « write », « remove »."""
    if verb == "remove":
        told = tr("would remove {place}") if dry else tr("remove {place}")
    else:
        told = tr("would write {place}") if dry else tr("write {place}")
    return told.replace("{place}", place)


def _asked(podcast: Podcast, path: Path) -> Podcast:
    """Ask for what is missing, then write the file."""
    answers: dict[str, Any] = {}
    for name, question in config.QUESTIONS.items():
        if not getattr(podcast, name):
            answers[name] = _answer(tr(question))
    podcast = config.checked(replace(podcast, **answers), str(path))
    put(path, config.to_toml(podcast).encode())
    click.echo(tr("{path} is written; the rest can be changed in it.", path=path), err=True)
    return podcast


def _answer(question: str) -> str:
    """Return what the user says. Raises UsageError at the end of input: nobody is there to ask."""
    try:
        answer: str = click.prompt(
            tr("{question}:", question=question),
            default="",
            show_default=False,
            prompt_suffix=" ",
            err=True,
        )
    except click.Abort as error:
        if not isinstance(error.__context__, EOFError):
            raise  # Ctrl-C
        raise click.UsageError(
            tr(
                "--init asks « {question} », and standard input has ended. Without a terminal, "
                "give --base-url and the books, and write the rest into podcast.toml: title, "
                "author, email…",
                question=question,
            )
        ) from error
    return answer.strip()


def _report(done: Published, podcast: Podcast, path: Path, given: dict[str, Any]) -> None:
    if given["as_json"]:
        click.echo(json.dumps(_told(done), ensure_ascii=False))
    elif given["dry_run"]:
        for verb, paths in (("write", done.changed), ("remove", done.removed)):
            for each in paths:
                click.echo(_step(verb, each, dry=True))
    else:
        click.echo(done.feed)
    if given["quiet"]:
        return
    for work in done.absent:
        click.echo(
            tr(
                "« {title} » is in the feed, but not whole in {parent}. Unless your "
                "host has its files: publish its folder again, or --remove {folder}",
                title=work.title,
                parent=done.feed.parent,
                folder=work.folder,
            ),
            err=True,
        )
    lacking = [name for name in config.missing(podcast) if name != "base_url"]
    if lacking:
        click.echo(
            tr(
                "The feed would be better with: {lacking}. Say so in {path}, or run: "
                "hautevoix publish --init",
                lacking=", ".join(lacking),
                path=path,
            ),
            err=True,
        )
    changes = _changes(len(done.changed), len(done.removed), dry=given["dry_run"])
    click.echo(
        tr(
            "{changes}. The feed's address: {base_url}feed.xml",
            changes=changes,
            base_url=done.podcast.base_url,
        ),
        err=True,
    )


def _changes(written: int, removed: int, *, dry: bool) -> str:
    """Return how many files were written and removed, in words.

    >>> _changes(1, 0, dry=False), _changes(2, 3, dry=True), _changes(0, 0, dry=True)
    ('1 file changed', '2 files would change, 3 be removed', 'Nothing would change')
    """
    if dry and written:
        told = ntr("{count} file would change", "{count} files would change", written)
    elif written:
        told = ntr("{count} file changed", "{count} files changed", written)
    else:
        told = tr("Nothing would change") if dry else tr("Nothing changed")
    if not removed:
        return told
    gone = (
        ntr("{count} be removed", "{count} be removed", removed)
        if dry
        else ntr("{count} removed", "{count} removed", removed)
    )
    return f"{told}, {gone}"


def _told(done: Published) -> dict[str, Any]:
    return {
        "feed": str(done.feed),
        "feed_url": f"{done.podcast.base_url}feed.xml",
        "guid": done.state.guid,
        "changed": list(done.changed),
        "removed": list(done.removed),
        "absent": [work.folder for work in done.absent],
        "books": [
            {"title": work.title, "page": work.page, "audio": work.audio.path}
            for work in done.state.works
        ],
    }
