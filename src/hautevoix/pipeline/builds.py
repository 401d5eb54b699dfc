"""What to build, and whether it is there already; ``making`` makes what is not."""

from __future__ import annotations

import contextlib
import stat
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from hautevoix.mastering import EncodingOptions, prefetch
from hautevoix.model import Sidecar, VoiceSettings
from hautevoix.model.options import sidecar_file
from hautevoix.pipeline.casting import AUTO, NARRATOR, casting, ready_engine
from hautevoix.pipeline.memory import code_stamp
from hautevoix.pipeline.results import Built, former, note_source, recalled, remember
from hautevoix.storage.files import PART, sweep, told
from hautevoix.storage.locks import alone
from hautevoix.storage.names import NAMELESS, slug
from hautevoix.storage.staging import recover
from hautevoix.storage.store import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from hautevoix.engines import Engine
    from hautevoix.model.options import Source
    from hautevoix.storage.store import Store

_LONGEST_NAME = 80  # characters of a book's folder
_TOO_LARGE = 1 << 29  # bytes: more than any text that is read


@dataclass(frozen=True, slots=True)
class Order:
    """What to build: ``output`` is the folder in which each book gets a folder of its own.

    ``voice`` is the narrator's; ``parts`` are the user's settings by role, over the sidecar's;
    ``jobs`` is how many processes work at once (None: one a core);
    ``fallback`` names the engine that says what ``engine`` can't; ``provider`` is what the engine's
    models shall run on, empty for its own choice. ``force``: also where nothing has changed, and
    in place of a whole book even if sentences are missing.
    """

    source: Source
    output: Path
    store: Store
    engine: str = AUTO
    voice: str | None = None
    encoding: EncodingOptions = field(default_factory=EncodingOptions)
    jobs: int | None = None
    parts: tuple[tuple[str, VoiceSettings], ...] = ()
    fallback: str | None = None
    provider: str = ""
    force: bool = False


def check(order: Order) -> None:
    """Raise what would stop any text, before time is spent on one: EngineError."""
    casting(ready_engine(order.engine), Sidecar(), voice_settings(order), order.fallback)
    order.encoding.check()


def build(order: Order, progress: Callable[[str, int, int], None]) -> Built:
    """Build one audiobook. Every failure is a HautevoixError; what was spoken stays stored.

    LockedError: another process is building it.

    Where neither text nor settings nor code have changed since the files were made, nothing is
    touched.
    """
    order = replace(order, source=_held(order.source))
    folder = order.output / folder_name(order.source.path)
    engine = ready_engine(order.engine, order.provider)
    seal = _seal(order, engine, folder)
    known = None if order.force else recalled(order.store, seal)
    if known:
        return known
    order.encoding.check()
    with _made(folder), alone(folder), order.store.in_use():
        recover(folder)
        sweep(folder)
        _try(folder)
        replaced = former(order.store, folder, order.source.path)
        built, sources = _build(order, engine, folder, progress)
        built = replace(built, replaced=replaced)
        note_source(order.store, folder, order.source.path)
        if not built.losses:
            remember(order.store, seal, built, sources)
    return built


def _build(
    order: Order, engine: Engine, folder: Path, progress: Callable[[str, int, int], None]
) -> tuple[Built, list[Path]]:
    if order.fallback is None:  # whose readiness a fork may tell, which a thread forbids
        prefetch(order.store, folder)
    from hautevoix.pipeline.making import make  # noqa: PLC0415 - loads all the stages

    return make(order, engine, folder, progress)


def _held(source: Source) -> Source:
    """Return the same; what comes through a pipe is read, as it can be only once.

    Raises InputError where that is closed, RefusedError where it has no end.
    """
    path = source.path
    piped = str(path) == "-"
    if source.data is not None or not (piped or _is_pipe(path)):
        return source
    from hautevoix.reading import read_bytes, read_standard_input  # noqa: PLC0415 - the reader

    return replace(source, data=read_standard_input() if piped else read_bytes(path))


def _is_pipe(path: Path) -> bool:
    """Tell whether a path is a pipe or a device: neither a file nor a folder, but there."""
    with contextlib.suppress(OSError, ValueError):
        mode = path.stat().st_mode
        return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)
    return False


def folder_name(text: Path) -> str:
    """Return the name of a text's audiobook.

    >>> from pathlib import Path
    >>> folder_name(Path("Élégies & chants.txt"))
    'elegies-chants'
    """
    return slug(text.stem, _LONGEST_NAME) or NAMELESS


def _seal(order: Order, engine: Engine, folder: Path) -> str:
    """Return the key of everything that the result depends on."""
    source = order.source
    beside = sidecar_file(source.path)
    text = _bytes(source.path) if source.data is None else source.data
    files = [text, _bytes(beside) if beside else b""]
    asked = (order.source, order.voice, order.parts, order.fallback, order.encoding)
    told = (*asked, folder.absolute(), *files)
    return key_of("built", code_stamp(), engine.name, engine.version, *told)


def _bytes(path: Path) -> bytes:
    """Return a file's bytes, none where it can't or won't be read: reading it will say why."""
    with contextlib.suppress(OSError, ValueError):
        if path.is_file() and path.stat().st_size < _TOO_LARGE:
            return path.read_bytes()
    return b""


def voice_settings(order: Order) -> tuple[tuple[str, VoiceSettings], ...]:
    """Return the parts that the user asks for, the narrator's voice among them."""
    parts = dict(order.parts)
    if order.voice:
        parts[NARRATOR] = replace(parts.get(NARRATOR, VoiceSettings()), voice=order.voice)
    return tuple(parts.items())


@contextlib.contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make the book's folder, before time is spent; what was made goes if nothing comes of it.

    Raises DiskError.
    """
    with told(folder):
        new = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):  # as soon as one is not empty
            for path in new:
                path.rmdir()
        raise


def _try(folder: Path) -> None:
    """Try to write into the book's folder, before time is spent. Raises DiskError."""
    probe = folder / f".probe{PART}"
    with told(folder):
        probe.touch()
        probe.unlink()
