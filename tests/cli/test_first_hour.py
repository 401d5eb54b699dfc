"""What a newcomer types in the first hour, and what is answered."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from commands import hautevoix
from hautevoix.cli.commands import COMMANDS

ENGLISH = (
    "The cat sat on the wall and looked at the birds. It was a cold morning, and there was nobody "
    "in the street but the old man who sold newspapers.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a French text and an English one."""
    (tmp_path / "a.txt").write_text("Une phrase.\n", "utf-8")
    (tmp_path / "en.txt").write_text(ENGLISH, "utf-8")
    return tmp_path


@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_an_english_text_is_refused_before_any_work(folder: Path, dry: tuple[str, ...]) -> None:
    """Exit code 4, once, with both ways to have it all the same; nothing is left."""
    done = hautevoix("build", "en.txt", "--engine", "espeak", "--store", "s", *dry, cwd=folder)
    assert done.returncode == 4
    last = done.stderr.splitlines()[-1]
    for word in ("en.txt", "English", "--any-language", 'language = "fr"', "en.toml"):
        assert word in last
    assert done.stderr.count("English") == 1
    assert not (folder / "output").exists()


def test_an_english_text_is_read_on_wish(folder: Path) -> None:
    """By the option or the sidecar; ``outline`` and ``script`` never refuse."""
    build = ("build", "en.txt", "--engine", "espeak", "--store", "s", "--dry-run")
    assert hautevoix(*build, "--any-language", cwd=folder).returncode == 0
    shown = hautevoix("outline", "en.txt", cwd=folder)
    assert (shown.returncode, shown.stdout.count("looks like English")) == (0, 1)
    (folder / "en.toml").write_text('language = "en"\n', "utf-8")
    assert hautevoix(*build, cwd=folder).returncode == 4
    (folder / "en.toml").write_text('language = "fr"\n', "utf-8")
    assert hautevoix(*build, cwd=folder).returncode == 0


def test_script_warns_of_another_language(folder: Path) -> None:
    """On stderr, once: what programs read stays as it was."""
    done = hautevoix("script", "en.txt", cwd=folder)
    assert done.returncode == 0
    assert done.stderr == "This looks like English, but is read as French.\n"
    assert hautevoix("script", "a.txt", cwd=folder).stderr == ""


def test_formats_and_choices_in_capitals(folder: Path) -> None:
    """« MP3 » is mp3."""
    build = ("build", "a.txt", "--engine", "espeak", "--store", "s", "--dry-run")
    done = hautevoix(*build, "--format", "MP3,Chapters", "--profile", "ACX", cwd=folder)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("sidecar", "words", "without"),
    [
        ('cover = "absente.jpg"\n', ("absente.jpg", "cover", "a.toml"), ()),
        ("[xyz]\nx = 1\n", ("unknown table [xyz]", "[lexicon]"), ("date", "Did you")),
        ('titel = "A"\n', ("unknown key “titel”", "Did you mean “title”?"), ()),
        ('[lexikon]\nx = "y"\n', ("unknown table [lexikon]", "Did you mean [lexicon]?"), ()),
        ('[lexicon]\nphrase = { ipa = "fRAZ" }\n', ("a.toml", "“phrase”", "“R”", "IPA"), ()),
        ('[lexicon]\nphrase = { ipa = "ˈ." }\n', ("a.toml", "“phrase”", "“ˈ”"), ()),
    ],
)
def test_what_is_wrong_in_a_sidecar(
    folder: Path, sidecar: str, words: tuple[str, ...], without: tuple[str, ...]
) -> None:
    """The file, the key, and only suggestions of the same kind; exit code 3."""
    (folder / "a.toml").write_text(sidecar, "utf-8")
    done = hautevoix("outline", "a.txt", cwd=folder)
    assert done.returncode == 3
    assert all(word in done.stderr for word in words), done.stderr
    assert not any(word in done.stderr for word in without), done.stderr


def test_what_is_wrong_in_a_lexicon_of_others(folder: Path) -> None:
    """A PLS file is named, with the word and the sign."""
    (folder / "l.pls").write_text(
        '<lexicon version="1.0" alphabet="ipa" xml:lang="fr" '
        'xmlns="http://www.w3.org/2005/01/pronunciation-lexicon">'
        "<lexeme><grapheme>thé</grapheme><phoneme>t3</phoneme></lexeme></lexicon>",
        "utf-8",
    )
    done = hautevoix("spoken", "--lexicon", "l.pls", "Un thé.", cwd=folder)
    assert done.returncode == 3
    assert all(word in done.stderr for word in ("l.pls", "“thé”", "“3”")), done.stderr


@pytest.mark.parametrize(
    ("engine", "voice", "words"),
    [
        ("espeak", "fr_FR-siwis-medium", ("engine piper", "voices install fr_FR-siwis-medium")),
        ("auto", "fr_FR-siwis-medium", ("engine piper", "--engine piper --voice")),
        ("espeak", "fr-FR", ("engine pico", "--engine pico --voice fr-FR")),
        ("pico", "fr+f3", ()),
    ],
)
def test_a_voice_of_another_engine(
    folder: Path, engine: str, voice: str, words: tuple[str, ...]
) -> None:
    """Whose it is, and what to type."""
    done = hautevoix("build", "a.txt", "--engine", engine, "--voice", voice, cwd=folder)
    assert done.returncode == 5
    assert all(word in done.stderr for word in words), done.stderr


def test_python_m() -> None:
    """The command where its script is not on the PATH; its help calls it by its name."""
    done = subprocess.run(
        [sys.executable, "-m", "hautevoix", "--help"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("Usage: hautevoix")


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_cites_no_file_that_is_not_installed(command: str) -> None:
    """No page of the sources' docs, no text of theirs: a wheel has neither."""
    shown = hautevoix(*([command] if command else []), "--help").stdout
    assert not re.search(r"docs/|letters/|README|\.md\b", shown)


def test_messages_cite_no_file_that_is_not_installed() -> None:
    """Nor does what the code says, but in comments and docstrings, which its readers have."""
    root = Path(str(resources.files("hautevoix")))
    said = re.compile(r'"[^"\n]*(?:docs/\w+\.md|letters/lettre)[^"\n]*"')
    found = {
        path.name: cited
        for path in root.rglob("*.py")
        if (cited := said.findall(re.sub(r'"""(?s:.*?)"""|#.*', "", path.read_text("utf-8"))))
    }
    assert found == {}
