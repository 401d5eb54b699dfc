"""Commands under torture: killed anywhere, on a disk that fails, out of a store that rots.

Each trial begins with a whole old book, its site and the same store, does harm to one command, and
looks: is each file the old one or the new one, is no mixture unsaid, does the same command then
give the new files byte for byte, did every failure take one line and a code of ours?
``--record`` keeps what was tried, so that a run that was stopped goes on from there; what had a
fault is tried again.
The injections need ``strace`` (and Linux); without it they are left out, and that is told.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import harm
from scenes import OLD, SCENES, Bench, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scenes import Scene

    Case = tuple[str, Callable[[Bench], dict[str, Any]]]

TRIALS = ("kills", "rot", "crowd", "injections")


def injected(bench: Bench, scene: Scene, injection: harm.Injection) -> dict[str, Any]:
    """Have one call fail, and look."""
    bench.restore(scene)
    outcome = harm.run(bench.command(scene), bench.clock, tracing=injection.options)
    told = bench.judged(scene, outcome, killed="KILL" in injection.how)
    if injection.call == "write":  # of the message itself, it may be
        told["faults"].pop("silent", None)
    return told


def injections(bench: Bench, scene: Scene, sample: int, dice: random.Random) -> Iterator[Case]:
    """Yield a case for each call that concerns our files and each harm, or ``sample`` of them.

    They come in a random order, so that what a stopped run has tried is a fair sample too.
    """
    bench.restore(scene)
    log = bench.folder / "calls"
    calls = harm.occasions(bench.command(scene), bench.clock, bench.work, log)
    every = [
        harm.Injection(call, number, how, helper)
        for call, number, helper in calls
        for how in harm.HARMS[call]
    ]
    for injection in dice.sample(every, min(sample or len(every), len(every))):
        yield f"{scene.name}: {injection}", partial(injected, scene=scene, injection=injection)


def killed(bench: Bench, scene: Scene, part: float) -> dict[str, Any]:
    """Kill the whole group of a command after a part of its usual time."""
    bench.restore(scene)
    after = part * bench.usual[scene.name]
    outcome = harm.run(bench.command(scene), bench.clock, kill_after=after, fork=False)
    return bench.judged(scene, outcome, killed=True)


def kills(count: int, seed: int) -> Iterator[Case]:
    """Yield ``count`` kills, half of them of builds."""
    turns = SCENES[1:]
    for number in range(count):
        scene = turns[number // 2 % len(turns)] if number % 2 else SCENES[0]
        part = random.Random(f"{seed} {number}").uniform(0, 1)  # noqa: S311 - chance, no secret
        yield f"{scene.name}: kill {number}", partial(killed, scene=scene, part=part)


def rotten(bench: Bench, number: int, seed: int, *, swapped: bool) -> dict[str, Any]:
    """Flip a bit of a file, or put another in its place; build, and look."""
    build = SCENES[0]
    bench.restore(build, done=True)
    found = _kept(bench)
    path, other = found[number], found[number - 1]
    if path.is_relative_to(bench.work / "store"):
        bench.restore_output()  # else nothing is to be built
    dice = random.Random(f"{seed} {number}")  # noqa: S311 - chance, no secret
    data = bytearray((other if swapped else path).read_bytes())
    if not swapped:
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    path.write_bytes(data)
    return bench.judged(build, harm.run(bench.command(build), bench.clock), rotten=path)


def rot(bench: Bench, seed: int) -> Iterator[Case]:
    """Yield a case for every blob and output: a bit flipped, and another's content for its own."""
    bench.restore(SCENES[0], done=True)
    for number in range(len(_kept(bench))):
        for how in ("rot of", "another as"):
            swapped = how == "another as"
            yield f"{how} file {number}", partial(rotten, number=number, seed=seed, swapped=swapped)


def _kept(bench: Bench) -> list[Path]:
    """Return the blobs and the outputs; a bench's folder has its part in the names of some."""
    places = (bench.work / "store", bench.work / "out")
    return sorted(path for place in places for path in place.rglob("*") if path.is_file())


def crowd(bench: Bench, count: int) -> dict[str, Any]:
    """Run many builds at once on one store that may hold nothing when they are done.

    Meanwhile room is made in it, again and again.
    """
    texts = [bench.folder / f"livre{number:02}.txt" for number in range(count)]
    for number, text in enumerate(texts):
        text.write_text(f"{OLD}\nVoici le livre numéro {number}.\n", "utf-8")

    def command(text: Path, store: str, output: str) -> list[str]:
        return [
            "build", str(text), "--engine", "espeak", "--quiet", "--jobs", "1",
            "--store", str(bench.folder / store), "--store-limit", "0",
            "-o", str(bench.folder / output),
        ]  # fmt: skip

    def book(text: Path, output: str) -> dict[str, bytes]:
        return held(bench.folder / output / text.stem)

    for text in texts:
        harm.run(command(text, "alone", "apart"), bench.clock)
    crowded = [_started(command(text, "shared", "together")) for text in texts]
    room = ["store", "gc", "--store", str(bench.folder / "shared"), "--limit", "0"]
    worst, found = harm.run(room, bench.clock), dict[str, str]()
    while any(process.poll() is None for process in crowded):
        outcome = harm.run(room, bench.clock)
        worst = max(worst, outcome, key=lambda one: one.memory)
        found |= harm.faults(outcome)
    for text, process in zip(texts, crowded, strict=True):
        if process.returncode:
            found[f"exit {process.returncode}"] = process.communicate()[1].strip()[-200:]
        elif held(bench.folder / "together" / text.stem) != held(
            bench.folder / "apart" / text.stem
        ):
            found["lost"] = text.stem
    return {"code": 0, "faults": found, "seconds": worst.seconds, "memory": worst.memory}


