"""The lock is whole: no pip, however old, finds anything left to choose.

An old pip (23) sees no answer to « coverage[toml] » in « coverage==7 »: it takes the newest one.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, requires
from itertools import product
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).parent.parent / "requirements"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))

each_lock = pytest.mark.parametrize("lock", ["run", "dev"])


def lines(lock: str) -> list[str]:
    """Return a lock's lines, each with its hashes."""
    text = (REQUIREMENTS / f"{lock}.txt").read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip()]


def pins(lock: str) -> dict[str, set[str]]:
    """Return the extras that a lock names, by package."""
    named: dict[str, set[str]] = {}
    for line in lines(lock):
        pin = Requirement(line.partition(" --hash")[0])
        named.setdefault(canonicalize_name(pin.name), set()).update(pin.extras)
    return named


def asked(package: str, extras: set[str]) -> list[Requirement]:
    """Return what an installed package asks for, with these extras, on any system we run on."""
    try:
        told = requires(package) or []
    except PackageNotFoundError:  # for another system
        return []
    return [need for need in map(Requirement, told) if concerns(need, extras)]


def concerns(need: Requirement, extras: set[str]) -> bool:
    """Say whether a requirement holds on some Python and some system, with one of the extras."""
    return need.marker is None or any(
        need.marker.evaluate(
            {
                "python_version": python,
                "python_full_version": f"{python}.0",
                "sys_platform": system,
                "platform_system": name,
                "os_name": kind,
                "extra": extra,
            }
        )
        for python, (system, name, kind), extra in product(PYTHONS, SYSTEMS, {"", *extras})
    )


def answered(need: Requirement, named: dict[str, set[str]]) -> bool:
    """Say whether a lock pins what is asked for, with the extras that are asked for."""
    name = canonicalize_name(need.name)
    return name in named and need.extras <= named[name]


@each_lock
def test_every_line_is_one_version_with_its_hashes(lock: str) -> None:
    """What is installed is what was locked, to the byte."""
    for line in lines(lock):
        assert "==" in line.partition(";")[0], line
        assert "--hash=sha256:" in line


@each_lock
def test_what_a_locked_package_asks_for_is_locked_with_its_extras(lock: str) -> None:
    """« coverage[toml] » is pinned as « coverage[toml]== », for pips that tell the two apart."""
    named = pins(lock)
    lacking = {
        f"{package} asks for {need}"
        for package, extras in named.items()
        for need in asked(package, extras)
        if not answered(need, named)
    }
    assert not lacking
