"""What an error says to do next can be done with the command at hand."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete

import hautevoix as package
from commands import bound, hautevoix
from hautevoix.cli.commands import COMMANDS
from hautevoix.cli.completion import VARIABLE
from hautevoix.errors import HautevoixError, fitting, named
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    import click


def _parts(name: str, command: click.Command) -> Iterator[tuple[str, set[str]]]:
    """Yield a command, or each of a group, and its options."""
    for part, one in (getattr(command, "commands", None) or {"": command}).items():
        options = {opt for each in one.params for opt in (*each.opts, *each.secondary_opts)}
        yield f"{name} {part}".strip(), options


def _sources() -> Iterator[str]:
    """Yield each text that stands in the source as advice, or in a constant that is given as it."""
    for path in Path(package.__path__[0]).rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        constants = {
            one.targets[0].id: one.value
            for one in tree.body
            if isinstance(one, ast.Assign) and isinstance(one.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.keyword) and node.arg == "advice":
                yield from _texts(node.value, constants)
            elif isinstance(node, ast.FunctionDef) and node.name == "_advice":
                yield from _texts(ast.Module(node.body[1:], []), {})


def _texts(node: ast.AST, constants: dict[str, ast.expr]) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        elif isinstance(part, ast.Name) and part.id in constants:
            yield from _texts(constants[part.id], {})


EVERY = [
    each
    for name in COMMANDS
    for each in _parts(name, import_module(f"hautevoix.cli.{name}").command)
]
ADVICE = sorted(set(_sources()))


def test_there_is_advice_that_names_options() -> None:
    """What is looked at is found: a hundred pieces of advice, a score with options."""
    assert len(ADVICE) > 100
    assert sum(bool(named(text)) for text in ADVICE) > 20


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_command_is_told_of_an_option_that_it_lacks(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever error meets whichever command: what its advice says of others' options goes."""
    monkeypatch.setenv("HAUTEVOIX_LANG", language)
    for name, options in EVERY:
        for text in map(tr, ADVICE):
            assert set(named(fitting(text, options))) <= options, (name, text)


def test_what_is_advised_exists_and_stands_alone() -> None:
    """Each option is some command's; what helps without it is another sentence, and stays."""
    of = dict(EVERY)
    known = set().union(*of.values())
    for text in ADVICE:
        assert set(named(text)) <= known, text
        assert fitting(text, known) == text
        for command, option in re.findall(r"hautevoix (\w+)[^.]*? (--[a-z-]+)", text):
            assert option in set().union(*(of[one] for one in of if one.split()[0] == command))
        for sentence in text.split(". "):
            assert not (named(sentence) and ", or " in sentence), text


def test_a_shell_that_completes_shortens_no_advice() -> None:
    """It has no command at hand; what another then advises in this process is whole."""
    cli = import_module("hautevoix.cli.commands").cli
    found = ShellComplete(cli, {}, "hautevoix", VARIABLE).get_completions(["build"], "--eng")
    assert [each.value for each in found] == ["--engine"]
    assert HautevoixError("Nothing.", advice="Or --remove it.").advice == "Or --remove it."


def test_a_sidecar_that_can_t_be_written_lies_where_it_lies(tmp_path: Path) -> None:
    """``retake`` has no ``-o``, and names none."""
    text = tmp_path / "livre.txt"
    text.write_text("Il pleut.\n", "utf-8")
    tmp_path.chmod(0o555)
    done = hautevoix("retake", text, "Il pleut", before=bound())
    tmp_path.chmod(0o755)
    assert done.returncode == 7
    assert done.stderr.endswith(
        "livre.toml can't be written: Permission denied. Get the right to write there.\n"
    )


@pytest.mark.parametrize("mode", [0o000, 0o555])
def test_doctor_tells_of_a_store_that_can_t_be_used(mode: int, tmp_path: Path) -> None:
    """On a line of its own, with what names another; it has done what it was asked: 0."""
    store = tmp_path / "store"
    (store / "ab").mkdir(parents=True)
    store.chmod(mode)
    done = hautevoix("doctor", before=bound(), env={"HAUTEVOIX_STORE": str(store)})
    store.chmod(0o755)
    assert (done.returncode, done.stderr) == (0, "")
    (told,) = (line for line in done.stdout.splitlines() if str(store) in line)
    assert told.endswith(
        "folder can be named: HAUTEVOIX_STORE."
        if not mode
        else "Another one can be named: HAUTEVOIX_STORE."
    )
    assert "Your own lexicon" in done.stdout
