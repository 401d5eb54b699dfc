from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from commands import hautevoix
from hautevoix.cli.completion import SHELLS, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def completed(typed: str) -> list[str]:
    """Return what bash is told may come after what was ``typed``."""
    words = typed.split(" ")
    environment = {
        VARIABLE: "bash_complete",
        "COMP_WORDS": typed,
        "COMP_CWORD": f"{len(words) - 1}",
    }
    told = hautevoix(env=environment).stdout.splitlines()
    return [line.partition(",")[2] for line in told if line]


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("hautevoix ret", "retake"),
        ("hautevoix build --chap", "--chapters"),
        ("hautevoix build --profile ", "acx"),
        ("hautevoix build --format mp3,", "mp3,m4b"),
        ("hautevoix build --engine es", "espeak"),
        ("hautevoix build --engine espeak --voice fr-", "fr-be"),
        ("hautevoix build --cast no", "note="),
        ("hautevoix voices install ff", "ff_siwis"),
        ("hautevoix store ver", "verify"),
    ],
)
def test_what_may_come_is_told(typed: str, among: str) -> None:
    """Commands, options and their values, those of commands within a group too."""
    told = completed(typed)
    assert among in told
    begun = typed.rsplit(" ", maxsplit=1)[-1]
    assert all(one.startswith(begun) for one in told)


def test_nonsense_completes_to_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that there is not, and a broken hautevoix.toml, break no shell."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hautevoix.toml").write_text("[broken", "utf-8")
    assert completed("hautevoix nothing --f") == []
    assert "--format" in completed("hautevoix build --form")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_takes_its_script(shell: str) -> None:
    """Each gets one, which names our variable; bash and zsh read theirs where they are here."""
    script = hautevoix("completion", shell).stdout
    assert VARIABLE in script
    program = shutil.which(shell)
    if program:
        subprocess.run([program, "-n"], input=script, text=True, check=True)


def test_zsh_completes_again_and_again(tmp_path: Path, client: Callable[[str], str]) -> None:
    """From a file of fpath, the second time as the first: it was said only once in each shell."""
    (tmp_path / "_hautevoix").write_text(hautevoix("completion", "zsh").stdout, "utf-8")
    program = tmp_path / "hautevoix"
    program.write_text("#!/bin/sh\nprintf 'plain\\nespeak\\n_\\n'\n", "utf-8")
    program.chmod(0o755)
    asked = """
        fpath=($PWD); path=($PWD $path); autoload -Uz _hautevoix
        compdef() { print -r -- registered }; compadd() { print -r -- $completions }
        words=(hautevoix build --engine es); CURRENT=4
        _hautevoix; _hautevoix
    """
    done = subprocess.run(
        [client("zsh"), "-f", "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["espeak", "espeak"], done.stderr
