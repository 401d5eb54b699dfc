"""Each door of Hautevoix, given what coverage chooses: script/fuzz --coverage SECONDS [DOOR…].

A door is a function of bytes, which begins with a file of its kind, or one of the fuzzers in
tests/fuzzing, whose grammar the bytes steer. atheris counts which branches of ours each
input takes, and keeps in ``.cache/fuzz`` those that take a new one: the next run goes on from
there. What ends in another exception than ours, or takes over 30 seconds or 2 GiB, is kept beside
them and printed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / ".cache" / "fuzz"
FUZZERS = sorted(path.stem for path in (ROOT / "tests" / "fuzzing").glob("test_*.py"))
_LIMITS = ("-timeout=30", "-rss_limit_mb=2048", "-max_len=20000", "-print_final_stats=1")
_COVERED = re.compile(r"cov: (\d+) ft: (\d+)")
_RUNS = re.compile(r"stat::number_of_executed_units: (\d+)")

if TYPE_CHECKING:
    from collections.abc import Callable

    Door = Callable[[bytes], object]

_LETTERS = "tests/reading/letter"
FILES = {
    "read-txt": "letters/lettre.txt",
    "read-md": f"{_LETTERS}/noted.md",
    "read-html": f"{_LETTERS}/noted-libreoffice.html",
    "read-epub": f"{_LETTERS}/noted-pandoc.epub",
    "read-docx": f"{_LETTERS}/noted-pandoc.docx",
    "check-epub": f"{_LETTERS}/noted-libreoffice.epub",
    "check-html": f"{_LETTERS}/pandoc.html",
    "sidecar": "letters/lettre.toml",
    "narrator": "letters/lettre.txt",
}
"""The file that a door's corpus begins with."""
SEEDS = {
    "check-mp3": b"ID3\x03\0\0\0\0\0\x0cTIT2\0\0\0\x02\0\0\0a\xff\xfb\x50\xc4",
    "check-m4b": b"\x00\x00\x00\x0cftypM4B \x00\x00\x00\x10moov\x00\x00\x00\x08trak",
    "check-vtt": b"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Roi>Oui &amp; non.\n",
    "check-srt": b"1\n00:00:00,000 --> 00:00:01,000\nOui.\n",
    "check-json": b'{"segments": [{"startTime": 0, "endTime": 1, "body": "Oui."}]}',
    "check-xml": b'<rss version="2.0"><channel><item><guid>b</guid></item></channel></rss>',
    "check-chapters.json": b'{"chapters": [{"startTime": 0, "title": "a"}]}',
    "check-timeline.json": b'{"duration": 1, "utterances": [], "chapters": []}',
    "state": b'{"version": 1, "guid": "a", "base_url": "b", "works": [], "face": ["", ""]}',
    "lexicon": b"<lexicon><lexeme><grapheme>a</grapheme><alias>b</alias></lexeme></lexicon>",
}
"""What it begins with where there is no file."""


def doors() -> dict[str, Door]:
    """Return every door by its name; hautevoix is imported here, so that it can be watched."""
    from fuzzing.doors import told  # noqa: PLC0415 - see above
    from hautevoix.french import Narrator, read_pls  # noqa: PLC0415
    from hautevoix.publishing.checking.targets import check_path  # noqa: PLC0415
    from hautevoix.publishing.state import from_bytes  # noqa: PLC0415
    from hautevoix.reading.base.sidecar import read_sidecar  # noqa: PLC0415
    from hautevoix.reading.reader import read_data  # noqa: PLC0415

    folder = Path()  # that of this process

    def checked(name: str, data: bytes) -> object:
        path = folder / name
        path.write_bytes(data)
        return told(check_path, path, None)

    def sidecar(data: bytes) -> object:
        (folder / "x.toml").write_bytes(data)
        return told(read_sidecar, folder / "x.txt")

    found: dict[str, Door] = {}
    for name in (*FILES, *SEEDS):
        verb, _, kind = name.partition("-")
        if verb == "read":
            found[name] = lambda data, kind=kind: told(read_data, data, f"x.{kind}")
        elif verb == "check":
            found[name] = lambda data, kind=kind: checked(f"x.{kind}", data)
    found["sidecar"] = sidecar
    found["state"] = lambda data: told(from_bytes, data, "x")
    found["lexicon"] = lambda data: told(read_pls, data.decode("utf-8", "replace"))
    narrator = Narrator()
    found["narrator"] = lambda data: told(narrator.say, data.decode("utf-8", "replace"))
    for name in FUZZERS:
        module = importlib.import_module(f"fuzzing.{name}")
        for test, function in vars(module).items():
            if test.startswith("test_") and hasattr(function, "hypothesis"):
                short = f"{name.removeprefix('test_')}:{test.removeprefix('test_')}"
                found[short] = function.hypothesis.fuzz_one_input
    return found


