"""Every reader, the sidecar, the narrator, ``publish`` and ``check``, given files made to harm.

First what is repeated without end, or stands where another file should (``SHAPES``); then, for the
time that was asked for, files of every format with bytes changed, cut, doubled or swapped, inside
archives too. What is printed: how many were tried, which ended in a traceback, said nothing, or
took more than 30 seconds of processor or 1 GiB.
"""

from __future__ import annotations

import argparse
import html
import io
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from atoms import atoms, patterns
from ordeal import Trial, prepare, undergo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parents[1]
LETTERS = ROOT / "tests" / "reading" / "letter"
PROSE = "Il était une fois un roi qui avait trois filles et un seul cheval. "
TEXT = f"Le Roi\n\nChapitre premier\n\n{PROSE * 2}\n\nChapitre II\n\n— Bonjour, dit-il.\n"
PUBLISH = ("publish", "livre", "--base-url", "https://x.example/", "-o", "site")

REPEATED = (
    "a", "1", "a ", "1 ", "a.", "A. ", "I ", "« ", "(", "[1] ", "— ", "-", "l'", "http://", "a@",
    "\u0301", "\u200b", "\n", "a\n\n", "I\n\n", "Chapitre I\n\n", "…", ", ", "a-\n", "\x01", "\r",
    "*", "> ", "- ", "[", "![", "`", "|a", "# a\n", "[^1]", "$",
    "![[]()", "a <![CDATA[", "[^1]: ", "| a\n", "1. a\n",
    "<p>", "<b>", "<i><b>x", "<td>", "<div>", "<a href='#a'>1</a>", "<!--", "&#", "<p a='", "<br>",
)  # fmt: skip
"""What a line, a page or a Markdown text is made of, over and over."""

WORDS = (
    b"null", b"NaN", b"-Infinity", b"1e999", b"-1", b"9" * 400, b'"\\ud800"', b"[" * 2_000,
    b'{"a":' * 2_000, b"{}", b"[]", b'""', b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80",
    b"1979-05-27T07:32:00Z", b"07:32:00", b"inf", b"nan", b"'''", b"[[a]]\n", b"a.b = 1\n",
    b"../../x", b"/dev/zero", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"]]>", b"%s%n", b"$(id)", b"\r\n",
    "\u202e\u200f\ufeff".encode(), "ﷺ𝕳\u0000é".encode(), b"A" * 70_000,
)  # fmt: skip
"""What stands in the place of a value, as in the suites of JSON's, TOML's and texts' testers."""

JSON_OR_TOML = ("livre/livre.book.json", "livre/livre.timeline.json", "podcast.toml")


def seeds(folder: Path) -> dict[str, bytes]:
    """Build a small book and publish it; return its files and those of the site, by their paths."""
    (folder / "livre.txt").write_text(TEXT, "utf-8")
    (folder / "podcast.toml").write_text('title = "Le Roi"\nauthor = "Moi"\n', "utf-8")
    main = (sys.executable, "-c", "from hautevoix.cli import main; main()")
    build = ("build", "livre.txt", "--engine", "espeak", "-o", ".", "--store", "store", "--quiet")
    for command in (build, PUBLISH):
        subprocess.run([*main, *command], cwd=folder, check=True, capture_output=True)  # noqa: S603 - our own command
    found = (*(folder / "livre").rglob("*"), *(folder / "site").rglob("*"), folder / "podcast.toml")
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found if p.is_file()}