def _started(arguments: Sequence[str]) -> subprocess.Popen[str]:
    main = [sys.executable, "-c", "from hautevoix.cli import main; main()", *arguments]
    return subprocess.Popen(  # noqa: S603 - our own command
        main, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )


def attempted(bench: Bench, name: str, case: Callable[[Bench], dict[str, Any]]) -> dict[str, Any]:
    """Try a case; return its line of the record."""
    began = time.monotonic()
    return {"case": name, **case(bench), "elapsed": round(time.monotonic() - began, 2)}


def share(
    bench: Bench, cases: Sequence[tuple[str, Case]], record: Path, part: int, parts: int
) -> None:
    """Try every ``parts``-th case, and write what came of each at once."""
    for trial, (name, case) in cases[part::parts]:
        line = {"trial": trial, **attempted(bench, name, case)}
        with record.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        for kind, what in line["faults"].items():
            print(f"  {name}: {kind}: {what}", flush=True)


def read(record: Path) -> list[dict[str, Any]]:
    """Return what the record says of each case last; nothing where there is none yet."""
    lines = record.read_text("utf-8").splitlines() if record.exists() else []
    told = [json.loads(line) for line in lines]
    return list({(line["trial"], line["case"]): line for line in told}.values())


def summary(trial: str, lines: Sequence[dict[str, Any]]) -> str:
    """Return what a trial came to, on a line."""
    found = Counter(kind for line in lines for kind in line["faults"])
    told = ", ".join(f"{count} {kind}" for kind, count in found.items()) or "no fault"
    codes = Counter(line["code"] for line in lines)
    ends = ", ".join(f"{count} × {code}" for code, count in sorted(codes.items()))
    seconds = max(line["seconds"] for line in lines)
    memory = max(line["memory"] for line in lines)
    return (
        f"{trial}: {len(lines)} tried, {told}; exit codes {ends}; "
        f"at most {seconds:.1f} s of processor, {memory >> 20} MiB"
    )


def gathered(bench: Bench, asked: argparse.Namespace) -> Iterator[tuple[str, Case]]:
    """Yield the cases that were asked for, with the trial that each belongs to."""
    dice = random.Random(asked.seed)  # noqa: S311 - chance, no secret
    if "kills" in asked.trials:
        yield from (("kills", case) for case in kills(asked.kills, asked.seed))
    if "rot" in asked.trials:
        yield from (("rot", case) for case in rot(bench, asked.seed))
    if "crowd" in asked.trials:
        yield "crowd", ("crowd", partial(crowd, count=asked.builds))
    if "injections" in asked.trials:
        for scene in (scene for name in asked.scenes for scene in SCENES if scene.name == name):
            each = injections(bench, scene, asked.sample, dice)
            yield from ((f"injections, {scene.name}", case) for case in each)


def asked_for() -> argparse.Namespace:
    """Return what the command line asks for."""
    names = [scene.name for scene in SCENES]
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--trials", nargs="*", default=TRIALS, choices=TRIALS, help="only these")
    parser.add_argument("--kills", type=int, default=500, help="how many random kills [500]")
    parser.add_argument("--builds", type=int, default=24, help="how many builds at once [24]")
    parser.add_argument(
        "--scenes", nargs="*", default=names, choices=names, help="what is injected"
    )
    parser.add_argument(
        "--sample", "--injections", type=int, default=0, help="injections for each scene [all]"
    )
    parser.add_argument("--formats", default="mp3,chapters", help="what is built [mp3,chapters]")
    parser.add_argument("--sentences", type=int, default=2, help="of the texts built [2]")
    parser.add_argument("--jobs", type=int, default=1, help="how many cases at once [1]")
    parser.add_argument("--record", type=Path, help="what was tried; a run goes on from there")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> int:
    """Run what was asked for and print what was found; 1 if anything was."""
    asked = asked_for()
    if not shutil.which("strace") and "injections" in asked.trials:
        asked.trials = [trial for trial in asked.trials if trial != "injections"]
        print("injections: left out, strace is missing")
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        record = asked.record or Path(folder) / "record"
        bench = Bench(Path(folder) / "0", asked.formats, asked.sentences)
        done = {(line["trial"], line["case"]) for line in read(record) if not line["faults"]}
        every = list(gathered(bench, asked))
        cases = [(trial, case) for trial, case in every if (trial, case[0]) not in done]
        print(f"{len(cases)} of {len(every)} cases to try", flush=True)
        at_once(bench, cases, record, asked.jobs)
        lines = read(record)
    for trial in dict.fromkeys(line["trial"] for line in lines):
        print(summary(trial, [line for line in lines if line["trial"] == trial]))
    return int(any(line["faults"] for line in lines))


def at_once(bench: Bench, cases: Sequence[tuple[str, Case]], record: Path, jobs: int) -> None:
    """Share the cases among ``jobs`` forks, each with a bench of its own."""
    others = []
    for part in range(1, jobs):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                other = Bench(bench.folder.parent / str(part), bench.formats, bench.sentences)
                share(other, cases, record, part, jobs)
                code = 0
            except KeyboardInterrupt:
                pass
            except BaseException:  # noqa: BLE001 - this process ends with it
                sys.excepthook(*sys.exc_info())
            finally:
                sys.stdout.flush()
                os._exit(code)
        others.append(child)
    share(bench, cases, record, 0, jobs)
    failed = [child for child in others if os.waitpid(child, 0)[1]]
    if failed:
        raise SystemExit("A part of it has failed: run it again.")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("Stopped. What --record keeps is not tried again.", file=sys.stderr)
        sys.exit(128 + signal.SIGINT)
