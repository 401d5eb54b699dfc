"""What is tortured: a command, the files that it changes, and how to tell old from new."""

from __future__ import annotations

import re
import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image

import harm
from hautevoix.storage.files import PART
from hautevoix.storage.staging import is_unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ordeal import Outcome

OLD = "Il pleut.\n\nLe chat dort.\n"  # as short as can be: each case builds it twice
SITE = "https://x.example/"
_LINK = re.compile(rb"https://x\.example/([^\"<?#\s]+)")
_BUILDING = (
    "--engine", "espeak", "--quiet", "--jobs", "1", "--store", "{store}",
    "--no-opening", "--no-closing", "-o", "{out}", "--format",
)  # fmt: skip
_WHEN = ("before", "after")


@dataclass(frozen=True, slots=True)
class Scene:
    """A command, what of the bench it may change, and what shows that all is well again after."""

    name: str
    arguments: tuple[str, ...]
    changes: str  # a folder of the bench or a file, by its path
    after: tuple[tuple[str, ...], ...] = ()  # commands besides itself that must then end well


BUILDS = (
    Scene("build", ("build", "{text}", *_BUILDING, "{formats}"), "out/livre"),
    Scene("build all", ("build", "{full}", *_BUILDING, "mp3,m4b,chapters"), "out/complet"),
)
SCENES = (
    *BUILDS,
    Scene("publish", ("publish", "{book}", "--base-url", SITE, "-o", "{site}", "--quiet"), "site"),
    Scene("shelve", ("publish", "{full_book}", "--library", "{library}", "--quiet"), "library"),
    Scene("retake", ("retake", "{text}", "Il pleut", "--rate", "0.9"), "livre.toml"),
    Scene(
        "store gc",
        ("store", "gc", "--store", "{store}", "--limit", "0"),
        "store",
        (("store", "verify", "--quiet", "--store", "{store}"),),
    ),
)


