"""A Piper voice from the network or a file to its place: resumed, verified, whole or not there."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from hautevoix.engines import catalogue
from hautevoix.errors import DiskError, EngineError, InputError, NetworkError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import requests

    from hautevoix.engines.catalogue import Asset, Entry

    Progress = Callable[[int, int], None]

_CHUNK = 1 << 16
_STALL = 30.0  # seconds without a byte after which a connection is dead
_ATTEMPTS = 4
_LARGEST = 400 << 20  # bytes: the cap where a size is not known
_RESUMABLE = "What arrived is kept: the same command goes on from there."


@dataclass(frozen=True, slots=True)
class Installed:
    """A voice in its place; ``unverified`` names what could not be checked, in plain words."""

    name: str
    model: Path
    unverified: tuple[str, ...] = ()


def install(
    name: str, base_url: str = catalogue.BASE_URL, progress: Progress = lambda _done, _all: None
) -> Installed:
    """Fetch the voice called ``name`` and put it in its place; ``progress`` counts bytes.

    Raises NetworkError when it can't be had, EngineError when what came is not that voice,
    DiskError. Nothing is replaced before the whole is there and verified.
    """
    entry = catalogue.find(name)
    try:
        return _placed(
            entry, lambda suffix, asset, to: _fetched(entry, suffix, asset, to, base_url, progress)
        )
    except _WrongFileError as error:
        raise EngineError(
            f"What came is not the voice {name} ({error.message}), so it was thrown away.",
            advice="Try again, or another source with --base-url.",
        ) from error


def install_from(name: str, model: Path) -> Installed:
    """Put a voice's ``model`` file, with its configuration beside it, in the place of ``name``.

    Raises InputError when they can't be read, EngineError when they are not that voice, DiskError.
    """
    entry = catalogue.find(name)

    def copied(suffix: str, _asset: Asset, target: Path) -> None:
        source = model.with_name(model.name + suffix.removeprefix(".onnx"))
        try:
            shutil.copyfile(source, target)
        except FileNotFoundError as error:
            advice = "A voice is two files: NAME.onnx and, beside it, NAME.onnx.json."
            raise InputError(f"{source}: no such file.", advice=advice) from error

    try:
        return _placed(entry, copied)
    except _WrongFileError as error:
        raise EngineError(
            f"{model} is not the voice {name}: {error.message}; nothing was installed.",
            advice=f"Name that voice's file, or fetch it: hautevoix voices install {name}",
        ) from error


def _placed(entry: Entry, bring: Callable[[str, Asset, Path], None]) -> Installed:
    """Have both files brought beside their place, verify them, and move them there."""
    final = catalogue.model_file(entry.name)
    unverified: list[str] = []
    files = {".onnx.json": entry.config, ".onnx": entry.model}
    targets = [final.with_name(entry.name + suffix) for suffix in files]
    parts = [(target.with_name(f".{target.name}.part"), target) for target in targets]
    with _disk(final.parent), _thrown_away(part for part, _ in parts):
        final.parent.mkdir(parents=True, exist_ok=True)
        for (suffix, asset), (part, target) in zip(files.items(), parts, strict=True):
            bring(suffix, asset, part)
            unverified += _verified(part, asset, target.name)
        _tried(parts[0][0], parts[1][0], entry.name)
        note = catalogue.note_file(final)
        note.unlink(missing_ok=True)
        for part, target in parts:  # the model last: a voice is there when its model is
            part.replace(target)
        note.write_text(f"{catalogue.sha256_of(final)} {final.stat().st_size}\n", "ascii")
    return Installed(entry.name, final, tuple(unverified))


def _verified(part: Path, asset: Asset, name: str) -> list[str]:
    """Return what could not be checked of a file. Raises _WrongFileError if it is another."""
    with part.open("rb") as file:
        for algorithm, wanted in (("SHA-256", asset.sha256), ("MD5", asset.md5)):
            file.seek(0)
            function = algorithm.replace("-", "").lower()
            if wanted and hashlib.file_digest(file, function).hexdigest() != wanted:
                raise _WrongFileError(f"its {algorithm} differs")
    if asset.size is not None and part.stat().st_size != asset.size:
        raise _WrongFileError("its size differs")
    return [] if asset.sha256 else [f"{name}: no published SHA-256 is known of it"]


def _tried(config: Path, model: Path, name: str) -> None:
    """Check that the two files are a French voice, by loading them where Piper is there."""
    found = catalogue.read_config(config)
    if found is None or not catalogue.is_french(found):
        raise EngineError(f"{name}.onnx.json is not the configuration of a French voice.")
    try:
        import onnxruntime  # noqa: PLC0415 - heavy, and an extra
    except ImportError:
        return
    try:
        onnxruntime.InferenceSession(model.read_bytes(), providers=["CPUExecutionProvider"])
    except Exception as error:  # its errors have no common base but this
        raise EngineError(f"{name}.onnx can't be loaded: it is no whole model.") from error


def _fetched(
    entry: Entry, suffix: str, asset: Asset, part: Path, base_url: str, progress: Progress
) -> None:
    """Download a file into ``part``, going on where an earlier attempt ended."""
    url = f"{base_url.rstrip('/')}/{entry.path}/{entry.name}{suffix}"
    for attempt in range(_ATTEMPTS):
        try:
            _download(url, part, asset.size, progress)
        except _Broken as broken:
            if attempt + 1 == _ATTEMPTS:
                raise NetworkError(
                    f"{url}: {broken} ({_ATTEMPTS} attempts).", advice=_RESUMABLE
                ) from None
            time.sleep(_backoff(attempt))
        else:
            return


def _backoff(attempt: int) -> float:
    return 0.5 * float(2**attempt)


class _WrongFileError(EngineError):
    """A file that was to be a voice's is another one."""


