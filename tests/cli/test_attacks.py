"""What a hostile or hasty user types: an exit code as documented, one line, nothing lost."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from commands import hautevoix
from fakes import Hummer
from hautevoix import engines
from hautevoix.cli.build import command as build
from hautevoix.cli.doctor import command as doctor
from hautevoix.cli.progress import shown
from hautevoix.cli.publish import command as publish
from hautevoix.cli.say import command as say
from hautevoix.cli.script import command as script
from hautevoix.cli.spoken import command as spoken
from hautevoix.cli.voices import command as voices
from hautevoix.errors import EngineError
from hautevoix.pipeline.casting import ready_engine

if TYPE_CHECKING:
    import click

MAIN = (sys.executable, "-c", "from hautevoix.cli import main; main()")


def shell(line: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which « hv » is the command."""
    told = "hv() { " + f'"{MAIN[0]}" -c "{MAIN[2]}"' + ' "$@"; }\n' + line
    return subprocess.run(
        ["bash", "-c", told], cwd=cwd, capture_output=True, text=True, check=False
    )


def built(cwd: Path, *texts: str, **more: Any) -> subprocess.CompletedProcess[str]:
    """Build ``texts`` with eSpeak and a store here."""
    arguments = ("build", *texts, "--engine", "espeak", "--store", "store", "--no-closing")
    return subprocess.run(
        [*MAIN, *arguments], cwd=cwd, capture_output=True, text=True, check=False, **more
    )


def test_another_text_on_standard_input_is_another_book(tmp_path: Path) -> None:
    """« - » is told by its words, not by its name; the same words again change nothing."""
    mp3 = tmp_path / "output" / "livre" / "livre.mp3"
    assert built(tmp_path, "-", input="Premier texte.").returncode == 0
    first = mp3.read_bytes()
    again = built(tmp_path, "-", input="Premier texte.")
    assert "nothing was touched" in again.stderr
    other = built(tmp_path, "-", input="Un tout autre texte.")
    assert other.returncode == 0, other.stderr
    assert "nothing was touched" not in other.stderr
    assert mp3.read_bytes() != first


@pytest.mark.parametrize("command", ["build", "outline", "script", "spoken"])
def test_a_closed_standard_input_is_said(command: str, tmp_path: Path) -> None:
    """Exit code 3 and a line."""
    name = "" if command == "spoken" else "-"
    done = shell(f"hv {command} {name} <&-", tmp_path)
    assert done.returncode == 3, done.stderr
    assert "tandard input" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.fixture
def twins(tmp_path: Path) -> Path:
    """Return a folder with p/x.txt and q/x.txt."""
    for name in "pq":
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.txt").write_text(f"Le texte {name}.\n", "utf-8")
    return tmp_path


def test_two_texts_of_one_name_are_refused_before_any_work(twins: Path) -> None:
    """Both are named, and the way out; nothing is written."""
    done = built(twins, "p/x.txt", "q/x.txt")
    assert done.returncode == 2
    for word in ("p/x.txt", "q/x.txt", "output/x", "-o"):
        assert word in done.stderr.splitlines()[-1]
    assert not (twins / "output").exists()


def test_a_book_that_takes_another_s_place_says_so(twins: Path) -> None:
    """Where the other text is still there; a text that was moved is just built again."""
    assert built(twins, "p/x.txt").returncode == 0
    over = built(twins, "q/x.txt")
    assert over.returncode == 0
    assert f"took the place of the audiobook of {twins / 'p' / 'x.txt'}" in over.stderr
    (twins / "q" / "x.txt").rename(twins / "x.txt")
    assert "took the place" not in built(twins, "x.txt").stderr


@pytest.mark.parametrize("arguments", ["outline .", "build /"])
def test_a_path_without_a_name(arguments: str, tmp_path: Path) -> None:
    """Refused as no text: 3."""
    done = shell(f"hv {arguments}", tmp_path)
    assert done.returncode == 3, done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("line", ["doctor", "script a.txt", "outline a.txt", "--help"])
def test_a_full_disk_behind_the_output(line: str, tmp_path: Path) -> None:
    """Exit code 7 and one line."""
    (tmp_path / "a.txt").write_text("Une phrase.\n" * 50, "utf-8")
    done = shell(f"hv {line} >/dev/full", tmp_path)
    assert done.returncode == 7, done.stderr
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr


