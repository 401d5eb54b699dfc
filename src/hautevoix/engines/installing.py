"""A voice from the network, a local file or installed packages to its place.

It comes verified and whole, or not at all; what is there already is not brought again.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hautevoix.engines.assets import sha256_of
from hautevoix.engines.downloading import download
from hautevoix.errors import DiskError, EngineError, InputError
from hautevoix.localization import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hautevoix.engines.assets import Asset, Offer

    Progress = Callable[[int, int], None]

_PART = "part.bin"  # what each wheel of a large file's holds


@dataclass(frozen=True, slots=True)
class Installed:
    """A voice in its place; ``unverified`` names what could not be checked, in plain words."""

    name: str
    files: tuple[Path, ...]
    unverified: tuple[str, ...] = ()


class Source(Protocol):
    """Where the files of a voice may come from."""

    def bring(self, asset: Asset, part: Path, progress: Progress) -> bool:
        """Write the file to ``part``; False where this source has none.

        ``progress`` is told (bytes here, in all). Raises NetworkError, EngineError, OSError.
        """
        ...

    def blame(self, name: str) -> tuple[str, str]:
        """Return what to say of a file from here that is not of the voice ``name``, and advice."""
        ...


@dataclass(frozen=True, slots=True)
class Web:
    """The publishers' own addresses, or a mirror of them under ``base_url``."""

    base_url: str | None = None

    def bring(self, asset: Asset, part: Path, progress: Progress) -> bool:
        """Download it."""
        mirror = self.base_url and f"{self.base_url.rstrip('/')}/{asset.mirrored}"
        download(mirror or asset.url, part, asset.size, progress)
        return True

    def blame(self, name: str) -> tuple[str, str]:
        """Say that what came was thrown away."""
        advice = tr("Try again. Or name another source with --base-url.")
        return tr("What came is not the voice {name}, so it was thrown away", name=name), advice


@dataclass(frozen=True, slots=True)
class Local:
    """The user's own files: a folder that holds them, or one of them with the others beside it."""

    path: Path

    def bring(self, asset: Asset, part: Path, progress: Progress) -> bool:
        """Copy it. Raises InputError where the user's own path does not exist."""
        if not self.path.exists():
            raise InputError(
                tr("{path}: no such file or folder.", path=self.path), advice=tr("Check the name.")
            )
        for candidate in self._candidates(asset):
            if candidate.is_file():
                shutil.copyfile(candidate, part)
                size = part.stat().st_size
                progress(size, size)
                return True
        return False

    def _candidates(self, asset: Asset) -> Iterator[Path]:
        """Yield where it may lie: under the name given, its own, or its path under a mirror."""
        base = self.path if self.path.is_dir() else self.path.parent
        if asset.given is not None and base != self.path:
            yield self.path.with_name(self.path.name + asset.given)
            return
        yield from (
            base / asset.file_name,
            base / asset.mirrored,
            base / "voices" / asset.file_name,
        )

    def blame(self, name: str) -> tuple[str, str]:
        """Say that nothing was installed."""
        advice = tr(
            "Name that voice's file, or fetch it: hautevoix voices install {name}", name=name
        )
        return tr("{path} is not the voice {name}", path=self.path, name=name), advice


class Wheels:
    """Python packages that are installed here and hold a large file in parts."""

    def bring(self, asset: Asset, part: Path, progress: Progress) -> bool:
        """Join the parts, if all of them are there."""
        parts = [_in_package(package) for package in asset.wheels]
        if not parts or not all(path and path.is_file() for path in parts):
            return False
        with part.open("wb") as joined:
            for path in filter(None, parts):
                with path.open("rb") as source:
                    shutil.copyfileobj(source, joined)
                progress(joined.tell(), asset.size or joined.tell())
        return True

    def blame(self, name: str) -> tuple[str, str]:
        """Say where it came from."""
        advice = tr("Reinstall or remove the packages that hold it, and try again.")
        return tr("The installed packages do not hold the voice {name}", name=name), advice


