"""Files that take their places together: a book on disk is the old one or the new one, whole.

All of them are written beside their places and synced. Then a journal says which goes where, and
they are renamed in one burst. A process that dies before the journal is there leaves the old
files; one that dies after it leaves a journal, by which ``recover`` ends what was begun. Whoever
reads the files asks ``is_unfinished`` first.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from hautevoix.errors import DiskError
from hautevoix.localization import tr
from hautevoix.parsing.bounded import file_bytes, json_value
from hautevoix.storage.files import PART, open_temporary, sync, told, whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

JOURNAL = ".hautevoix-commit"
"""The journal's name, in the folder whose files it is about."""

_LARGEST = 64 << 20  # bytes of a journal: a book of 10,000 chapter files has 2 million
_DEEPEST = 2  # parts of a path in it: « chapters/01-debut.mp3 »


class Staging:
    """Files under ``folder`` that wait to take their places."""

    def __init__(self, folder: Path) -> None:
        """Begin with none."""
        self.folder = folder
        self._waiting: dict[Path, Path] = {}
        self._going: list[Path] = []

    @contextmanager
    def whole(self, target: Path) -> Iterator[BinaryIO]:
        """Open what becomes ``target`` at the commit, if all goes well until then.

        Raises DiskError.
        """
        with told(target):
            handle, temporary = open_temporary(target.parent, f".{target.name[:40]}-", PART)
            try:
                with os.fdopen(handle, "w+b") as file:
                    yield file
                    file.flush()
                    os.fsync(handle)
            except BaseException:
                _forget(temporary)
                raise
        if (replaced := self._waiting.pop(target, None)) is not None:
            _forget(replaced)
        self._waiting[target] = temporary

    def put(self, target: Path, data: bytes) -> None:
        """Have ``target`` hold ``data``; one that does already is not touched. Raises DiskError."""
        with told(target):
            same = target.is_file() and target.read_bytes() == data
        if not same:
            with self.whole(target) as file:
                file.write(data)

    def remove(self, target: Path) -> None:
        """Have ``target`` go at the commit."""
        self._going.append(target)

    def latest(self, target: Path) -> Path:
        """Return where what ``target`` holds after the commit can be read now."""
        return self._waiting.get(target, target)

    def commit(self) -> None:
        """Put all files in place. Raises DiskError; then the next ``recover`` ends it."""
        if not self._waiting and not self._going:
            return
        journal = self.folder / JOURNAL
        for folder in {target.parent for target in self._waiting}:
            sync(folder)  # the journal may only name what is there after a power cut
        with whole(journal) as file:
            file.write(self._journal())
        _perform(self.folder, journal, self._waiting.items(), self._leaving())
        self._waiting, self._going = {}, []

    def abandon(self) -> None:
        """Leave everything as it is on disk."""
        for temporary in self._waiting.values():
            _forget(temporary)
        self._waiting, self._going = {}, []

    def _journal(self) -> bytes:
        def named(path: Path) -> str:
            return path.relative_to(self.folder).as_posix()

        place = [[named(target), named(temporary)] for target, temporary in self._waiting.items()]
        return json.dumps({"place": place, "remove": list(map(named, self._leaving()))}).encode()

    def _leaving(self) -> list[Path]:
        """Return what goes: a file that was given up, and then written after all, stays."""
        return [target for target in self._going if target not in self._waiting]


@contextmanager
def staged(folder: Path) -> Iterator[Staging]:
    """Give a place for files under ``folder``, which are put in place when the context ends well.

    Where it ends by an error, and where that comes before the first of them is in place, nothing
    has changed on disk. Raises DiskError.
    """
    staging = Staging(folder)
    try:
        yield staging
        staging.commit()
    except BaseException:
        if not is_unfinished(folder):
            staging.abandon()
        raise


def is_unfinished(folder: Path) -> bool:
    """Tell whether the files of ``folder`` may be some old ones and some new ones."""
    return os.path.lexists(folder / JOURNAL)


def recover(folder: Path) -> None:
    """End what a killed process, or a failing disk, left half-done; for who is alone there.

    Raises DiskError.
    """
    journal = folder / JOURNAL
    if not is_unfinished(folder):
        return
    with told(journal):
        try:
            place, going = _read(folder, file_bytes(journal, _LARGEST))
        except ValueError:  # no journal of ours, which are whole when they are there
            raise DiskError(
                tr("{journal} is not what it should be.", journal=journal),
                advice=tr("Remove it, and build again."),
            ) from None
    _perform(folder, journal, place, going)


def _perform(
    folder: Path, journal: Path, place: Iterable[tuple[Path, Path]], going: Iterable[Path]
) -> None:
    """Rename and remove what a journal says; each may have been done before.

    The journal goes when all of it has reached the disk, whose folders may do so in any order.
    """
    touched = {folder}
    for target, temporary in place:
        touched.add(target.parent)
        with told(target), suppress(FileNotFoundError):
            temporary.replace(target)
    for target in going:
        touched.add(target.parent)
        with told(target):
            target.unlink(missing_ok=True)
    for each in touched:
        sync(each)
    with told(journal):
        journal.unlink(missing_ok=True)


def _read(folder: Path, data: bytes) -> tuple[list[tuple[Path, Path]], list[Path]]:
    """Return what a journal says. Raises ValueError for one that isn't ours, or leads outside."""

    def inside(name: object) -> Path:
        path = PurePosixPath(name if isinstance(name, str) else "..")
        os.fsencode(path)  # a ValueError for half a character, which no file is called by
        if (
            "\0" in str(path)
            or path.is_absolute()
            or ".." in path.parts
            or not 0 < len(path.parts) <= _DEEPEST
        ):
            raise ValueError(tr("« {name} » leads outside", name=name))
        return folder / path

    told = json_value(data)
    if not isinstance(told, dict):
        raise ValueError(tr("it holds no table"))  # noqa: TRY004 - of the file, not of ours
    try:
        place = [(inside(target), inside(temporary)) for target, temporary in told["place"]]
        going = [inside(target) for target in told["remove"]]
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from None
    if not all(temporary.name.endswith(PART) for _, temporary in place):
        raise ValueError(tr("it names a file that is not ours"))
    return place, going


def _forget(temporary: Path) -> None:
    with suppress(OSError):  # what can't be removed now is swept by the next
        temporary.unlink(missing_ok=True)