class Bench:
    """A folder with two texts, old books of them, what was published, and the store that this left.

    One of the texts is built in every format, with a picture. ``work`` is where commands work;
    ``usual`` is how many seconds each takes when nobody harms it.
    """

    def __init__(self, folder: Path, formats: str, sentences: int = 2) -> None:
        """Make the old files, then let each scene make its new ones, for comparison.

        ``formats`` are those of the scene « build », ``sentences`` the length of the texts.
        """
        self.folder, self.formats, self.sentences = folder, formats, sentences
        self.text = OLD + "".join(f"\nVoici la phrase {n}.\n" for n in range(3, sentences + 1))
        self.work = folder / "work"
        self.work.mkdir(parents=True)
        self.clock = float(int(time.time()))
        self.usual: dict[str, float] = {}
        self._old()
        for scene in SCENES:
            self._new(scene)

    def _old(self) -> None:
        """Make what each scene begins with."""
        *making, _retake, _gc = SCENES
        self._write(self.text, "red")
        harm.warm_up(self.work / "livre.txt")
        for scene in making:
            self._done(self.command(scene))
        self._write(renewed(self.text), "blue")
        for scene in BUILDS:
            shutil.copytree(self.work, self.folder / f"before {scene.name}")
        for scene in BUILDS:
            self._done(self.command(scene))
        for scene in SCENES[len(BUILDS) :]:
            shutil.copytree(self.work, self.folder / f"before {scene.name}")

    def _write(self, text: str, colour: str) -> None:
        """Write the texts, their sidecars, and the picture of one."""
        for name, more in (("livre", ""), ("complet", 'cover = "image.png"\n')):
            (self.work / f"{name}.txt").write_text(text, "utf-8")
            (self.work / f"{name}.toml").write_text(f'title = "Le {name}"\n{more}', "utf-8")
        Image.new("RGB", (60, 60), colour).save(self.work / "image.png")

    def _new(self, scene: Scene) -> None:
        """Let a scene make its new files, undisturbed."""
        self.restore(scene)
        began = time.monotonic()
        self._done(self.command(scene))
        self.usual[scene.name] = time.monotonic() - began
        shutil.copytree(self.work, self.folder / f"after {scene.name}")

    def _done(self, arguments: list[str]) -> None:
        outcome = harm.run(arguments, self.clock)
        if outcome.code:
            raise SystemExit(f"{' '.join(arguments)}: {outcome.code} {outcome.said}")

    def command(self, scene: Scene) -> list[str]:
        """Return a scene's command on this bench."""
        return self.filled(scene.arguments)

    def filled(self, arguments: tuple[str, ...]) -> list[str]:
        """Return arguments with this bench's paths."""
        places = {
            "text": "livre.txt", "store": "store", "out": "out", "site": "site",
            "book": "out/livre", "full": "complet.txt", "full_book": "out/complet",
            "library": "library",
        }  # fmt: skip
        paths = {name: self.work / place for name, place in places.items()}
        return [argument.format(**paths, formats=self.formats) for argument in arguments]

    def restore(self, scene: Scene, *, done: bool = False) -> None:
        """Go back to what was there before a scene's command, or after it where it was ``done``."""
        shutil.rmtree(self.work)
        shutil.copytree(self.folder / f"{'after' if done else 'before'} {scene.name}", self.work)

    def restore_output(self) -> None:
        """Go back to the old book."""
        shutil.rmtree(self.work / "out")
        shutil.copytree(self.folder / "before build" / "out", self.work / "out")

    def judged(
        self, scene: Scene, outcome: Outcome, *, killed: bool = False, rotten: Path | None = None
    ) -> dict[str, Any]:
        """Look at what a harmed command has left, and at what the same command makes of it."""
        found = harm.faults(outcome, killed=killed)
        if rotten is None or outcome.code == 0:
            found |= dict(self._left(scene, done=outcome.code == 0))
        if scene in BUILDS and rotten is None:
            found |= dict(self._clips_gone(scene))
        for arguments in (scene.arguments, *scene.after):
            again = harm.run(self.filled(arguments), self.clock)
            if again.code:
                found["not healed"] = f"{again.code} {again.said.strip()[-200:]}"
        if "not healed" not in found:
            found |= dict(self._healed(scene))
        return {
            "code": outcome.code, "faults": found, "seconds": round(outcome.seconds, 2),
            "memory": outcome.memory, "said": outcome.said.strip()[-300:],
        }  # fmt: skip

    def _left(self, scene: Scene, *, done: bool) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the files as a harmed command has left them."""
        old, new = (held(self.folder / f"{when} {scene.name}" / scene.changes) for when in _WHEN)
        now = held(self.work / scene.changes)
        torn = [name for name, data in now.items() if data not in (old.get(name), new.get(name))]
        if torn:
            yield "torn", ", ".join(torn)
        if done and now != new and scene.name != "store gc":  # which leaves what it can't remove
            yield "untrue", "it ended well, and not all is new"
        if scene in BUILDS:
            if now not in (old, new) and not is_unfinished(self.work / scene.changes):
                yield "mixed", ", ".join(_unlike(now, new))
        elif scene.name == "publish":
            yield from _site_faults(now, old, new)
        elif scene.name == "retake" and not now:
            yield "lost", scene.changes

    def _clips_gone(self, scene: Scene) -> Iterator[tuple[str, str]]:
        """Yield what the store had, and a build does not write anew."""
        old, new = (held(self.folder / f"{when} {scene.name}" / "store") for when in _WHEN)
        now = held(self.work / "store")
        gone = [name for name in old if old[name] == new.get(name) != now.get(name)]
        if gone:
            yield "lost", f"of what was spoken: {', '.join(gone)}"

    def _healed(self, scene: Scene) -> Iterator[tuple[str, str]]:
        """Yield what the same command has not put right."""
        new = held(self.folder / f"after {scene.name}" / scene.changes)
        now = held(self.work / scene.changes)
        if now != new:
            yield "lost", ", ".join(_unlike(now, new))
        ours = ("out", "site", "library")  # beside a text it goes in an hour
        litter = [path.name for place in ours for path in (self.work / place).rglob(f"*{PART}*")]
        if litter:
            yield "litter", ", ".join(litter)


def renewed(text: str) -> str:
    """Return a text as it is when its book is built again."""
    return text.replace("dort", "court")


def held(place: Path) -> dict[str, bytes]:
    """Return what lies in a folder or a file, but for what begins with a dot."""
    if place.is_file():
        return {place.name: place.read_bytes()}
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in place.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def _unlike(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Return the names of files that differ, or that one of both lacks."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _site_faults(
    now: Mapping[str, bytes], old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a site: the feed is written last, with all that it names there."""
    feed = now.get("feed.xml", b"")
    named = {link.decode() for link in _LINK.findall(feed)}
    gone = [name for name in named if not ({name, f"{name.rstrip('/')}/index.html"} & {*now})]
    if not feed or gone:
        yield "lost", ", ".join(gone) or "feed.xml"
    if feed == new["feed.xml"] != old["feed.xml"]:
        late = [name for name in new if now.get(name) != new[name]]
        if late:
            yield "mixed", ", ".join(late)