@pytest.mark.parametrize("arguments", [["script"], ["--version"]])
def test_a_closed_pipe_has_its_own_exit_code(arguments: list[str], letter: Path) -> None:
    """« … | head -1 » is no build with losses: 141, as the shell says of SIGPIPE."""
    reader, writer = os.pipe()
    os.close(reader)
    text = [letter] if arguments == ["script"] else []
    done = subprocess.run(
        [*MAIN, *arguments, *text], stdout=writer, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("hv build a.txt --store s --engine espeak 2>&-", 0),
        ("hv voices >&- && hv build a.txt --store s --engine espeak >&-", 0),
        ("hv build a.txt --store s --engine espeak <&- >&- 2>&-", 0),
        ("hv build none.txt 2>&-", 3),
        ("hv bild 2>&-", 2),
        ("hv build none.txt 2>/dev/full", 3),
        ("hv bild 2>/dev/full", 2),
        ("hv build a.txt --store s --engine espeak 2>/dev/full", 7),
        ("hv outline a.txt >/dev/full 2>/dev/full", 7),
    ],
)
def test_where_nobody_can_be_told_the_exit_code_stands(
    line: str, code: int, tmp_path: Path
) -> None:
    """Closed or full standard streams change no exit code, and no file takes their place."""
    (tmp_path / "a.txt").write_text("Une phrase.\n", "utf-8")
    done = shell(line, tmp_path)
    assert done.returncode == code, done.stderr
    assert "hautevoix:" not in done.stdout
    if code == 0:
        assert (tmp_path / "output" / "a" / "a.mp3").read_bytes().startswith(b"ID3")


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are Unix's")
def test_a_text_through_a_pipe_is_read_once(tmp_path: Path) -> None:
    """« build <(pandoc …) »: what can be read only once is, and its errors bear its name."""
    line = "hv build <(echo 'Une phrase.') --store s --engine espeak --quiet"
    done = shell(line, tmp_path)
    assert done.returncode == 0, done.stderr
    made = Path(tmp_path, done.stdout.strip())
    first = made.read_bytes()
    assert shell(line.replace("Une", "Une autre"), tmp_path).returncode == 0
    assert made.read_bytes() != first
    done = shell("mkfifo vide; (: >vide) & hv build vide --store s --engine espeak", tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1), done.stderr
    assert done.stderr.startswith("hautevoix: vide: empty.")


def test_a_build_that_fails_leaves_no_folder(tmp_path: Path) -> None:
    """A wrong name makes no folder; one that was there stays."""
    assert built(tmp_path, "none.txt").returncode == 3
    assert not (tmp_path / "output").exists()
    (tmp_path / "output" / "none").mkdir(parents=True)
    assert built(tmp_path, "none.txt").returncode == 3
    assert (tmp_path / "output" / "none").is_dir()


@pytest.mark.parametrize(
    "line", ["build ''", "build a.txt -o ''", "build a.txt --store ''", "outline ''"]
)
def test_an_empty_path_is_no_folder(line: str, tmp_path: Path) -> None:
    """An unset variable of a shell's does not stand for the folder one is in."""
    (tmp_path / "a.txt").write_text("Une phrase.\n", "utf-8")
    done = shell(f"hv {line}", tmp_path)
    assert done.returncode == 2, done.stderr
    assert "it is empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("hv bild", "Did you mean build?"),
        ("hv 'un texte.txt'", "hautevoix build 'un texte.txt'"),
        ("hv xyzzy", "« xyzzy »."),
    ],
)
def test_who_forgets_the_command_is_helped(line: str, told: str, tmp_path: Path) -> None:
    """A slip of the finger and a bare text are answered with the line that was meant."""
    (tmp_path / "un texte.txt").write_text("Une phrase.\n", "utf-8")
    done = shell(line, tmp_path)
    assert done.returncode == 2
    assert f"{told} See: hautevoix --help" in done.stderr


def test_words_are_utf_8_in_any_locale(tmp_path: Path) -> None:
    """In the C locale nothing is dropped from what is said; what is no text is refused."""
    plain = "PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 PYTHONIOENCODING=utf-8 LC_ALL=C hv "
    done = shell(plain + "spoken 'Le 3 août.'", tmp_path)
    assert done.stdout == "Le trois août.\n"
    (tmp_path / "a.txt").write_text("Une phrase.\n", "utf-8")
    options = "--store s --engine espeak --quiet --title Été"
    assert shell(f"{plain} build a.txt {options}", tmp_path).returncode == 0
    for command in ("spoken", "say", "build a.txt --title"):
        done = shell(f"hv {command} $'\\xff'", tmp_path)
        assert done.returncode == 2
        assert "not UTF-8" in done.stderr