def seed(name: str) -> bytes:
    """Return what a door's corpus begins with: nothing for a fuzzer, which has its grammar."""
    return (ROOT / FILES[name]).read_bytes() if name in FILES else SEEDS.get(name, b"")


def watch(name: str, arguments: list[str]) -> None:
    """Fuzz one door in this process, which ends with it."""
    import atheris  # noqa: PLC0415 - wanted here alone

    sys.path[:0] = [str(ROOT / "tests")]
    with atheris.instrument_imports(include=["hautevoix"]):
        door = doors()[name]
    atheris.Setup([sys.argv[0], *arguments], door)
    atheris.Fuzz()


def fuzz(name: str, seconds: int) -> bool:
    """Fuzz one door in a process of its own, print what came of it, and tell whether it held."""
    corpus, faults = CACHE / name / "corpus", CACHE / name / "faults"
    for folder in (corpus, faults):
        folder.mkdir(parents=True, exist_ok=True)
    (corpus / "seed").write_bytes(seed(name))
    limits = [*_LIMITS, f"-max_total_time={seconds}", f"-artifact_prefix={faults}/"]
    command = [sys.executable, __file__, "--door", name, *limits, str(corpus)]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - ourselves
            command, capture_output=True, text=True, errors="replace", check=False, cwd=folder,
            env=os.environ | {"HAUTEVOIX_LANG": "en"},
        )  # fmt: skip
    covered, runs = _COVERED.findall(done.stderr), _RUNS.findall(done.stderr)
    reached = f"{covered[-1][0]} branches" if covered else "nothing covered"
    print(f"{name}: {runs[-1] if runs else '?'} inputs, {reached}", flush=True)
    if done.returncode:
        print(f"  FAULT, kept in {faults}:\n" + _fault(done.stdout + done.stderr), flush=True)
    return not done.returncode


def _fault(said: str) -> str:
    """Return the traceback of what was printed, or its end."""
    start = said.find("Uncaught Python exception")
    lines = (said[start:] if start >= 0 else said[-1500:]).splitlines()
    return "\n".join(f"    {line[:200]}" for line in lines[:60])


def main() -> int:
    """Fuzz the doors that were asked for; 1 if one of them did not hold."""
    if sys.argv[1:2] == ["--door"]:
        watch(sys.argv[2], sys.argv[3:])
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("seconds", type=int, help="for each door")
    parser.add_argument("doors", nargs="*", metavar="DOOR", help="[all]")
    asked = parser.parse_args()
    sys.path[:0] = [str(ROOT / "tests")]
    known = doors()
    if unknown := [name for name in asked.doors if name not in known]:
        parser.error(f"no such door: {', '.join(unknown)}. Known: {', '.join(known)}")
    held = [fuzz(name, asked.seconds) for name in asked.doors or known]
    print(f"{len(held)} doors, {held.count(False)} with a fault")
    return int(not all(held))


if __name__ == "__main__":
    sys.exit(main())
