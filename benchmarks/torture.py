"""Builds under torture: killed anywhere, on a disk that fails, out of a store that rots.

Each trial begins with a whole old book and the same store, does harm to a build of the edited text,
and looks: is each file of the old book or of the new one, is no mixture unsaid, does the same
command then give the new book byte for byte, did every failure take one line and a code of ours?
The injections need ``strace`` (and Linux); without it they are left out, and that is told.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.storage.staging import is_unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OLD = "Début\n\nIl pleut sur la ville.\n\nLe chat dort.\n\nFin.\n"
NEW = OLD.replace("Le chat dort.", "Le chat court dans la cour.")
MAIN = (sys.executable, "-c", "from hautevoix.cli import main; main()")
CALLS = ("fsync", "rename", "openat", "write", "unlink", "mkdir", "read", "close")
HARMS = ("signal=KILL", "error=ENOSPC", "error=EIO", "error=EMFILE")
FORESEEN = frozenset(range(11))
LONGEST = 60.0  # seconds for a build of three sentences, on a busy machine
_CALL = re.compile(r"^(\d+) +(\w+)\((.*)", re.MULTILINE)  # a line of strace's log
TRIALS = ("kills", "rot", "crowd", "injections")


@dataclass(slots=True)
class Tally:
    """What was tried, and what went wrong, by kind."""

    tried: int = 0
    faults: Counter[str] = field(default_factory=Counter)

    def fault(self, kind: str, what: str) -> None:
        """Count a fault; the first of its kind is told at once."""
        if not self.faults[kind]:
            print(f"  {kind}: {what}", flush=True)
        self.faults[kind] += 1


class Bench:
    """A folder with a text, an old book of it, and the store that this left."""

    def __init__(self, folder: Path, formats: str) -> None:
        """Build the old book and the new one once, for comparison."""
        self.folder = folder
        self.formats = formats
        self.text = folder / "livre.txt"
        self.build(OLD, "old")
        self.old = held(folder / "old" / "livre")
        shutil.copytree(folder / "store", folder / "kept")
        self.build(NEW, "new")
        self.new = held(folder / "new" / "livre")

    def command(self, output: str) -> list[str]:
        """Return the build's command."""
        return [
            *MAIN, "build", str(self.text), "--engine", "espeak", "--quiet", "--jobs", "1",
            "--store", str(self.folder / "store"), "-o", str(self.folder / output),
            "--format", self.formats,
        ]  # fmt: skip

    def build(self, text: str, output: str, before: Sequence[str] = ()) -> tuple[int, str]:
        """Build; return exit code and what was said."""
        self.text.write_text(text, "utf-8")
        done = subprocess.run(  # noqa: S603 - our own command
            [*before, *self.command(output)],
            capture_output=True, text=True, errors="replace", check=False, timeout=LONGEST,
        )  # fmt: skip
        return done.returncode, done.stderr

    def restore(self) -> None:
        """Go back to the old book and its store."""
        for name, source in (("store", "kept"), ("out", "old")):
            shutil.rmtree(self.folder / name, ignore_errors=True)
            shutil.copytree(self.folder / source, self.folder / name)


