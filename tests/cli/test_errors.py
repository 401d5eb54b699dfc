from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import miniaudio
import pytest

from commands import hautevoix
from hautevoix.cli.commands import COMMANDS


def refused(*arguments: object, code: int, words: tuple[str, ...], cwd: Path) -> None:
    """Assert that a command fails with one clear line, the right code, and leaves nothing."""
    before = sorted(cwd.rglob("*"))
    done = hautevoix(*arguments, cwd=cwd)
    assert done.returncode == code, done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("hautevoix: ")
    for word in words:
        assert word in last
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    left = [path for path in sorted(cwd.rglob("*")) if path.is_file() and path not in before]
    assert left == []


@pytest.mark.parametrize("command", ["build", "outline", "script"])
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("absent.txt", None, ("absent.txt", "no such file")),
        ("vide.txt", b"", ("vide.txt", "empty")),
        ("blanc.txt", b" \n\n \t\n", ("blanc.txt",)),
        ("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, ("image.txt",)),
        ("zero.txt", bytes(1000), ("zero.txt",)),
    ],
)
def test_a_text_that_can_t_be_read(
    command: str, name: str, content: bytes | None, words: tuple[str, ...], tmp_path: Path
) -> None:
    """A missing, empty, blank or binary file: one line that names it, exit code 3."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    refused(command, name, code=3, words=words, cwd=tmp_path)


def test_words_that_look_like_an_option(tmp_path: Path) -> None:
    """It is told how to give them; an option that is mistyped is not taken for words."""
    words = ("No such option: -4. Words that begin with a hyphen come after « -- ».",)
    refused("spoken", "-40 °C", code=2, words=words, cwd=tmp_path)
    assert hautevoix("spoken", "--", "-40 °C").stdout == "moins quarante degrés Celsius\n"
    assert "hyphen" not in hautevoix("spoken", "--exlain", "x").stderr


def test_a_publish_of_nothing_leaves_nothing(tmp_path: Path) -> None:
    """No empty site stays behind."""
    (tmp_path / "rien").mkdir()
    refused(
        "publish", "rien", "--base-url", "https://a.example/", code=3, words=("rien",), cwd=tmp_path
    )
    assert [path.name for path in tmp_path.iterdir()] == ["rien"]


def test_a_folder_in_place_of_a_text(tmp_path: Path) -> None:
    """A folder is refused by name."""
    (tmp_path / "dossier").mkdir()
    refused("build", "dossier", code=3, words=("dossier", "folder"), cwd=tmp_path)


@pytest.fixture
def text(tmp_path: Path) -> str:
    """Return the name of a good text."""
    (tmp_path / "texte.txt").write_text("Une phrase.\n", "utf-8")
    return "texte.txt"


def test_an_unknown_engine(text: str, tmp_path: Path) -> None:
    """The nearest engine is named; exit code 5."""
    words = ("espek", "Did you mean espeak?")
    refused("build", text, "--engine", "espek", code=5, words=words, cwd=tmp_path)


def test_an_engine_far_from_any_gets_the_list(text: str, tmp_path: Path) -> None:
    """« nope » is no slip for openai: the known ones are told."""
    done = hautevoix("build", text, "--engine", "nope", cwd=tmp_path)
    assert "Known engines: espeak, " in done.stderr


def test_an_unknown_voice(text: str, tmp_path: Path) -> None:
    """The nearest voice is named; exit code 5."""
    words = ("fr+f9", "Did you mean fr+f")
    refused("build", text, "--voice", "fr+f9", code=5, words=words, cwd=tmp_path)


def test_an_output_that_can_t_be_written(text: str, tmp_path: Path) -> None:
    """Said before any time is spent; exit code 7."""
    (tmp_path / "plein").touch()
    words = ("plein", "can't be written", "-o")
    refused("build", text, "-o", "plein", code=7, words=words, cwd=tmp_path)


def test_a_store_that_can_t_be_written(text: str, tmp_path: Path) -> None:
    """A store in a file's place; exit code 7."""
    (tmp_path / "plein").touch()
    refused("build", text, "--store", "plein", code=7, words=("--store",), cwd=tmp_path)


def test_a_sidecar_with_an_unknown_key(text: str, tmp_path: Path) -> None:
    """The key, the file and the nearest known key are named; exit code 3."""
    (tmp_path / "texte.toml").write_text('titel = "Oups"\n', "utf-8")
    refused("build", text, code=3, words=("texte.toml", "titel", "title"), cwd=tmp_path)


