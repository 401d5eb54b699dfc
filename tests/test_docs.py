"""Every example of the documentation is run, so that none goes stale."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import click
import pytest
from PIL import Image

import typography
from examples import Command, Page, matches, read
from forms import para, word
from hautevoix import errors
from hautevoix.cli.commands import COMMANDS, cli
from hautevoix.french import Narrator
from hautevoix.reading.base.sidecar import parse_sidecar

ROOT = Path(__file__).parent.parent
PAGES = [
    read(path)
    for path in (
        *(
            ROOT / name
            for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "README.fr.md")
        ),
        *sorted(ROOT.glob("docs/*.md")),
    )
]
ENGLISH = {page.path: page for page in PAGES if not page.path.name.endswith(".fr.md")}
README = PAGES[0]
GUIDE = next(page for page in PAGES if page.path.name == "guide.fr.md")
LANGUAGES = {"sh", "console", "toml", "json", "python", ""}
BENCH = {  # the options of script/bench
    option
    for path in ROOT.glob("benchmarks/**/*.py")
    for option in re.findall(r"--[a-z][a-z-]+", path.read_text("utf-8"))
}
SHORT = "Premier chapitre\n\nIl était une fois, en 1917, une phrase.\n\nPuis une autre.\n"

MANUSCRIPT = word(
    para("Le Pont", "Title")
    + para("La crue", "Heading1")
    + para("Il pleuvait depuis trois jours sur la vallée, et le pont tenait encore.")
    + para("Le retour", "Heading1")
    + para("Au matin, M. Broué traversa le premier."),
    styles='<w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Title"><w:name w:val="Title"/></w:style>',
)
"""A manuscript as Word writes it."""

ANSWERS = """Mes livres
Des livres lus à haute voix.
Anne Onyme
anne@example.org
https://you.example/livres/
cc0-1.0
"""
"""What a reader answers to « publish --init », which asks no more than that."""

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path.name)

GETTER = """
import re, sys, tomllib
known = tomllib.load(open(sys.argv[1], "rb"))["project"]["optional-dependencies"]
for extra in re.findall(r"\\[([\\w,-]+)\\]", " ".join(sys.argv[2:])):
    missing = set(extra.split(",")) - set(known)
    sys.exit(f"no such extra: {missing}") if missing else None
"""
"""A fake pip, pipx and uv: nothing is installed, but an extra that is named must exist."""

COMMAND = """
import sys
from hautevoix.cli import main
from hautevoix.engines import offers
from hautevoix.errors import EngineError
if __name__ == "__main__":  # workers import it too
    if sys.argv[1:3] == ["voices", "install"]:  # a download: the voice must be one to be had
        try:
            sys.exit(not offers.find(sys.argv[3]))
        except EngineError as error:
            sys.exit(str(error))
    main()
"""
"""The command; only voices are not fetched."""


def program(path: Path, *words: object) -> None:
    """Write a program that runs Python on ``words`` and what it is given."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" {" ".join(map(str, words))} "$@"\n')
    path.chmod(0o755)


def english(page: Page) -> Page | None:
    """Return the English page of which ``page`` is the French one, if it is one."""
    name = page.path.name.replace(".fr.md", ".md")
    return ENGLISH.get(page.path.with_name(name)) if name != page.path.name else None


def run_here(page: Page) -> list[Command]:
    """Return the commands of a page that are to be run for it.

    A French page's are if they show what is printed, or if its English page has not run them.
    """
    own = english(page)
    known = {command.text for command in own.commands()} if own else set()
    return [
        command
        for command in page.commands()
        if not page.excused(command) and (command.printed or command.text not in known)
    ]


WITH_COMMANDS = [page for page in PAGES if run_here(page)]