def _in_package(name: str) -> Path | None:
    """Return where a package that is not imported keeps its part; None if it isn't installed."""
    found = importlib.util.find_spec(name)
    return Path(found.origin).with_name(_PART) if found and found.origin else None


def install(
    offer: Offer, sources: Sequence[Source], progress: Progress = lambda _done, _all: None
) -> Installed:
    """Bring the voice's files from the first of ``sources`` that has each, and put them in place.

    ``progress`` counts the bytes of each file. Raises NetworkError when one can't be had,
    InputError when the user's own can't be read, EngineError when what came is not that voice,
    DiskError. Nothing is replaced before all is there and verified; a file that is in its place
    and has the right sum stays.
    """
    missing = [asset for asset in offer.assets if not _in_place(asset)]
    parts = {asset: asset.path.with_name(f".{asset.file_name}.part") for asset in missing}
    unverified: list[str] = []
    with _disk(offer), _thrown_away(parts.values()):
        for asset, part in parts.items():
            part.parent.mkdir(parents=True, exist_ok=True)
            unverified += _brought(offer, asset, part, sources, progress)
        offer.try_out({asset: parts.get(asset, asset.path) for asset in offer.assets})
        for asset, part in parts.items():
            _put(asset, part)
    return Installed(offer.name, tuple(asset.path for asset in offer.assets), tuple(unverified))


def _in_place(asset: Asset) -> bool:
    return bool(asset.sha256) and asset.path.is_file() and sha256_of(asset.path) == asset.sha256


def _brought(
    offer: Offer, asset: Asset, part: Path, sources: Sequence[Source], progress: Progress
) -> list[str]:
    """Bring a file and verify it; return what could not be checked, in plain words."""
    for source in sources:
        if source.bring(asset, part, progress):
            break
    else:
        needed = ", ".join(each.file_name for each in offer.assets)
        raise InputError(
            tr("{file_name} is not there; nothing was installed.", file_name=asset.file_name),
            advice=tr("The voice {offer} is made of {needed}.", offer=offer.name, needed=needed),
        )
    problem = _problem(part, asset)
    if problem:
        what, advice = source.blame(offer.name)
        told = tr("{what} ({file}: {problem}).", what=what, file=asset.file_name, problem=problem)
        raise EngineError(told, advice=advice)
    return (
        []
        if asset.sha256
        else [tr("{file_name}: no published SHA-256 is known of it", file_name=asset.file_name)]
    )


def _problem(part: Path, asset: Asset) -> str:
    """Return how a file differs from the one that was wanted; nothing where it does not."""
    with part.open("rb") as file:
        for algorithm, wanted in (("SHA-256", asset.sha256), ("MD5", asset.md5)):
            file.seek(0)
            function = algorithm.replace("-", "").lower()
            if wanted and hashlib.file_digest(file, function).hexdigest() != wanted:
                return tr("its {algorithm} differs", algorithm=algorithm)
    wrong_size = asset.size is not None and part.stat().st_size != asset.size
    return tr("its size differs") if wrong_size else ""


def _put(asset: Asset, part: Path) -> None:
    """Move a file to its place; note the sum of one that tells clips apart from others'."""
    if not asset.keyed:
        part.replace(asset.path)
        return
    asset.note.unlink(missing_ok=True)
    noted = f"{sha256_of(part)} {part.stat().st_size}\n"
    part.replace(asset.path)
    asset.note.write_text(noted, "ascii")


@contextlib.contextmanager
def _thrown_away(parts: Iterable[Path]) -> Iterator[None]:
    """Remove what turned out not to be the voice."""
    try:
        yield
    except (EngineError, InputError):
        for part in parts:
            part.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _disk(offer: Offer) -> Iterator[None]:
    """Tell failures of the disk as such."""
    try:
        yield
    except OSError as error:
        raise DiskError(
            tr(
                "Voices can't be put into {parent}: {strerror}.",
                parent=offer.assets[0].path.parent,
                strerror=error.strerror or error,
            ),
            advice=tr("Free some space, or name another folder: HAUTEVOIX_VOICES."),
        ) from error