def test_an_unknown_option(text: str, tmp_path: Path) -> None:
    """A wrong option is a usage error, exit code 2."""
    done = hautevoix("build", text, "--nots", "skip", cwd=tmp_path)
    assert done.returncode == 2
    assert "--notes" in done.stderr


def test_a_name_for_a_sample_without_a_sound_s_suffix(tmp_path: Path) -> None:
    """``say`` tells which suffixes it knows."""
    refused("say", "Bonjour.", "-o", "x.ogg", code=2, words=("x.ogg", ".wav"), cwd=tmp_path)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["buld", "x.txt"], "Did you mean build? See: hautevoix --help"),
        (["build"], "Missing argument"),
        (["build", "x.txt", "--jobs", "0"], "See: hautevoix build --help"),
        (["say", "Bonjour.", "--no-such-thing"], "No such option"),
        (["voices", "install"], "See: hautevoix voices install --help"),
    ],
)
def test_a_command_that_is_not_understood_is_told_in_one_line(
    arguments: list[str], words: str
) -> None:
    """What is wrong, and where its use is told; exit code 2."""
    done = hautevoix(*arguments)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="ulimit -v is kept to on Linux")
def test_too_little_memory_is_told_before_a_library_gives_up(tmp_path: Path) -> None:
    """Exit code 7, not the 1 of a book with gaps."""
    (tmp_path / "t.txt").write_text("Bonjour.")
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (100 << 20, 100 << 20))\n"
        "from hautevoix.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "build", "t.txt"],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 7
    assert "may have 100 MiB of memory" in done.stderr


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_teaches(command: str) -> None:
    """Every command has help with its purpose, and the list of commands says the same."""
    done = hautevoix(*([command] if command else []), "--help")
    assert done.returncode == 0
    assert "Usage: hautevoix" in done.stdout
    assert len(done.stdout.splitlines()) > 5


def test_spoken_reads_lines_and_arguments(tmp_path: Path) -> None:
    """One line in, one line out; an argument each the same."""
    done = hautevoix("spoken", "25", "le 25 octobre", cwd=tmp_path)
    assert done.stdout == "vingt-cinq\nle vingt-cinq octobre\n"
    explained = hautevoix("spoken", "--explain", "le 25 octobre", cwd=tmp_path).stdout
    assert "« 25 » → « vingt-cinq »" in explained or "25 octobre" in explained


@pytest.mark.parametrize("suffix", ["wav", "mp3"])
def test_say_gives_a_sound(tmp_path: Path, suffix: str) -> None:
    """A sentence becomes a file that decodes to a second or two of sound."""
    done = hautevoix("say", "Bonjour à tous, et bienvenue.", "-o", f"x.{suffix}", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"x.{suffix}\n"
    sound = miniaudio.decode_file(str(tmp_path / f"x.{suffix}"))
    assert 0.8 < sound.duration < 4
    assert (sound.nchannels, sound.sample_rate) in {(1, 44100), (2, 44100)}


def test_voices_lists_engines_and_whether_they_are_ready() -> None:
    """A row for each voice, saying when a voice sends the text away."""
    shown = hautevoix("voices").stdout
    assert shown == hautevoix("voices", "list").stdout
    rows = shown.splitlines()
    assert any(row.startswith("espeak  fr ") and row.endswith("ready") for row in rows)
    assert any(row.startswith("gtts") and "online" in row for row in rows)


def test_a_closed_pipe_is_no_error_message(letter: Path) -> None:
    """« hautevoix script … | head » ends quietly."""
    command = f"hautevoix script {letter} | head -1"
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", "-c", command], capture_output=True, text=True, check=False, env=environment
    )
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


def test_a_library_that_can_t_be_loaded_is_no_bug_of_ours(tmp_path: Path) -> None:
    """As where a disk fails amid a build: one line, and exit code 7."""
    broken = tmp_path / "lib" / "numpy"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text(
        "raise ImportError('libm.so.6: cannot read file data: Input/output error')", "utf-8"
    )
    (tmp_path / "a.txt").write_text("Il vint, et personne ne dit rien de plus.", "utf-8")
    done = hautevoix(
        "build", "a.txt", "--engine", "espeak", cwd=tmp_path, env={"PYTHONPATH": str(broken.parent)}
    )
    assert done.returncode == 7, done.stderr
    assert "can't be loaded: libm.so.6: cannot read file data" in done.stderr
    assert "Traceback" not in done.stderr