class Desk:
    """A checkout's files in a folder of its own, with a home of its own, as a reader has them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "letters", folder / "letters")
        shutil.copytree(ROOT / "script", folder / "script")
        script = (ROOT / "script" / "bootstrap").read_text("utf-8")
        said = re.findall(r'^ *(echo "Setting up.*)', script, re.MULTILINE)
        (folder / "script" / "bootstrap").write_text("#!/bin/sh\nvenv=.venv\n" + "\n".join(said))
        for name in ("livre.epub", "texte.txt"):  # a format is told by content
            (folder / name).write_text(SHORT, "utf-8")
        (folder / "manuscrit.docx").write_bytes(MANUSCRIPT)
        Image.new("RGB", (1400, 1400), "navy").save(folder / "couverture.jpg")
        (folder / "command.py").write_text(COMMAND)
        (folder / "getter.py").write_text(GETTER)
        program(folder / ".venv" / "bin" / "hautevoix", folder / "command.py")
        for name in ("pip", "pipx", "uv"):
            program(folder / ".venv" / "bin" / name, folder / "getter.py", ROOT / "pyproject.toml")

    def run(self, command: Command, language: str = "en") -> subprocess.CompletedProcess[str]:
        """Run a command as it stands on its page; return what it printed on both streams."""
        path = os.pathsep.join((str(self.folder / ".venv" / "bin"), os.environ["PATH"]))
        home = {"HOME": str(self.folder), "XDG_CACHE_HOME": str(self.folder / "cache")}
        home |= {"HAUTEVOIX_ENGINE": "", "HAUTEVOIX_LANG": language}  # the voice that a user gets
        return subprocess.run(
            ["sh", "-euc", "\n".join((*command.before, command.text))],
            cwd=self.folder,
            env={**os.environ, **home, "PATH": path},
            input=ANSWERS,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def complaint(self, page: Page, command: Command) -> str | None:
        """Run a command of ``page``; return what is wrong with it, if anything."""
        shown = command.printed
        if shown:  # a page shows the first run
            for name in ("output", "cache"):
                shutil.rmtree(self.folder / name, ignore_errors=True)
        done = self.run(command, "fr" if page.path.name.endswith(".fr.md") else "en")
        printed = done.stdout.replace(typography.SPACE, " ")
        if not done.returncode and (shown is None or matches(shown, printed)):
            return None
        where = f"{page.path.name}:{command.line}: {command.text}"
        return f"{where}\nexit code {done.returncode}, printed:\n{done.stdout}"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Return a folder for a page's commands: what one has built a later one publishes."""
    return Desk(tmp_path / "desk")


@pytest.mark.skipif(sys.platform != "linux", reason="pages show the voice that Linux has")
@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.path.name)
def test_each_command_prints_what_is_shown(page: Page, desk: Desk) -> None:
    """Typed one after the other, all succeed, and print what stands under them."""
    wrong = [
        complaint for command in run_here(page) if (complaint := desk.complaint(page, command))
    ]
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.skipif(sys.platform == "win32", reason="commands of a Unix shell")
@pytest.mark.parametrize(
    "broken",
    [
        "```console\n$ hautevoix spoken 1917\nmille neuf cent dix-huit\n```\n",
        "```sh\nhautevoix spoken --no-such-option 1917\n```\n",
        "```sh\npip install '.[no-such-extra]'\n```\n",
        "```sh\nhautevoix voices install no-such-voice\n```\n",
    ],
)
def test_a_broken_example_fails(desk: Desk, tmp_path: Path, broken: str) -> None:
    """Another output, an option, an extra or a voice that is not there: the page is told."""
    (tmp_path / "page.md").write_text(broken, "utf-8")
    page = read(tmp_path / "page.md")
    (command,) = page.commands()
    assert (desk.complaint(page, command) or "").startswith("page.md:2: ")


@each_page
def test_what_is_not_run_is_there(page: Page) -> None:
    """A marking that excuses no command is left over, and every block is of a kind that is run."""
    used = {page.excused(command) for command in page.commands()}
    assert {start for start, _ in page.not_run} <= used
    assert {block.language for block in page.blocks} <= LANGUAGES


@each_page
def test_commands_and_options_exist(page: Page) -> None:
    """What the text names in code, the command line knows; excused commands too."""
    lines = [*page.spans, *(command.text for command in page.commands())]
    assert [line for line in lines if (wrong := unknown(line)) for _ in [wrong]] == []


def unknown(line: str) -> set[str]:
    """Return the command and the options in a line of code that the command line doesn't know.

    >>> unknown("hautevoix build --no-such"), unknown("--words"), unknown("npm ci --prefix x")
    ({'--no-such'}, set(), set())
    """
    words = re.split(r"[\s=|]+", line)
    if words[0] == "hautevoix" and len(words) > 1 and re.fullmatch("[a-z]+", words[1]):
        if words[1] not in COMMANDS:
            return {words[1]}
        names = {words[1]}
    elif words[0] == "hautevoix" or words[0].startswith("--"):
        names = set(COMMANDS)
        words = [word for word in words if word not in BENCH]
    else:
        return set()
    known = {"--help", "--version"}.union(*(options(command(name)) for name in names))
    return {word for word in words if re.match("--[a-z]", word)} - known


def command(name: str) -> click.Command:
    """Return the command called ``name``."""
    found = cli.get_command(click.Context(cli, info_name="hautevoix"), name)
    assert found
    return found if found.params or isinstance(found, click.Group) else imported(name)


def imported(name: str) -> click.Command:
    """Return the command itself, not its stand-in."""
    from importlib import import_module  # noqa: PLC0415 - one name of many

    told: click.Command = import_module(f"hautevoix.cli.{name}").command
    return told


def options(found: click.Command) -> set[str]:
    """Return the options of a command and of those under it."""
    own = {name for one in found.params for name in (*one.opts, *one.secondary_opts)}
    inner = found.commands.values() if isinstance(found, click.Group) else ()
    return own.union(*map(options, inner))


