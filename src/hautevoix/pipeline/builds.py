"""What to build, and whether it is there already; ``making`` makes what is not."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.errors import DiskError
from hautevoix.mastering import Pressing, foretell
from hautevoix.model import Part
from hautevoix.pipeline.casting import AUTO, NARRATOR, ready_engine
from hautevoix.pipeline.memory import code_stamp
from hautevoix.pipeline.results import Built, former, note_source, recalled, remember
from hautevoix.store import key_of
from hautevoix.wishes import sidecar_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.engines import Engine
    from hautevoix.store import Store
    from hautevoix.wishes import Source


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: ``output`` is the folder in which each book gets a folder of its own.

    ``voice`` is the narrator's; ``parts`` are the user's wishes by role, over the sidecar's;
    ``jobs`` is how many processes work at once (None: one a core);
    ``fallback`` names the engine that says what ``engine`` can't.
    """

    source: Source
    output: Path
    store: Store
    engine: str = AUTO
    voice: str | None = None
    pressing: Pressing = field(default_factory=Pressing)
    jobs: int | None = None
    parts: tuple[tuple[str, Part], ...] = ()
    fallback: str | None = None


def build(order: Order, progress: Callable[[str, int, int], None]) -> Built:
    """Build one audiobook. Every failure is a HautevoixError; what was spoken stays stored.

    Where neither text nor settings nor code have changed since the files were made, nothing is
    touched.
    """
    order = replace(order, source=_held(order.source))
    folder = order.output / slug(order.source.path)
    engine = ready_engine(order.engine)
    seal = _seal(order, engine, folder)
    known = recalled(order.store, seal)
    if known:
        return known
    order.pressing.check()
    replaced = former(order.store, folder, order.source.path)
    _writable(folder)
    if order.fallback is None:  # whose readiness a fork may tell, which a thread forbids
        foretell(order.store, folder)
    from hautevoix.pipeline.making import make  # noqa: PLC0415 - loads all the stages

    built, sources = make(order, engine, folder, progress)
    built = replace(built, replaced=replaced)
    note_source(order.store, folder, order.source.path)
    if not built.losses:
        remember(order.store, seal, built, sources)
    return built


def _held(source: Source) -> Source:
    """Return the same; what comes on standard input is read, as it can be only once.

    Raises InputError where that is closed.
    """
    if str(source.path) != "-" or source.data is not None:
        return source
    from hautevoix.reading import read_standard_input  # noqa: PLC0415 - loads the reader

    return replace(source, data=read_standard_input())


def slug(path: Path) -> str:
    """Return a text's name as the name of its audiobook: ASCII letters, digits and hyphens.

    >>> from pathlib import Path
    >>> slug(Path("Élégies & chants.txt"))
    'elegies-chants'
    """
    plain = unicodedata.normalize("NFKD", path.stem.replace("œ", "oe").replace("æ", "ae"))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:80].strip("-") or "livre"


def _seal(order: Order, engine: Engine, folder: Path) -> str:
    """Return the key of everything that the result depends on."""
    source = order.source
    beside = sidecar_file(source.path)
    text = _bytes(source.path) if source.data is None else source.data
    files = [text, _bytes(beside) if beside else b""]
    asked = (order.source, order.voice, order.parts, order.fallback, order.pressing)
    told = (*asked, folder.absolute(), *files)
    return key_of("built", code_stamp(), engine.name, engine.version, *told)


def _bytes(path: Path) -> bytes:
    """Return a file's bytes, none where it can't be read: reading it will say why."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def wishes(order: Order) -> tuple[tuple[str, Part], ...]:
    """Return the parts that the user asks for, the narrator's voice among them."""
    parts = dict(order.parts)
    if order.voice:
        parts[NARRATOR] = replace(parts.get(NARRATOR, Part()), voice=order.voice)
    return tuple(parts.items())


def _writable(folder: Path) -> None:
    """Make the book's folder and try it, before time is spent. Raises DiskError."""
    probe = folder / ".hautevoix-probe"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise DiskError(
            f"{folder} can't be written: {error.strerror or error}.",
            advice="Choose another folder with -o.",
        ) from error