class _Broken(Exception):  # noqa: N818 - a signal to go on from where we are, not an error of ours
    """A download that ended too early."""


def _download(url: str, part: Path, size: int | None, progress: Progress) -> None:
    import requests  # noqa: PLC0415 - slow to import

    have = part.stat().st_size if part.exists() else 0
    if size is not None and have >= size:
        if have == size:
            return
        have = 0
    headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
    try:
        with (
            requests.Session() as session,
            session.get(url, headers=headers, stream=True, timeout=_STALL) as response,
        ):
            _refuse(url, response)
            if have and response.status_code != HTTPStatus.PARTIAL_CONTENT:
                have = 0  # it starts from the beginning, or has nothing past what we have
                if response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
                    part.unlink()
                    raise _Broken("it could not go on where it had stopped")
            total = size or have + int(response.headers.get("Content-Length") or 0)
            with part.open("ab" if have else "wb") as file:
                for chunk in response.iter_content(_CHUNK):
                    file.write(chunk)
                    have += len(chunk)
                    progress(have, total)
                    if have > (size or _LARGEST):
                        raise EngineError(f"{url}: more arrives than this voice has; stopped.")
    except requests.exceptions.SSLError as error:
        raise NetworkError(
            f"{url}: the certificate can't be verified.",
            advice="Check this machine's clock and certificates. Nothing was accepted.",
        ) from error
    except requests.exceptions.RequestException as error:
        raise _Broken(f"the connection failed ({type(error).__name__})") from error
    if have < total:
        raise _Broken("the connection ended too early")


def _refuse(url: str, response: requests.Response) -> None:
    """Raise what a status that brings no file means."""
    status = response.status_code
    if url.startswith("https:") and not response.url.startswith("https:"):
        raise NetworkError(f"{url}: redirected to an address without encryption; refused.")
    if status in (HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT):
        if response.headers.get("Content-Type", "").startswith("text/html"):
            raise NetworkError(
                f"{url}: a web page answered instead of the voice.",
                advice="Is there a login page on this network?",
            )
        return
    if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        return
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _Broken(f"status {status}")
    raise NetworkError(
        f"{url}: refused with status {status}.", advice="Another source can be named: --base-url."
    )


@contextlib.contextmanager
def _thrown_away(parts: Iterable[Path]) -> Iterator[None]:
    """Remove what turned out not to be the voice."""
    try:
        yield
    except EngineError:
        for part in parts:
            part.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _disk(folder: Path) -> Iterator[None]:
    """Tell failures of the disk as such."""
    try:
        yield
    except OSError as error:
        raise DiskError(
            f"Voices can't be put into {folder}: {error.strerror or error}.",
            advice="Free some space, or name another folder: HAUTEVOIX_VOICES.",
        ) from error