def test_the_doctor_knows_where_clips_are_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The folder that a build takes, the environment's word included."""
    monkeypatch.setenv("HAUTEVOIX_STORE", str(tmp_path))
    assert f"are kept in {tmp_path}" in CliRunner().invoke(doctor, []).output
    monkeypatch.delenv("HAUTEVOIX_STORE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    told = CliRunner().invoke(doctor, []).output
    (tmp_path / "a.txt").write_text("Une phrase.\n", "utf-8")
    assert hautevoix("build", "a.txt", "--engine", "espeak", cwd=tmp_path).returncode == 0
    (kept,) = {path.parent.parent for path in (tmp_path / "hautevoix").rglob("*") if path.is_file()}
    assert re.search(rf"are kept in {re.escape(str(kept))}(?![\w/])", told)


def test_what_piper_needs_first_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the extra is missing, a line under the table tells it, and each voice points there."""
    there = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "piper" else there(name)
    )
    shown = CliRunner().invoke(voices, ["list"]).output.splitlines()
    to_install = [row for row in shown if row.startswith("piper") and "voices install" in row]
    assert to_install
    assert all(row.endswith(", after [piper]") for row in to_install)
    assert [row for row in shown if "pip install" in row] == shown[-1:]
    assert shown[-1].startswith("[piper] ")


@pytest.mark.parametrize(
    "error",
    [
        "MemoryError()",
        "OSError(24, 'Too many open files')",
        'RuntimeError("can\'t start new thread")',
    ],
)
def test_a_system_that_has_no_more_to_give_is_no_bug_of_ours(error: str, tmp_path: Path) -> None:
    """Memory, processes or open files run out: exit code 7, and what to do."""
    code = (
        "import hautevoix.cli.spoken as spoken\n"
        f"def fail(**_): raise {error}\n"
        "spoken.command.callback = fail\n" + MAIN[2]
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "spoken", "Oui."],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (7, 1), done.stderr
    assert "bug" not in done.stderr
    assert "End some other programs" in done.stderr


def test_a_missing_text_is_told_before_another_is_read_aloud(tmp_path: Path) -> None:
    """The slip in the second name does not wait for the end of the first book."""
    (tmp_path / "a.txt").write_text("Une phrase.\n", "utf-8")
    done = built(tmp_path, "a.txt", "nome.txt")
    assert done.returncode == 3
    assert done.stderr == "hautevoix: nome.txt: no such file. Check the name.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_an_address_that_is_none(tmp_path: Path) -> None:
    """``check`` of half an address: 3, not a bug."""
    done = hautevoix("check", "http://[::1", cwd=tmp_path)
    assert done.returncode == 3
    assert "no address" in done.stderr


USAGE = [
    (build, ["a.txt", "--rate", "nan"], "nan"),
    (build, ["a.txt", "--title", ""], "empty"),
    (build, ["a.txt", "a.txt"], "a.txt is named twice"),
    (build, ["a.txt", "--cast", "note="], "says nothing of note. Write"),
    (build, ["a.txt", "--fallback", ""], "empty"),
    (say, ["Oui.", "--voice", ""], "empty"),
    (say, ["Oui.", "-o", "x.ogg"], ".wav"),
    (say, [""], "nothing to say"),
    (say, ["Oui.", "--all-voices", "--voice", "fr"], "--voice"),
    (publish, ["x", "--base-url", "https://é x/"], "no address"),
    (publish, ["x", "--base-url", "ftp://x/"], "no address"),
    (voices, ["install", "fr_FR-siwis-medium", "--base-url", "foo"], "no address"),
]


@pytest.mark.parametrize(("command", "arguments", "word"), USAGE)
def test_what_can_t_be_meant_is_a_usage_error(
    command: click.Command, arguments: list[str], word: str, tmp_path: Path
) -> None:
    """Exit code 2, and what to give instead, before anything is done."""
    runner = CliRunner()
    with runner.isolated_filesystem(tmp_path):
        Path("a.txt").write_text("Une phrase.\n", "utf-8")
        done = runner.invoke(command, arguments)
    assert done.exit_code == 2, done.output
    assert word in done.output


def test_init_without_anybody_to_ask(tmp_path: Path) -> None:
    """The end of input is no Ctrl-C: 2, and which options to give instead."""
    done = shell("hv publish --init </dev/null", tmp_path)
    assert done.returncode == 2, done.stderr
    assert "--base-url" in done.stderr
    assert "spoken" not in done.stderr


@pytest.mark.parametrize(
    ("command", "arguments", "word"),
    [
        (spoken, ["--for", "rien.txt", "x"], "rien.txt"),
        (spoken, ["--for", ".", "x"], "folder"),
        (publish, ["x", "--config", "rien.toml"], "rien.toml"),
        (script, ["b.txt"], "b.toml"),
    ],
)
def test_what_an_option_names_must_be_there(
    command: click.Command, arguments: list[str], word: str, tmp_path: Path
) -> None:
    """A missing file, or a folder in its place, is said (3), not passed over."""
    runner = CliRunner()
    with runner.isolated_filesystem(tmp_path):
        Path("b.txt").write_text("Une phrase.\n", "utf-8")
        Path("b.toml").mkdir()
        done = runner.invoke(command, arguments)
    assert done.exit_code == 1  # click's runner for an exception that is not click's
    assert getattr(done.exception, "exit_code", None) == 3, done.exception
    assert word in str(done.exception)


def test_a_full_disk_under_a_sample(tmp_path: Path) -> None:
    """``say`` on a disk that takes no more: one line, exit code 7, no traceback after it."""
    code = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); " + MAIN[2]
    )
    text = "Une phrase assez longue pour le disque."
    done = subprocess.run(
        [sys.executable, "-c", code, "say", text, "--engine", "espeak"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 7, done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_the_sidecar_is_named_where_its_voice_is_another_engine_s(tmp_path: Path) -> None:
    """The role, and that the sidecar casts it; the notice of what is sent waits for its time."""
    (tmp_path / "a.txt").write_text("Une phrase.\n", "utf-8")
    (tmp_path / "a.toml").write_text('[voices]\nheading = "fr+m3"\n', "utf-8")
    done = hautevoix("build", "a.txt", "--engine", "gtts", "--store", "s", cwd=tmp_path)
    assert done.returncode == 5
    assert done.stderr.count("\n") == 1, done.stderr
    for word in ("fr+m3", "sidecar", "heading", "--cast"):
        assert word in done.stderr


def test_what_a_sidecar_says_in_vain_is_doubted(tmp_path: Path) -> None:
    """A correction of what is nowhere, and another language, are told by ``outline``."""
    (tmp_path / "a.txt").write_text("Une phrase avec une fotte.\n", "utf-8")
    told = 'language = "en"\n[corrections]\n"fotte" = "faute"\n"fôte" = "faute"\n'
    (tmp_path / "a.toml").write_text(told, "utf-8")
    shown = hautevoix("outline", "a.txt", cwd=tmp_path).stdout
    assert "“fôte”, which is nowhere" in shown
    assert "“fotte”, which" not in shown
    assert "« en »" in shown


def test_one_is_no_plural(capsys: pytest.CaptureFixture[str]) -> None:
    """« 1 piece », « 2 pieces »."""
    with shown(quiet=False) as tell:
        tell("Mastering", 0, 1)
        tell("Speaking", 0, 2)
    assert capsys.readouterr().err == "Mastering: 1 piece\nSpeaking: 2 clips\n"


def _loaded(name: str) -> Hummer:
    if name != "hum":
        raise EngineError(f"The engine « {name} » failed to start.")
    return Hummer()


def test_all_voices_speak_beside_a_broken_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told (1), and the others say the sentence."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(engines, "names", lambda: ("broken", "hum"))
    monkeypatch.setattr(engines, "load", _loaded)
    done = CliRunner().invoke(
        say, ["Voici.", "--all-voices", "--engine", "auto"], standalone_mode=False
    )
    assert "« broken » failed to start" in done.output
    assert (tmp_path / "say-hum-hum.wav").stat().st_size > 1000
    assert done.return_value == 1


def test_a_broken_engine_is_passed_over_by_auto(monkeypatch: pytest.MonkeyPatch) -> None:
    """The next best speaks; asked for by name, the broken one says what is wrong."""

    def load(name: str, _provider: str = "") -> Hummer:
        return _loaded("hum" if name == "espeak" else name)

    monkeypatch.setattr(engines, "load", load)
    assert isinstance(ready_engine(), Hummer)
    with pytest.raises(EngineError, match="« piper » failed to start"):
        ready_engine("piper")