def shapes(book: Mapping[str, bytes], size: int) -> Iterator[Trial]:
    """Yield what is tried each time: repeated strings as texts, words as values."""
    for piece in REPEATED:
        data = (piece * (size // len(piece))).encode()
        for name in ("x.txt", "x.md", "x.html"):
            head = b"<!DOCTYPE html><html><body>" if name == "x.html" else b""
            for command in ("outline", "script"):
                yield Trial(f"{command} {name} of {piece!r}", (command, name), {name: head + data})
    for word in WORDS:
        yield Trial(f"sidecar {word[:20]!r}", ("outline", "x.txt"), _beside(word))
        yield Trial(f"title {word[:20]!r}", ("script", "x.txt"), _beside(b"title = " + word))
        yield Trial(
            f"title {word[:20]!r}", ("script", "x.txt"), _beside(b'title = "' + word + b'"')
        )
        yield Trial(f"text {word[:20]!r}", ("script", "x.txt"), {"x.txt": word + TEXT.encode()})
        for name in JSON_OR_TOML:
            yield Trial(f"{name} {word[:20]!r}", PUBLISH, {**book, name: word})


def runs(size: int) -> Iterator[Trial]:
    """Yield texts of what the patterns of the package repeat (``atoms``), as three formats."""
    for before, repeated in sorted(set().union(*map(atoms, patterns()))):
        run = f"{before}{repeated * (size // len(repeated))} mot.\n\n"
        for name, text in (
            ("x.txt", f"{TEXT}\n{run}"),
            ("x.md", f"# Titre\n\n{run}"),
            ("x.html", f"<!DOCTYPE html><p>{PROSE}<p>{html.escape(run)}"),
        ):
            told = f"script {name} of {before!r}, {repeated!r}"
            yield Trial(told, ("script", name), {name: text.encode("utf-8", "replace")})


def _beside(sidecar: bytes) -> dict[str, bytes]:
    return {"x.txt": TEXT.encode(), "x.toml": sidecar}


def mutants(book: Mapping[str, bytes], dice: random.Random) -> Iterator[Trial]:
    """Yield, without end, commands on files that are no longer what they were."""
    letters = [path for path in sorted(LETTERS.glob("*.*")) if path.name != "README.md"]
    texts = {path.name: path.read_bytes() for path in letters} | {"x.txt": TEXT.encode()}
    sites = [name for name in book if name.startswith("site/")]
    books = [name for name in book if not name.startswith("site/")]
    for number in range(sys.maxsize):
        kind = dice.choice(("outline", "script", "publish", "check"))
        if kind in ("outline", "script"):
            name = dice.choice(sorted(texts))
            yield Trial(f"{number} {name}", (kind, name), {name: mutated(texts[name], dice)})
            continue
        name = dice.choice(books if kind == "publish" else sites)
        command = PUBLISH if kind == "publish" else ("check", "site")
        yield Trial(f"{number} {name}", command, {**book, name: mutated(book[name], dice)})


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Return ``data`` harmed: as bytes, or, if it is an archive, one of its entries."""
    if data.startswith(b"PK") and dice.random() < 0.8:
        return _entry_mutated(data, dice)
    harmed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8, 40))):
        start = dice.randrange(len(harmed) + 1)
        end = min(len(harmed), start + dice.choice((1, 1, 4, 60, 2_000)))
        piece = bytes(harmed[start:end])
        harmed[start:end] = dice.choice(
            (b"", piece * 2, piece * dice.choice((3, 900)), dice.choice(WORDS), piece[::-1],
             dice.randbytes(len(piece)), piece.swapcase(), piece + dice.choice(WORDS))
        )  # fmt: skip
    return bytes(harmed[: dice.randrange(len(harmed) + 1)] if dice.random() < 0.1 else harmed)


def _entry_mutated(data: bytes, dice: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = dice.choice(old.namelist())
        for name in old.namelist():
            entry = old.read(name)
            new.writestr(name, mutated(entry, dice) if name == chosen else entry)
    return out.getvalue()


def main() -> int:
    """Try what was asked for and print what was found; 1 if anything was."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=300, help="for how long [300]")
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of a shape [10^6]")
    parser.add_argument("--patterns", action="store_true", help="runs of what patterns repeat")
    parser.add_argument("--no-shapes", action="store_true", help="only what is left to chance")
    parser.add_argument("--seed", type=int, default=time.time_ns() & 0xFFFF)
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    prepare()
    until = time.monotonic() + asked.seconds
    with tempfile.TemporaryDirectory() as folder:
        book = seeds(Path(folder))
    faults: Counter[str] = Counter()
    tried = 0
    sources = [mutants(book, random.Random(asked.seed))]  # noqa: S311 - chance, no secret
    if asked.patterns:
        sources.insert(0, runs(asked.size))
    if not asked.no_shapes:
        sources.insert(0, shapes(book, asked.size))
    code = 0
    try:
        for trial in chain.from_iterable(sources):
            if time.monotonic() > until:
                break
            faults.update(_tried(trial))
            tried += 1
    except KeyboardInterrupt:
        code = 128 + signal.SIGINT
    print(f"{tried} tried: {', '.join(f'{n} {kind}' for kind, n in faults.items()) or 'no fault'}")
    return code or int(bool(faults))


def _tried(trial: Trial) -> list[str]:
    """Run a trial, print each of its faults, and return them."""
    outcome = undergo(trial)
    for fault in outcome.faults:
        last = (outcome.said.strip().splitlines() or [""])[-1][:300]
        print(f"  {fault}: {trial.name}: exit {outcome.code}, {outcome.seconds:.0f} s: {last}")
        sys.stdout.flush()
    return outcome.faults


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(128 + signal.SIGINT)
