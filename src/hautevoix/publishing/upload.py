"""A site onto a host: a folder, s3://…, sftp://… by fsspec; what points to a file comes after it.

A host that can rename gets each file under a temporary name first; object stores put files whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hautevoix.errors import DiskError, NetworkError, PublishingError
from hautevoix.localization import tr
from hautevoix.publishing.files import type_of
from hautevoix.publishing.state import FEED, STATE, from_bytes, read_state
from hautevoix.storage import hosts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.publishing.state import State

_OBJECTS = {"s3", "s3a"}  # stores that keep a file's type and how long it may be cached
_FOREVER, _SHORTLY = "public, max-age=31536000, immutable", "public, max-age=300"
"""How long a copy is good: of a file whose name tells its content, and of what points to it."""
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
    system, root = hosts.opened(target, PublishingError)
    where = hosts.shown(target)
    here = not _LOCAL.isdisjoint(hosts.protocols(system))
    if here and Path(root).resolve().is_relative_to(site.resolve()):
        raise PublishingError(
            tr("{target} lies in the site itself.", target=where),
            advice=tr("Name a folder outside. Or leave --to out."),
        )
    state = read_state(site)
    try:
        steps = list(_steps(site, system, root, state))
        if not dry:
            for step in steps:
                _done(site, system, root, step, telling=_telling(state))
            _swept(system, root, steps)
    except hosts.failures() as error:
        if here and isinstance(error, OSError) and error.strerror:
            raise DiskError(
                tr(
                    "{where} can't be written: {strerror}.",
                    where=error.filename or where,
                    strerror=error.strerror,
                ),
                advice=tr(
                    "Free some space or choose another folder; then the same command goes on."
                ),
            ) from error
        raise NetworkError(
            f"{where}: {hosts.why(error)}.", advice=tr("The same command goes on from there.")
        ) from error
    finally:
        _left(system)
    return steps


def _left(system: Any) -> None:
    """Close the line to a host by SSH, which would else stay open as long as the program."""
    client = getattr(system, "client", None)
    if not hosts.protocols(system).isdisjoint({"sftp", "ssh"}) and client is not None:
        client.close()


def _telling(state: State | None) -> set[str]:
    """Return the files whose names tell their content."""
    return state.everything() - state.pages() if state else set()


def _steps(site: Path, system: Any, root: str, state: State | None) -> Iterator[Step]:
    files = sorted(_files(site), key=_rank)
    known = state.everything() if state else set()
    telling = _telling(state)
    remembered = _remembered(system, root, state)
    for path in files:
        if not _same(site / path, system, f"{root}/{path}", telling=path in telling):
            yield Step("write", path)
    for path in sorted(remembered - known - {*files}):
        if _there(system, f"{root}/{path}") is not None:
            yield Step("remove", path)


def _there(system: Any, path: str) -> dict[str, Any] | None:
    """Return what the host knows of a file, None if it has no such file.

    (fsspec's own « exists » takes a broken connection for a file that is not there.)
    """
    try:
        found: dict[str, Any] = system.info(path)
    except FileNotFoundError:
        return None
    return found


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
    """Tell whether the host has the file; one whose name tells its content needs its size only.

    Where a host keeps types, a wrong one is to be mended.
    """
    found = _there(system, there)
    if found is None or found["size"] != file.stat().st_size:
        return False
    if found.get("ContentType") and type_of(file.name) not in {None, found["ContentType"]}:
        return False
    return telling or bool(system.cat_file(there) == file.read_bytes())


def _remembered(system: Any, root: str, state: State | None) -> set[str]:
    """Return the files that the host's own state remembers, superseded ones included.

    Raises PublishingError if that is another podcast's, or knows books that ours never knew.
    """
    if _there(system, f"{root}/{STATE}") is None:
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


def _done(site: Path, system: Any, root: str, step: Step, *, telling: set[str]) -> None:
    there, here = f"{root}/{step.path}", str(site / step.path)
    if step.verb == "remove":
        system.rm_file(there)
    elif hosts.renames(system):
        system.makedirs(there.rsplit("/", 1)[0], exist_ok=True)
        system.put_file(here, there + _PART)
        system.mv(there + _PART, there)
    elif hosts.protocols(system) & _OBJECTS:
        system.put_file(here, there, **_headers(step.path, telling=step.path in telling))
    else:
        system.makedirs(there.rsplit("/", 1)[0], exist_ok=True)
        system.put_file(here, there)


def _headers(path: str, *, telling: bool) -> dict[str, str]:
    """Return what an object store shall say of a file: its type, and how long a copy is good."""
    kind = type_of(path)
    headers = {"CacheControl": _FOREVER if telling else _SHORTLY}
    return headers | ({"ContentType": kind} if kind else {})


def _swept(system: Any, root: str, steps: list[Step]) -> None:
    """Remove the folders that are empty now; object stores have none."""
    if not hosts.renames(system):
        return
    folders = {step.path.rsplit("/", 1)[0] for step in steps if step.verb == "remove"}
    for folder in sorted(folders - {step.path for step in steps}):
        if not system.ls(f"{root}/{folder}", detail=False):
            system.rmdir(f"{root}/{folder}")
