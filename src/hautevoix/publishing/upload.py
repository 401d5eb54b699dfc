"""A site onto a host: a folder, s3://…, sftp://… by fsspec; what points to a file comes after it.

A host that can rename gets each file under a temporary name first; object stores put files whole.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hautevoix.errors import DiskError, NetworkError, PublishingError
from hautevoix.localization import tr
from hautevoix.publishing.state import FEED, STATE, from_bytes, read_state
from hautevoix.runtime.installation import adding, getting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.publishing.state import State

_RENAMES = {"file", "local", "sftp", "ssh", "ftp", "smb", "webdav", "webhdfs"}
_LOCAL = {"file", "local"}
_PART = ".part"
_LAST = ("index.html", STATE, FEED)
"""Written at the end, in this order: pages, memory, feed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that an upload does; ``path`` is relative to the site."""

    verb: str  # « write » or « remove »
    path: str


def upload(site: Path, target: str, *, dry: bool = False) -> list[Step]:
    """Make ``target`` hold what ``site`` does; return what was (or, if dry, would be) done.

    Only files that the site once published are removed. Raises PublishingError for a target that
    is not understood or lies in the site itself, NetworkError if its host fails (DiskError if it
    is this machine); what was written before stays valid.
    """
    system, root = _opened(target)
    here = not _LOCAL.isdisjoint(_protocols(system))
    if here and Path(root).resolve().is_relative_to(site.resolve()):
        raise PublishingError(
            tr("{target} lies in the site itself.", target=target),
            advice=tr("Name a folder outside, or leave --to out."),
        )
    try:
        steps = list(_steps(site, system, root))
        if not dry:
            for step in steps:
                _done(site, system, root, step)
    except _failures() as error:
        if here and isinstance(error, OSError) and error.strerror:
            where = error.filename or target
            raise DiskError(
                tr("{where} can't be written: {strerror}.", where=where, strerror=error.strerror),
                advice=tr(
                    "Free some space or choose another folder; then the same command goes on."
                ),
            ) from error
        raise NetworkError(
            f"{target}: {error}.", advice=tr("The same command goes on from there.")
        ) from error
    return steps


def _failures() -> tuple[type[Exception], ...]:
    """Return what a back end raises when its host fails; not all of it is an OSError."""
    paramiko = sys.modules.get("paramiko")
    others: tuple[type[Exception], ...] = (paramiko.SSHException,) if paramiko else ()
    return OSError, ValueError, *others


def _opened(target: str) -> tuple[Any, str]:
    """Return the file system of a target (fsspec has no types) and the folder in it."""
    try:
        import fsspec  # noqa: PLC0415 - an optional extra, wanted by this command alone
    except ImportError as error:
        raise PublishingError(
            tr("Uploading needs fsspec."),
            advice=tr("Install it: {getting}", getting=getting("upload")),
        ) from error
    try:
        system, root = fsspec.core.url_to_fs(target)
    except ImportError as error:
        lacking = getattr(error.__cause__, "name", None)  # s3fs, paramiko: named as their packages
        raise PublishingError(
            tr("{target} can't be opened: {error}.", target=target, error=error),
            advice=tr("Get it: {adding}", adding=adding(lacking)) if lacking else "",
        ) from error
    except _failures() as error:
        raise PublishingError(
            tr("{target} can't be opened: {error}.", target=target, error=error)
        ) from error
    return system, str(root).rstrip("/")


def _steps(site: Path, system: Any, root: str) -> Iterator[Step]:
    files = sorted(_files(site), key=_rank)
    state = read_state(site)
    known = state.everything() if state else set()
    telling = known - state.pages() if state else set()
    remembered = _remembered(system, root, state)
    for path in files:
        if not _same(site / path, system, f"{root}/{path}", telling=path in telling):
            yield Step("write", path)
    for path in sorted(remembered - known - {*files}):
        if system.exists(f"{root}/{path}"):
            yield Step("remove", path)


def _files(site: Path) -> Iterator[str]:
    """Yield the site's files; hidden ones (temporary files among them) are not published."""
    for path in site.rglob("*"):
        parts = path.relative_to(site).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            yield "/".join(parts)


def _rank(path: str) -> tuple[int, str]:
    """Tell what comes first: files whose names tell their content, then what points to them."""
    name = path.rsplit("/", 1)[-1]
    return (_LAST.index(name) + 1 if name in _LAST else 0), path


def _same(file: Path, system: Any, there: str, *, telling: bool) -> bool:
    """Tell whether the host has the file; one whose name tells its content needs its size only."""
    if not system.exists(there) or system.size(there) != file.stat().st_size:
        return False
    return telling or bool(system.cat_file(there) == file.read_bytes())


def _remembered(system: Any, root: str, state: State | None) -> set[str]:
    """Return the files that the host's own state remembers, superseded ones included.

    Raises PublishingError if that is another podcast's, or knows books that ours never knew.
    """
    if not system.exists(f"{root}/{STATE}"):
        return set()
    there = from_bytes(system.cat_file(f"{root}/{STATE}"), f"{root}/{STATE}")
    if state and there.guid != state.guid:
        raise PublishingError(
            tr("{root} holds another podcast, {base_url}", root=root, base_url=there.base_url),
            advice=tr(
                "Name a folder of this podcast's own; or remove {state} there first.", state=STATE
            ),
        )
    known = {work.folder for work in (*state.works, *state.withdrawn)} if state else set()
    strange = [work.title for work in there.works if work.folder not in known]
    if strange:
        raise PublishingError(
            tr(
                "{root} has books that this site does not know: {strange}.",
                root=root,
                strange=", ".join(strange),
            ),
            advice=tr(
                "Take {state} from there into the site's folder, then publish again.", state=STATE
            ),
        )
    return there.everything()


def _protocols(system: Any) -> set[str]:
    return {system.protocol} if isinstance(system.protocol, str) else {*system.protocol}


def _done(site: Path, system: Any, root: str, step: Step) -> None:
    there = f"{root}/{step.path}"
    if step.verb == "remove":
        system.rm_file(there)
        return
    system.makedirs(there.rsplit("/", 1)[0], exist_ok=True)
    if _protocols(system) & _RENAMES:
        system.put_file(str(site / step.path), there + _PART)
        system.mv(there + _PART, there)
    else:
        system.put_file(str(site / step.path), there)