@each_page
def test_files_and_links_lead_somewhere(page: Page) -> None:
    """A link's page and heading are there; so is a file of the project that the text names."""
    for link in page.links:
        name, _, anchor = link.partition("#")
        if "://" not in name:
            target = (page.path.parent / name) if name else page.path
            assert target.exists(), link
            assert not anchor or anchor in read(target).anchors(), link
    for span in page.spans:
        if re.match(r"(script|docs|tests|benchmarks|src)/[\w./-]*$", span):
            assert (ROOT / span).exists(), span


@each_page
def test_variables_exist(page: Page) -> None:
    """A variable of the environment that the text names is read by somebody."""
    code = "".join(path.read_text("utf-8") for path in ROOT.glob("src/**/*.py"))
    code += "".join(path.read_text("utf-8") for path in ROOT.glob("tests/**/*.py"))
    assert [name for name in re.findall(r"HAUTEVOIX_[A-Z_]+", page.text) if name not in code] == []


@each_page
def test_exit_codes_are_those_of_errors(page: Page) -> None:
    """The README tells every exit code, and no page tells another."""
    codes = {kind.exit_code for kind in errors.HautevoixError.__subclasses__()}
    codes |= {0, errors.DONE_WITH_LOSSES, errors.USAGE, errors.BUG, 130}
    if page in {README, GUIDE}:
        told = re.search(r"^0 (?:done|fait).*?\n\n", page.text, re.MULTILINE | re.DOTALL)
        assert told
        assert set(map(int, re.findall(r"(?:^|· *\n?)(\d+) ", told[0]))) == codes
    named = re.findall(r"(?:exit(?:\s+code)?|code\s+de\s+sortie)\s+(\d+)", page.text)
    assert set(map(int, named)) <= codes


@pytest.mark.parametrize("page", [README, GUIDE], ids=lambda page: page.path.name)
def test_the_readme_and_the_guide_list_every_command(page: Page) -> None:
    """No more and no fewer than the command line has."""
    cells = [row[0].strip("`") for table in page.tables for row in table]
    listed = [cell.split()[1] for cell in cells if cell.startswith("hautevoix ")]
    assert sorted(listed) == sorted(COMMANDS)


@each_page
def test_what_is_written_is_heard(page: Page) -> None:
    """Tables of « written | heard », and « written → heard » in others, are what we say."""
    narrator = Narrator()
    wrong = [
        (written, heard, said)
        for written, heard in readings(page)
        if not matches(heard, (said := narrator.say(written).words.text).removesuffix("."))
        and not matches(heard, said)
    ]
    assert wrong == []


def readings(page: Page) -> list[tuple[str, str]]:
    """Return what a page's tables say of how something written is heard."""
    found = []
    plain = str.maketrans({"’": "'", typography.SPACE: " "})
    for head, *written in page.tables:
        rows = [tuple(cell.translate(plain) for cell in row) for row in written]
        if head in {("written", "heard"), ("écrit", "entendu")}:
            found += [(row[0].strip("`"), re.sub(r" \*\(.*?\)\*", "", row[1])) for row in rows]
        elif head[-1] in {"for instance", "par exemple"}:
            items = [item for row in rows for item in re.split("; ", row[-1]) if "→" in item]
            pairs = [item.split("→") for item in items]
            found += [(re.split(", ", left)[-1].strip(), said.strip()) for left, said in pairs]
    return found


@each_page
def test_toml_is_read(page: Page) -> None:
    """A sidecar's example is taken by our own reader; a file of its own is TOML."""
    for block in page.blocks:
        if block.language == "toml":
            table = tomllib.loads(block.text)
            if not block.named:
                parse_sidecar(table, f"{page.path.name}:{block.line}")


@each_page
def test_json_has_the_shape_that_we_write(page: Page, desk: Desk) -> None:
    """What is shown of a timeline has the names that a build with words writes, in their order."""
    shown = [block.text for block in page.blocks if block.language == "json"]
    if (own := english(page)) is not None:
        assert shown == [block.text for block in own.blocks if block.language == "json"]
    elif shown:
        done = desk.run(Command(0, "hautevoix build texte.txt --engine espeak --words -o words"))
        assert not done.returncode, done.stdout
        (path,) = (desk.folder / "words").rglob("*.timeline.json")
        real = json.loads(path.read_text("utf-8"))["utterances"][0]
        for text in shown:
            told = json.loads(text.replace(", …", ""))
            assert list(told) == [name for name in real if name in told]
            assert set(told["words"][0]) == set(real["words"][0])


@each_page
def test_python_runs(page: Page) -> None:
    """Each block of Python runs as it stands, but for files, which the plug-in's tests install."""
    for block in page.blocks:
        if block.language == "python" and not block.named:
            exec(compile(block.text, f"{page.path.name}:{block.line}", "exec"), {})  # noqa: S102 - ours


def test_a_marking_excuses_its_command_alone() -> None:
    """How a command begins is what a marking names; the others on its page are run."""
    page = replace(README, not_run=(("script/test", "runs this test"),))
    assert page.excused(Command(1, "script/test tests/french"))
    assert page.excused(Command(1, "script/build")) is None