def held(folder: Path) -> dict[str, bytes]:
    """Return what lies in a book's folder, but for what begins with a dot."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def judge(bench: Bench, tally: Tally, what: str, code: int, said: str) -> None:
    """Look at what a harmed build has left, and at what the same command makes of it."""
    tally.tried += 1
    if "Traceback" in said:
        tally.fault("traceback", f"{what}: {said.splitlines()[-1]}")
    elif code >= 0 and code not in FORESEEN and code < 128:  # a signal's
        tally.fault(f"exit {code}", f"{what}: {said.strip()[-200:]}")
    book = bench.folder / "out" / "livre"
    now = held(book)
    torn = [
        name for name, data in now.items() if data not in (bench.old.get(name), bench.new.get(name))
    ]
    if torn:
        tally.fault("torn", f"{what}: {', '.join(torn)}")
    if now not in (bench.old, bench.new) and not is_unfinished(book):
        tally.fault("mixed", what)
    code, said = bench.build(NEW, "out")
    if code != 0:
        tally.fault("not healed", f"{what}: {code} {said.strip()[-200:]}")
    elif held(book) != bench.new:
        tally.fault("lost", what)


def occasions(bench: Bench, calls: Sequence[str]) -> list[tuple[str, int]]:
    """Return which calls touch the text, the book or the store: each one's name and number.

    Others (Python's own modules, which are opened first) are not ours to answer for. strace counts
    them in each process apart.
    """
    bench.restore()
    log = bench.folder / "calls"
    bench.build(
        NEW, "out", ("strace", "-f", "-y", "-o", str(log), "-e", f"trace={','.join(calls)}")
    )
    counts: Counter[tuple[str, str]] = Counter()
    found = set()
    for process, call, rest in _CALL.findall(log.read_text("utf-8", "replace")):
        counts[process, call] += 1
        if str(bench.folder) in rest:
            found.add((call, counts[process, call]))
    return sorted(found)


def injections(
    bench: Bench, tally: Tally, calls: Sequence[str], most: int, dice: random.Random
) -> None:
    """Harm each call that touches our files, in every way, or ``most`` of them by chance."""
    every = [
        (call, number, harm)
        for call, number in occasions(bench, calls)
        for harm in HARMS
        if call == "openat" or harm != "error=EMFILE"  # no other opens a file
    ]
    chosen = every if len(every) <= most else dice.sample(every, most)
    print(f"injections: {len(chosen)} of {len(every)}", flush=True)
    for call, number, harm in chosen:
        bench.restore()
        if tally.tried % 10 == 9:
            print(f"  {tally.tried + 1} tried", flush=True)
        before = (
            "strace", "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}",
            "-e", f"inject={call}:{harm}:when={number}",
        )  # fmt: skip
        what = f"{call} {number} {harm}"
        try:
            code, said = bench.build(NEW, "out", before)
        except subprocess.TimeoutExpired:
            tally.tried += 1
            tally.fault("over time", what)
            continue
        judge(bench, tally, what, code, said)


def kills(bench: Bench, tally: Tally, count: int, dice: random.Random) -> None:
    """Kill the whole group of a build at any moment."""
    began = time.monotonic()
    bench.restore()
    bench.build(NEW, "out")
    usual = time.monotonic() - began
    for number in range(count):
        bench.restore()
        bench.text.write_text(NEW, "utf-8")
        process = subprocess.Popen(  # noqa: S603 - the same
            bench.command("out"), stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        time.sleep(dice.uniform(0, usual))
        os.killpg(process.pid, signal.SIGKILL)
        _, said = process.communicate()
        judge(bench, tally, f"kill {number}", -signal.SIGKILL, said.decode(errors="replace"))


def rot(bench: Bench, tally: Tally, dice: random.Random) -> None:
    """Flip a bit in every blob of the store, and put every blob in the place of another."""
    bench.restore()
    bench.build(NEW, "out")
    whole = bench.folder / "whole"
    shutil.rmtree(whole, ignore_errors=True)
    shutil.copytree(bench.folder / "store", whole)
    blobs = sorted(path for path in whole.rglob("*") if path.is_file())
    for blob in blobs:
        for swapped in (False, True):
            shutil.rmtree(bench.folder / "store")
            shutil.copytree(whole, bench.folder / "store")
            shutil.rmtree(bench.folder / "out")
            shutil.copytree(bench.folder / "old", bench.folder / "out")
            data = bytearray(dice.choice(blobs).read_bytes() if swapped else blob.read_bytes())
            if not swapped:
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            (bench.folder / "store" / blob.relative_to(whole)).write_bytes(data)
            code, said = bench.build(NEW, "out")
            judge(bench, tally, f"rot of {blob.name}", code, said)


def crowd(bench: Bench, tally: Tally, count: int) -> None:
    """Run many builds at once on one store that may hold nothing when they are done."""
    texts = [bench.folder / f"livre{number:02}.txt" for number in range(count)]
    for number, text in enumerate(texts):
        text.write_text(f"{NEW}\nVoici le livre numéro {number}.\n", "utf-8")

    def commands(store: str, output: str) -> Iterator[list[str]]:
        for text in texts:
            yield [
                *MAIN, "build", str(text), "--engine", "espeak", "--quiet", "--jobs", "1",
                "--store", str(bench.folder / store), "--store-limit", "0",
                "-o", str(bench.folder / output),
            ]  # fmt: skip

    for command in commands("alone", "apart"):
        subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - the same
    crowded = [
        subprocess.Popen(  # noqa: S603 - the same
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        for command in commands("shared", "together")
    ]
    for text, process in zip(texts, crowded, strict=True):
        _, said = process.communicate()
        tally.tried += 1
        if process.returncode:
            tally.fault(f"exit {process.returncode}", f"crowd: {said.strip()[-200:]}")
        elif held(bench.folder / "together" / text.stem) != held(
            bench.folder / "apart" / text.stem
        ):
            tally.fault("lost", f"crowd: {text.stem}")


def main() -> int:
    """Run what was asked for and print what was found; 1 if anything was."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=100, help="how many random kills [100]")
    parser.add_argument("--builds", type=int, default=12, help="how many builds at once [12]")
    parser.add_argument("--injections", type=int, default=400, help="how many at most [400]")
    parser.add_argument("--trials", nargs="*", default=TRIALS, choices=TRIALS, help="only these")
    parser.add_argument("--calls", nargs="*", default=list(CALLS), help="the system calls to harm")
    parser.add_argument("--formats", default="mp3,chapters", help="what is built [mp3,chapters]")
    parser.add_argument("--seed", type=int, default=time.time_ns() & 0xFFFF)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)  # noqa: S311 - chance, no secret
    print(f"seed {asked.seed}")
    found = False
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), asked.formats)
        trials = {
            "kills": lambda tally: kills(bench, tally, asked.kills, dice),
            "rot": lambda tally: rot(bench, tally, dice),
            "crowd": lambda tally: crowd(bench, tally, asked.builds),
            "injections": lambda tally: injections(
                bench, tally, asked.calls, asked.injections, dice
            ),
        }
        if not shutil.which("strace"):
            del trials["injections"]
            print("injections: left out, strace is missing")
        chosen = [(name, trial) for name, trial in trials.items() if name in asked.trials]
        for name, trial in chosen:
            tally = Tally()
            trial(tally)
            told = (
                ", ".join(f"{count} {kind}" for kind, count in tally.faults.items()) or "no fault"
            )
            print(f"{name}: {tally.tried} tried, {told}", flush=True)
            found = found or bool(tally.faults)
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
