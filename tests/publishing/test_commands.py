"""The commands as a user runs them: files, exit codes, one line for each error."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from commands import hautevoix
from hautevoix.cli.check import command as check
from hautevoix.cli.publish import command as publish
from hautevoix.errors import InputError
from hautevoix.publishing import config

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

URL = "https://example.org/livres"


def test_from_a_built_book_to_a_feed(built: Callable[..., Path], tmp_path: Path) -> None:
    """The feed's path on stdout, what is missing and the address on stderr; check agrees."""
    site = tmp_path / "site"
    done = hautevoix("publish", built(), "--base-url", URL, "-o", site, cwd=tmp_path)
    assert (done.returncode, done.stdout.strip()) == (0, str(site / "feed.xml"))
    assert f"{URL}/feed.xml" in done.stderr
    assert "publish --init" in done.stderr
    checked = hautevoix("check", "--no-loudness", site, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    (site / "feed.xml").write_text("<rss/>", encoding="utf-8")
    assert hautevoix("check", site, cwd=tmp_path).returncode == 8


def test_errors_are_one_line_with_their_code(tmp_path: Path) -> None:
    """No address: 8. No book: 3. No site: 3. Nobody there: 6."""
    for arguments, code in (
        (("publish", tmp_path), 3),
        (("publish",), 3),
        (("preview", tmp_path / "none"), 3),
        (("check", tmp_path / "none"), 3),
        (("check", "http://127.0.0.1:9/feed.xml"), 6),
    ):
        done = hautevoix(*arguments, cwd=tmp_path)
        assert done.returncode == code, arguments
        assert done.stderr.count("\n") == 1, done.stderr


def test_without_an_address_nothing_is_published(
    built: Callable[..., Path], tmp_path: Path
) -> None:
    """Exit code 8, and how to give one."""
    done = hautevoix("publish", built(), cwd=tmp_path)
    assert done.returncode == 8
    assert "--base-url" in done.stderr
    assert not (tmp_path / "site" / "feed.xml").exists()


def test_init_asks_for_what_is_missing_and_only_that(tmp_path: Path) -> None:
    """What is answered is written, quotes and accents included; asked again, it asks less."""
    path = tmp_path / "podcast.toml"
    path.write_text('author = "Moi"\n', encoding="utf-8")
    answers = 'Mes "livres" d\'été\nDes livres.\nmoi@example.org\nhttps://example.org/à lire\n\n'
    done = CliRunner().invoke(publish, ["--init", "--config", str(path)], input=answers)
    assert done.exit_code == 0, done.output
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    assert told["title"] == 'Mes "livres" d\'été'
    assert told["author"] == "Moi"
    assert told["base_url"] == "https://example.org/%C3%A0%20lire/"
    again = CliRunner().invoke(publish, ["--init", "--config", str(path)], input="\n")
    assert again.exit_code == 0
    assert config.QUESTIONS["title"] not in again.output


def test_a_dry_run_with_json_tells_programs(built: Callable[..., Path], tmp_path: Path) -> None:
    """One JSON object on stdout; nothing is written."""
    site = tmp_path / "site"
    arguments = ["publish", built(), "--base-url", URL, "-o", site, "--dry-run", "--json"]
    told = json.loads(hautevoix(*arguments, cwd=tmp_path).stdout)
    assert told["feed_url"] == f"{URL}/feed.xml"
    assert "feed.xml" in told["changed"]
    assert not site.exists()


def test_check_tells_programs(built: Callable[..., Path]) -> None:
    """Findings as JSON: code, where, what, why, mend, advice."""
    done = CliRunner().invoke(check, ["--json", "--no-loudness", str(built())])
    (found,) = json.loads(done.stdout)
    assert set(found) == {"code", "where", "what", "why", "mend", "advice"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("titel = 'x'", "« titel » is unknown"),
        ("title = 3", "must be a text"),
        ("explicit = 'no'", "true or false"),
        ("language = 'français'", "no language code"),
        ("email = 'x'", "no mail address"),
        ("category = 'Livres'", "no category"),
        ("subcategory = 'Soccer'", "no part of"),
        ("episodes = 'page'", "no way to cut"),
        ("base_url = 'example.org'", "no address"),
        ("base_url = 'https://me:secret@example.org'", "no address"),
        ("= 3", "can't be read"),
    ],
)
def test_a_slip_in_the_configuration_is_named(tmp_path: Path, text: str, told: str) -> None:
    """Each mistake by its own line, before anything is done."""
    path = tmp_path / "podcast.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        config.read_podcast(path)


def test_what_is_found_is_counted_in_words(built: Callable[..., Path], tmp_path: Path) -> None:
    """« 1 piece of advice » for a built book, which has no cover yet."""
    done = hautevoix("check", "--no-loudness", built(), cwd=tmp_path)
    assert done.stderr == "0 faults, 1 piece of advice.\n"
